"""What routing, as somebody wants it, can be refused for."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from kanal.routing.models import RoutingProblem


class InvalidRouting(Exception):
    """A channel's routing cannot be stored; `problems` say where and how to mend it."""

    def __init__(self, problems: Sequence[RoutingProblem]) -> None:
        super().__init__(*(problem.field for problem in problems))
        self.problems = list(problems)


class InvalidHandOver(Exception):
    """Tickets cannot be handed over as asked; `field` is what is wrong, `message` the mend."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(field, message)
        self.field = field
        self.message = message


class SimulationRunning(Exception):
    """Changed rules of the channel are being tried already; `simulation` says in which."""

    def __init__(self, simulation: UUID) -> None:
        super().__init__(simulation)
        self.simulation = simulation
