"""The window: Qt only. It keeps a plan, asks `pricing` for the answers and draws them.

`app` keeps the document (frozen plan, undo, recovery, recent files), `forms` and `entry` edit it,
`work` evaluates it off the GUI thread, `viewmodels` decide what is shown (no Qt), `charts` draw
figures (no Qt), `pages`, `docks` and `dialogs` place widgets, `theme` holds colours and type.
Start it with `desktop.main.main`.
"""
