"""Editing pipelines: their statuses in order, what each does, and where tickets go when one is taken away."""
