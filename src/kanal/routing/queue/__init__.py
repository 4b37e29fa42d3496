"""What waits for somebody who can take it: a queue that is woken by what happens (somebody comes, answers, learns), not
swept. `runner` hears, `looking` gives out what can be given, in order, one transaction at a time."""

from kanal.routing.queue.runner import Queue

__all__ = ["Queue"]
