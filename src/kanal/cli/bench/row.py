"""One line of the report: what was measured, and what it is held against."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

import msgspec


class Row(msgspec.Struct, kw_only=True):
    what: str
    measured: str
    against: str = ""
    """What it was compared with, in the same run."""
    limit: str = ""
    ok: bool | None = None
    """None: nothing was promised."""


def share(what: str, measured: float, whole: float, least: float, unit: str) -> Row:
    """So much of what is possible at all."""
    reached = measured / whole
    return Row(
        what=what,
        measured=f"{measured:,.0f} {unit}",
        against=f"{reached:.0%} of {whole:,.0f}",
        limit=f"≥ {least:.0%}",
        ok=reached >= least,
    )


def below(what: str, measured: float, most: float | None, unit: str, against: str = "", digits: int = 0) -> Row:
    return Row(
        what=what,
        measured=f"{measured:,.{digits}f} {unit}",
        against=against,
        limit=f"< {most:,g} {unit}" if most is not None else "",
        ok=measured < most if most is not None else None,
    )


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20, method="inclusive")[-1]
