"""The HTTP interface. `http` is what all routes share, from sign-in to problem documents; `agent` has one file for each
resource of the agents' API."""
