"""Charts: a frozen spec says what is shown, a plain function draws it on a matplotlib figure.

No Qt here; `desktop.pages.chart_view` puts a figure on screen. matplotlib is imported by
`draw` only, after the first window is up.
"""
