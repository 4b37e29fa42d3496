"""What a browser loads before the first page of the agent app stands: the built files, compressed."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from kanal.api.http import web
from kanal.cli.bench.row import Row, below

SCRIPTS = re.compile(r'<(?:script|link rel="modulepreload")[^>]*(?:src|href)="/assets/([^"]+\.js)"')
IMPORTS = re.compile(r'(?:from|import)\s*"\./([^"]+\.js)"')
"""Static ones; what is loaded when it is needed is written `import(…)`."""
FIRST_PAGE = "TicketsPage-*.js"


def measure() -> list[Row]:
    built = Path(web.__file__).parents[2] / "server" / "web"
    if not (built / "index.html").exists():
        return [Row(what="script before the first page, gzipped", measured="the app is not built")]
    assets = built / "assets"
    shell = _with_imports(assets, set(SCRIPTS.findall((built / "index.html").read_text())))
    first = _with_imports(assets, shell | {path.name for path in assets.glob(FIRST_PAGE)})
    everything = {path.name for path in assets.glob("*.js")}
    return [
        below(
            "script before the first page, gzipped",
            _compressed(assets, first),
            250,
            "KB",
            f"shell {_compressed(assets, shell):.0f} KB, all there is {_compressed(assets, everything):.0f} KB",
        )
    ]


def _with_imports(assets: Path, names: set[str]) -> set[str]:
    found: set[str] = set()
    waiting = set(names)
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting |= set(IMPORTS.findall((assets / name).read_text())) - found
    return found


def _compressed(assets: Path, names: set[str]) -> float:
    return sum(len(gzip.compress((assets / name).read_bytes())) for name in names) / 1_000
