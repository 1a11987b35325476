"""Fits the serving model's parameters to measurements and tells how well they predict.

`python -m pricing.calibration fit` writes resources/serving/parameters.json,
`python -m pricing.calibration score` cross-validates and writes the page that the help shows. The
product never imports this room; it only reads what is written.
"""
