"""Checks of a built bundle, for people who must vouch for it, and the papers that go with it.

`contents` reads what a bundle holds, `lists` holds it against `allow_list.txt` and `deny_list.txt`.
`trace` reads what strace saw and says which sockets were opened. `elements` finds out where every
file comes from, `sbom` and `notices` write that down, `licences` judges it. Each module with a
`main` is run as `python -m audit.NAME` with packaging/ on PYTHONPATH. Nothing here is shipped.
"""
