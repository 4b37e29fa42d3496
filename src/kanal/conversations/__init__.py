"""Threads with contacts: who takes part, what was said. `rules` decides to which conversation a message belongs; the
pipeline goes on to tickets from here."""
