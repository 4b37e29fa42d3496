"""SPF, DKIM, ARC and DMARC of one mail, computed at the door while the client's address is known. doors.py keeps the
words beside the raw bytes; `parse.trust` reads them. Everything takes bounded time and nothing raises."""

from __future__ import annotations

import importlib.resources
import ipaddress
import time
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, TypeVar

import dkim
import dns.exception
import dns.resolver
import spf as pyspf
from publicsuffix2 import PublicSuffixList  # type: ignore[import-untyped]  # it has no types

from kanal.kinds.email import headers
from kanal.kinds.email.addresses import mailboxes
from kanal.kit.mail import domain_of

SECONDS = 4.5
"""For all four together; a name server that does not answer must not keep mail out."""
SECONDS_PER_QUERY = 2.0
MAX_SIGNATURES = 5
# Neither library has types.
_Dkim: Any = dkim.DKIM
_arc_verify: Any = dkim.arc_verify
_TempError: Any = pyspf.TempError
_PermError: Any = pyspf.PermError
T = TypeVar("T")
Lookup = Callable[[str, str, float], Sequence[Any]]
"""(name, type, seconds) → records: TXT as bytes, A, AAAA and PTR as text, MX as (preference, host). Empty when there
are none; raises `TimeoutError` when that could not be found out."""


def authenticate(
    body: bytes, client_ip: str, helo: str, mail_from: str, lookup: Lookup | None = None, seconds: float = SECONDS
) -> dict[str, str]:
    """`spf`, `dkim`, `arc`, `dmarc`: a word of RFC 8601 each. `from_domain`: what dmarc judged, "" unless From names
    exactly one domain. `aligned`: `dkim` or `spf` when that one speaks for the From domain."""
    names = _Names(lookup or ask, time.monotonic() + seconds)
    top = headers.split(body, 0, len(body)).headers
    from_domain = _from_domain(top)
    no_domains: list[str] = []
    spf_word, spf_domain = _guarded(lambda: _spf(names, client_ip, helo, mail_from), ("temperror", ""))
    dkim_word, dkim_domains = _guarded(lambda: _dkim(names, body, top), ("temperror", no_domains))
    arc_word = _guarded(lambda: _arc(names, body, top), "temperror")
    passed = {"spf": [spf_domain] if spf_word == "pass" else [], "dkim": dkim_domains}
    dmarc_word, aligned = _guarded(lambda: _dmarc(names, from_domain, passed), ("temperror", ""))
    if dmarc_word == "fail" and "temperror" in (spf_word, dkim_word):
        dmarc_word = "temperror"  # nobody is a forger because a name server slept
    return {
        "spf": spf_word,
        "dkim": dkim_word,
        "arc": arc_word,
        "dmarc": dmarc_word,
        "from_domain": from_domain,
        "aligned": aligned,
    }


def ask(name: str, kind: str, seconds: float) -> list[Any]:
    """The system's name servers."""
    try:
        answer = dns.resolver.resolve(name, kind, lifetime=seconds, raise_on_no_answer=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer, dns.name.LabelTooLong, dns.name.EmptyLabel):
        return []
    except dns.exception.DNSException as fault:
        raise TimeoutError(str(fault)) from fault
    read: dict[str, Callable[[Any], Any]] = {
        "TXT": lambda record: b"".join(record.strings),
        "MX": lambda record: (record.preference, record.exchange.to_text(omit_final_dot=True)),
        "PTR": lambda record: record.target.to_text(omit_final_dot=True),
    }
    return [read.get(kind, lambda record: record.address)(record) for record in answer.rrset or ()]


class _Names:
    """Name look-ups under one deadline."""

    def __init__(self, lookup: Lookup, deadline: float) -> None:
        self._lookup, self._deadline = lookup, deadline

    def __call__(self, name: str, kind: str) -> Sequence[Any]:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("no time left for name look-ups")
        return self._lookup(name.rstrip("."), kind, min(left, SECONDS_PER_QUERY))

    def txt(self, name: bytes, timeout: float = 0) -> bytes | None:
        """As dkimpy asks for keys."""
        return next(iter(self(name.decode("ascii", "replace"), "TXT")), None)


def _guarded(work: Callable[[], T], otherwise: T) -> T:
    try:
        return work()
    except Exception:  # noqa: BLE001  # libraries over a stranger's bytes and records; "could not be found out" is an answer
        return otherwise


def _from_domain(top: headers.Headers) -> str:
    domains = {domain_of(each.key) for value in top.all("from") for each in mailboxes(value, limit=10)}
    return domains.pop() if len(domains) == 1 else ""


def _spf(names: _Names, client_ip: str, helo: str, mail_from: str) -> tuple[str, str]:
    if not client_ip or not _is_public(client_ip):
        return "none", ""  # our own network, or a relay of it: it can say nothing about the sender
    query = _SpfQuery(names, client_ip, mail_from, helo)
    word = query.check()[0]  # type: ignore[no-untyped-call]  # pyspf has no types
    return word, domain_of(mail_from).lower() if mail_from else helo.lower()


class _SpfQuery(pyspf.query):
    """pyspf with our look-ups instead of its global ones."""

    def __init__(self, names: _Names, client: str, mail_from: str, helo: str) -> None:
        self._names = names
        super().__init__(i=client, s=mail_from, h=helo)  # type: ignore[no-untyped-call]  # pyspf has no types

    def dns(self, name: str, qtype: str, cnames: object = None, ignore_void: bool = False) -> list[Any]:
        if any(not 0 < len(label) < 64 for label in name.rstrip(".").split(".")):
            return []
        try:
            found = list(self._names(name, qtype))
        except TimeoutError as fault:
            raise _TempError(str(fault)) from fault
        if not found and not ignore_void:
            self.void_lookups += 1
            if self.void_lookups > pyspf.MAX_VOID_LOOKUPS:
                raise _PermError("too many look-ups without an answer")
        return [(record,) for record in found] if qtype in ("TXT", "SPF") else found


def _is_public(client_ip: str) -> bool:
    try:
        return ipaddress.ip_address(client_ip.strip("[]")).is_global
    except ValueError:
        return False


def _dkim(names: _Names, body: bytes, top: headers.Headers) -> tuple[str, list[str]]:
    """The best result of the first signatures, and the domains of those that hold."""
    count = min(len(top.all("dkim-signature")), MAX_SIGNATURES)
    words: list[str] = []
    domains: list[str] = []
    for number in range(count):
        word, domain = _signature(names, body, number)
        words.append(word)
        if word == "pass":
            domains.append(domain)
    return next((word for word in ("pass", "temperror", "fail", "neutral") if word in words), "none"), domains


def _signature(names: _Names, body: bytes, number: int) -> tuple[str, str]:
    checked = _Dkim(body)
    try:
        holds = checked.verify(idx=number, dnsfunc=names.txt)
    except (TimeoutError, dkim.DnsTimeoutError):
        return "temperror", ""
    except (dkim.NaClNotFoundError, dkim.UnknownKeyTypeError):
        return "neutral", ""
    except Exception:  # noqa: BLE001  # a signature that cannot even be read is one that does not hold
        return "fail", ""
    return ("pass" if holds else "fail"), checked.domain.decode("ascii", "replace").lower()


def _arc(names: _Names, body: bytes, top: headers.Headers) -> str:
    if "arc-seal" not in top:
        return "none"
    word, _, _ = _arc_verify(body, dnsfunc=names.txt)
    return str(word.decode("ascii") if isinstance(word, bytes) else "none")


def _dmarc(names: _Names, domain: str, passed: dict[str, list[str]]) -> tuple[str, str]:
    if not domain:
        return "permerror", ""
    policy = _policy(names, domain) or {}
    aligned = ""
    for way, strict in (("dkim", policy.get("adkim") == "s"), ("spf", policy.get("aspf") == "s")):
        if any(_speaks_for(other, domain, strict) for other in passed[way]):
            aligned = way
            break
    if not policy:
        return "none", aligned
    return ("pass" if aligned else "fail"), aligned


def _policy(names: _Names, domain: str) -> dict[str, str] | None:
    for asked in dict.fromkeys((domain, organisation(domain))):
        found = [record for record in names(f"_dmarc.{asked}", "TXT") if record.strip().lower().startswith(b"v=dmarc1")]
        if len(found) == 1:
            pairs = (tag.partition("=") for tag in found[0].decode("ascii", "replace").lower().split(";"))
            return {name.strip(): value.strip() for name, _, value in pairs}
    return None


def _speaks_for(other: str, domain: str, strict: bool) -> bool:
    if not other:
        return False
    return other == domain if strict else organisation(other) == organisation(domain)


@lru_cache(maxsize=4096)
def organisation(domain: str) -> str:
    """`mail.kund.co.uk` → `kund.co.uk`, by the list of public suffixes."""
    found = str(_suffixes().get_public_suffix(domain) or domain)
    if "." not in found:  # an ending that is not on the list: two labels, else all of its domains would be one
        return ".".join(domain.rsplit(".", 2)[-2:])
    return found


@lru_cache(maxsize=1)
def _suffixes() -> Any:
    listed = importlib.resources.files("authheaders") / "public_suffix_list.txt"
    with listed.open(encoding="utf-8") as lines:
        return PublicSuffixList(lines)
