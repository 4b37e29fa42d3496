"""`kanal bench`: how fast, how heavy and how safe this machine's Kanal is, as ratios against what is possible in the
same run. Each part has a module of its own; the crash test is shared with the tests."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import uvloop
from rich.console import Console
from rich.table import Table

from kanal.cli.bench import crash, forms, ingest, lists, narrow, routing, simulating, sizes, whole, workspace
from kanal.cli.bench.row import Row
from kanal.cli.bench.running import Running, temporary_folder
from kanal.kit import clock, log, migrate
from kanal.kit.postgres import EmbeddedPostgres
from kanal.kit.settings import Settings, read

FULL = crash.Plan(mails=5_000, connections=20, kills=5, replies=400)
QUICK = crash.Plan(mails=400, connections=8, kills=2, replies=60)

Part = Callable[[Path, bool], list[Row]]


@click.command()
@click.option("--quick", is_flag=True, help="Smaller numbers, for a first look.")
@click.option(
    "--only",
    multiple=True,
    type=click.Choice(["ingest", "lists", "workspace", "routing", "forms", "whole", "crash", "sizes"]),
)
def bench(quick: bool, only: tuple[str, ...]) -> None:
    """Measure speed, size and safety on this machine, against what is possible in the same run."""
    log.configure(as_json=True, level="ERROR")
    console = Console(highlight=False)
    console.print(_machine())
    table = Table("what", "measured", "against", "limit", "", title="Kanal" + (", quick" if quick else ""))
    good = True
    for name, part in PARTS.items():
        if not only or name in only:
            with console.status(name), temporary_folder() as folder:
                rows = part(folder, quick)
            good = good and all(row.ok is not False for row in rows)
            for row in rows:
                table.add_row(row.what, row.measured, row.against, row.limit, _verdict(row))
    console.print(table)
    if not good:
        console.print("[red]Something misses its limit.[/]")


def _ingest(folder: Path, quick: bool) -> list[Row]:
    with _database(folder) as (settings, url):
        return uvloop.run(ingest.measure(url, settings, quick=quick))


def _lists(folder: Path, quick: bool) -> list[Row]:
    with _database(folder) as (settings, url):
        found = uvloop.run(lists.measure(url, settings, quick=quick))
        return found + uvloop.run(narrow.measure(url, settings, quick=quick))


def _workspace(folder: Path, quick: bool) -> list[Row]:
    with _database(folder) as (settings, url):
        return uvloop.run(workspace.measure(url, settings, quick=quick))


def _routing(folder: Path, quick: bool) -> list[Row]:
    own = routing.measure(quick=quick)
    with _database(folder) as (_, url):
        return own + uvloop.run(simulating.measure(url, quick=quick))


def _forms(folder: Path, quick: bool) -> list[Row]:
    return forms.measure(folder, quick=quick)


def _whole(folder: Path, quick: bool) -> list[Row]:
    return whole.measure(folder, quick=quick)


def _crash(folder: Path, quick: bool) -> list[Row]:
    plan = QUICK if quick else FULL
    outcome = crash.run(folder, plan)
    missing = ", ".join(f"{count} {state}" for state, count in outcome.missing.items()) or "none"
    slowest = max(outcome.restarts)
    return [
        Row(
            what=f"kill -9, {outcome.kills} times, over {plan.connections} connections: mails that got 250",
            measured=f"{outcome.accepted:,}",
            against=f"{outcome.repeated} sent again, {outcome.seconds:.0f} s, restarts up to {slowest:.1f} s",
            limit="each one message in one ticket",
            ok=not outcome.faults,
        ),
        Row(
            what="the same: replies queued meanwhile",
            measured=f"{outcome.replies:,}",
            against=f"{outcome.arrived:,} arrived, not there: {missing}",
            limit="at most once, never wrongly sent",
            ok=not outcome.faults,
        ),
        *(Row(what="the same: fault", measured=fault, ok=False) for fault in outcome.faults),
    ]


def _sizes(folder: Path, quick: bool) -> list[Row]:
    return sizes.measure()


PARTS: dict[str, Part] = {
    "ingest": _ingest,
    "lists": _lists,
    "workspace": _workspace,
    "routing": _routing,
    "forms": _forms,
    "whole": _whole,
    "crash": _crash,
    "sizes": _sizes,
}


@contextmanager
def _database(folder: Path) -> Iterator[tuple[Settings, str]]:
    """As durable as in production."""
    settings = read(Running(folder).env)
    with EmbeddedPostgres(settings.data_dir) as server:
        migrate.upgrade(server.url)
        yield settings, server.url


def _machine() -> str:
    info = Path("/proc/cpuinfo")
    models = [line.partition(":")[2].strip() for line in info.read_text().splitlines() if line.startswith("model name")]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return (
        f"{clock.now():%Y-%m-%d %H:%M} UTC · {os.cpu_count()} × {models[0] if models else platform.machine()} · "
        f"{memory:.0f} GB · Python {platform.python_version()} · load {os.getloadavg()[0]:.1f}"
    )


def _verdict(row: Row) -> str:
    if row.ok is None:
        return ""
    return "[green]ok[/]" if row.ok else "[red]miss[/]"
