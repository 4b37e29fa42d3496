"""rspamd as far as it is asked here: `POST /checkv2` in its own wire format. It knows the test patterns that every
filter knows, and a word that nobody writes to a help desk."""

from dataclasses import dataclass, field
from typing import Any

from litestar import Request, Response, Router, post
from litestar.di import NamedDependency

GTUBE = b"JS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X"
"""Without its first letter, which says what is to be done; in whole this file would be spam."""
ACTIONS = {b"X": "reject", b"Y": "add header", b"Z": "rewrite subject", b"A": "no action"}
SOLD = b"cheap watches"
REQUIRED = 15.0


@dataclass
class Rspamd:
    """What was asked: the headers of each request, by name in lower case. `down` makes it answer with a fault."""

    asked: list[dict[str, str]] = field(default_factory=list)
    down: bool = False


@post("/checkv2", status_code=200)
async def check(request: Request[Any, Any, Any], rspamd: NamedDependency[Rspamd]) -> Response[dict[str, Any]]:
    if rspamd.down:
        return Response({"error": "scan failed", "error_domain": "rspamd-http"}, status_code=500)
    rspamd.asked.append(dict(request.headers))
    return Response(_answer(await request.body()))


def _answer(mail: bytes) -> dict[str, Any]:
    for letter, action in ACTIONS.items():
        if letter + GTUBE in mail:
            return _scored(action, {"GTUBE": REQUIRED * 2} if action != "no action" else {})
    if SOLD in mail.lower():
        return _scored("add header", {"BAYES_SPAM": 5.1, "SUBJ_ALL_CAPS": 1.2, "MIME_GOOD": -0.1})
    return _scored("no action", {"MIME_GOOD": -0.1})


def _scored(action: str, symbols: dict[str, float]) -> dict[str, Any]:
    return {
        "is_skipped": False,
        "score": round(sum(symbols.values()), 2),
        "required_score": REQUIRED,
        "action": action,
        "symbols": {
            name: {"name": name, "score": score, "metric_score": score, "description": name.lower()}
            for name, score in symbols.items()
        },
        "messages": {},
        "message-id": "undef",
        "time_real": 0.002,
    }


rspamd = Router("/rspamd", route_handlers=[check])
