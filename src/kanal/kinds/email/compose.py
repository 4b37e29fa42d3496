"""One outgoing message as the bytes of a mail. Headers are written here and not by the library, which breaks long
Message-IDs in references and quotes names wrongly; nothing that a person typed can add a header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from email.header import Header
from email.policy import SMTP
from email.utils import format_datetime

from kanal.channelkit.contract import Channel
from kanal.channelkit.messages import Outbound, Party
from kanal.kinds.email import outgoing, receipts
from kanal.kinds.email.automatic import MARKER
from kanal.kinds.email.settings import EmailSettings, from_name, tagged
from kanal.kinds.email.wire import mailbox, on_the_wire, one_line

REFERENCES = 1_500
"""Characters; some relays refuse a larger header block."""
_ID = re.compile(r"[!-;=?-~]{1,900}")


def compose(out: Outbound, channel: Channel, settings: EmailSettings, *, utf8: bool, reply_to: bool) -> bytes:
    """The mail with CRLF line ends. With `utf8` headers may hold addresses that only SMTPUTF8 can carry, else those are
    left out. With `reply_to` mail to our own domain reaches us, so that answers go there and tell the conversation."""
    headers = [
        ("Date", format_datetime(out.written_at)),
        ("From", mailbox(from_name(settings, out.author_name, channel.name), on_the_wire(settings.address))),
        ("To", _mailboxes(out.to, utf8) or "undisclosed-recipients:;"),
        ("Cc", _mailboxes(out.cc, utf8)),
        ("Subject", _text("Subject", out.subject)),
        ("Message-ID", _ids([out.external_id])),
        ("In-Reply-To", _ids([out.in_reply_to])),
        ("References", _ids(_references(out))),
        ("Reply-To", _reply_to(out, channel, settings, reaches_us=reply_to)),
        *(_AUTOMATIC if out.automatic else ()),
        (MARKER, str(out.message_id)),
    ]
    head = "".join(f"{name}: {value}\r\n" for name, value in headers if value)
    if out.receipt_for:
        return head.encode("utf-8") + receipts.body(out, channel, settings).as_bytes(policy=SMTP)
    return head.encode("utf-8") + outgoing.body(out, channel, settings).as_bytes()


_AUTOMATIC = (("Auto-Submitted", "auto-replied"), ("X-Auto-Response-Suppress", "All"), ("Precedence", "bulk"))


def _mailboxes(parties: Sequence[Party], utf8: bool) -> str:
    reachable = [(p.name, on_the_wire(p.handle.address)) for p in parties]
    return ",\r\n ".join(mailbox(name, a) for name, a in reachable if a and (utf8 or a.isascii()))


def _reply_to(out: Outbound, channel: Channel, settings: EmailSettings, *, reaches_us: bool) -> str:
    """An address that tells the conversation (EML-54): of our domain, else of the mailbox where it takes such ones."""
    base = settings.forwarding_address if reaches_us else settings.address if settings.plus else ""
    if not out.reply_token or out.receipt_for or not base:
        return ""
    return mailbox(settings.from_name.company or channel.name, on_the_wire(tagged(base, out.reply_token)))


def _text(name: str, value: str) -> str:
    plain = one_line(value)[:900]
    charset = "us-ascii" if plain.isascii() and "=?" not in plain else "utf-8"
    return Header(plain, charset, header_name=name, maxlinelen=76).encode(linesep="\r\n")


def _ids(ids: Sequence[str]) -> str:
    return "\r\n ".join(f"<{i}>" for i in ids if _ID.fullmatch(i))


def _references(out: Outbound) -> list[str]:
    """The first and as many of the last as fit."""
    ids = [i for i in dict.fromkeys([*out.references, out.in_reply_to]) if i and _ID.fullmatch(i)]
    kept: list[str] = []
    room = REFERENCES - sum(len(i) + 5 for i in ids[:1])
    for i in reversed(ids[1:]):
        room -= len(i) + 5
        if room < 0:
            break
        kept.append(i)
    return ids[:1] + kept[::-1]
