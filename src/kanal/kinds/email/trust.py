"""Whether a sender is who they say: by what the door computed, and by nothing that stands in the mail."""

from __future__ import annotations

from kanal.channelkit.messages import Door, Verdict
from kanal.kit.mail import domain_of


def trust(door: Door, sender_key: str) -> Verdict:
    """Whether the door could prove the sender. What headers of the mail say about it is anybody's word."""
    domain = domain_of(sender_key)
    if not domain or door.auth.get("from_domain", "").lower() != domain:
        return "none"
    verdict = door.auth.get("dmarc", "")
    if verdict in ("pass", "fail"):
        return "pass" if verdict == "pass" else "fail"
    if door.auth.get("aligned"):  # no policy published, yet a signature or the sending host speaks for this domain
        return "pass"
    return "none"
