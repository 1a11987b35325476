"""Measurements of serving.

Reading files of them, predicting and scoring their rows, points near a setup, and what a buyer's
own points say of their stack.
"""
