"""Makes what is handed out of a commit: `python -m assemble` with packaging/ on PYTHONPATH.

`bundle` freezes the program into dist/reckoner/, `share` draws icons and writes manual pages,
`debian` and `portable` pack both, `sums` writes the checksums. All of it depends on nothing but the
commit, the lock and the tools of the system: times are those of the commit, names are sorted,
nobody's account appears.
"""
