"""Colours, type and spacing, light and dark, and the style that Qt draws with.

Public: `tokens.LIGHT`, `tokens.DARK`, `apply.apply_theme`, `option_colours.OptionColours`.
"""
