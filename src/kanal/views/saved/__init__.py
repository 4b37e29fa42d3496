"""Views: those that every account has and those that people save, with how each member wants them to stand. `tickets`
lists what is in one, `counts` counts it."""
