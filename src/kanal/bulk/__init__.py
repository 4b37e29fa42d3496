"""Many tickets changed at once, as a job with progress that can be stopped and taken back. `asking` writes the job,
`jobs` works through it batch by batch, `undoing` turns it back."""
