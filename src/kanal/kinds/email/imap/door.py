"""What the mailbox knew about a mail beside its bytes. The server that took it in wrote its findings into headers;
those of the one server that an admin named are believed, nobody else's."""

from __future__ import annotations

from typing import Any

import authres

from kanal.channelkit.messages import Door
from kanal.kinds.email.addresses import mailboxes
from kanal.kinds.email.headers import Headers, split
from kanal.kit.mail import domain_of

_parse: Any = authres.AuthenticationResultsHeader.parse  # it has no types
METHODS = ("spf", "dkim", "dmarc", "arc")


def door_of(body: bytes, *, address: str, authserv: str, outgoing: bool, history: bool) -> Door:
    """`authserv` is the authserv-id (RFC 8601) of the server that is believed, "" for none."""
    top = split(body, 0, len(body)).headers
    returned = mailboxes(top.get("return-path"))
    return Door(
        mail_from=returned[0].key if returned else "",
        rcpt_to=[address],
        auth={} if outgoing or not authserv else _findings(top, authserv),
        outgoing=outgoing,
        history=history,
    )


def _findings(top: Headers, authserv: str) -> dict[str, str]:
    """Of the topmost field alone: what stands below it may be the sender's own."""
    try:
        stated = _parse(f"Authentication-Results: {top.get('authentication-results')}")
    except authres.AuthResError:
        return {}
    if str(stated.authserv_id or "").lower() != authserv.lower():
        return {}
    writers = mailboxes(top.get("from"))
    domain = domain_of(writers[0].key) if len(writers) == 1 else ""
    found = {"from_domain": domain}
    for result in stated.results:
        method = str(result.method).lower()
        if method not in METHODS:
            continue
        word = str(result.result).lower()
        if found.get(method) != "pass":
            found[method] = word
        if word == "pass" and method in ("dkim", "spf") and _speaks_for(domain, result):
            found["aligned"] = method
    return found


def _speaks_for(domain: str, result: Any) -> bool:
    """It names the domain of From, or one above that has a name of its own."""
    names = {domain_of(f"@{each.value}").lower().strip() for each in result.properties if each.name in _NAMING}
    return any(name and (domain == name or ("." in name and domain.endswith(f".{name}"))) for name in names)


_NAMING = frozenset({"d", "i", "mailfrom"})
