"""The pages of the window: each places widgets and listens to the session and the evaluator."""
