"""Mail about our mail: bounces, delays, complaints, read receipts. Read out of a parsed mail; parse.py hands the
receipts on instead of the message."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Literal

from kanal.channelkit.messages import Door, Handle, Receipt, Said
from kanal.kinds.email import evidence, headers
from kanal.kinds.email.addresses import mailboxes, party
from kanal.kinds.email.automatic import null_return_path
from kanal.kinds.email.headers import Headers
from kanal.kinds.email.mime import Mail, Part
from kanal.kit.mail import header_text

RETURN_PATH = "b"
"""Before the token of a delivery in our return path, so that it is never taken for the token of a conversation."""
MAX_RECIPIENTS = 100
MAX_REASON = 500
State = Literal["delivered", "read", "delayed", "failed", "bounced"]
_STATES: dict[str, State] = {
    "failed": "bounced",
    "delayed": "delayed",
    "delivered": "delivered",
    "relayed": "delivered",
    "expanded": "delivered",
}
_DELIVERY = ("message/delivery-status", "message/global-delivery-status")
_DISPOSITION = ("message/disposition-notification", "message/global-disposition-notification")
_COMPLAINT = ("message/feedback-report",)
_ORIGINAL = ("message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers")
_SUBJECT = re.compile(
    r"(?:undeliver|delivery status|returned mail|failure notice|mail delivery|"
    r"delivery (?:failure|has failed|incomplete|delayed)|could not be delivered|"
    r"not delivered|olevererbar|kunde inte levereras|unzustellbar|nicht zugestellt|non remis|"
    r"onbestelbaar|ikke leveres|no se puede entregar)",
    re.IGNORECASE,
)
_DELAYED = re.compile(r"delay|warning: could not send|will (?:keep|continue) trying|försenad|verzögert", re.IGNORECASE)
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_REPLY_CODE = re.compile(r"(?:^|[\s:\"'(<])([45]\d\d)[ -](?=\S)")
_ID_IN_TEXT = re.compile(r"^[>\s]*message-id:\s*<([^<>\s]{3,500})>", re.IGNORECASE | re.MULTILINE)
_ADDRESS_IN_TEXT = re.compile(r"<([^<>\s@]{1,64}@[^<>\s@]{1,255})>:?")


def receipts(mail: Mail, said: Said, door: Door, received_at: datetime) -> list[Receipt]:
    """What the mail reports about ours, one for each recipient; none when it is an ordinary mail. The report itself
    goes with the first."""
    found = _found(mail, said, door)
    for each in found:
        each.external_ids = _original_ids(mail, said)
        each.tokens = _of_return_path(said.evidence.tokens) + said.evidence.tokens
        each.at = said.claimed_at or received_at
    if found:
        found[0].report = said
    return found


def _of_return_path(tokens: list[str]) -> list[str]:
    return [token[len(RETURN_PATH) :] for token in tokens if token.lower().startswith(RETURN_PATH)]


def _found(mail: Mail, said: Said, door: Door) -> list[Receipt]:
    parts = mail.root.walk()
    if mail.root.type == "multipart/report" or _from_mail_system(said, mail.headers, door):
        for part in parts:
            if part.type in _DELIVERY:
                return _delivery(part)
            if part.type in _DISPOSITION:
                return [_disposition(part)]
            if part.type in _COMPLAINT:
                said.flags = sorted({*said.flags, "complaint"})
                return [_complaint(part)]
    return _without_report(mail, said, door)


def _from_mail_system(said: Said, found: Headers, door: Door) -> bool:
    local = said.sender.handle.key.partition("@")[0]
    return local in ("mailer-daemon", "postmaster") or null_return_path(found, door)


def _delivery(part: Part) -> list[Receipt]:
    blocks = [_fields(block) for block in re.split(rb"\r?\n[ \t]*\r?\n", part.content.strip())[: MAX_RECIPIENTS + 1]]
    each = [block for block in blocks if "action" in block or "final-recipient" in block]
    return [_delivery_to(block) for block in each[:MAX_RECIPIENTS]] or [Receipt(state="bounced")]


def _delivery_to(block: Headers) -> Receipt:
    status = _STATUS.search(block.get("status"))
    action = block.get("action").split(" ")[0].split("(")[0].strip().lower()
    state = _STATES.get(action) or _state_of(status[1] if status else "")
    diagnostic = block.text("diagnostic-code").partition(";")[2].strip() or block.text("diagnostic-code")
    reason = " ".join(filter(None, [status[1] if status and status[1] not in diagnostic else "", diagnostic]))
    return Receipt(
        state=state,
        reason=reason[:MAX_REASON],
        permanent=state == "bounced" and (status is None or status[1].startswith("5")),
        recipient=_handle(block.get("original-recipient")) or _handle(block.get("final-recipient")),
    )


def _state_of(status: str) -> State:
    return {"2": "delivered", "4": "delayed"}.get(status[:1], "bounced")  # type: ignore[return-value]  # all are states


def _disposition(part: Part) -> Receipt:
    block = _fields(part.content)
    done = block.get("disposition").rpartition(";")[2].strip().lower()
    read = done.startswith("displayed")
    return Receipt(
        state="read" if read else "delivered",
        reason="" if read else header_text(done)[:MAX_REASON],
        recipient=_handle(block.get("original-recipient")) or _handle(block.get("final-recipient")),
        external_ids=evidence.ids(block.get("original-message-id")),
    )


def _complaint(part: Part) -> Receipt:
    """Somebody pressed "this is spam": nothing more is to be sent there, just as after a bounce."""
    block = _fields(part.content)
    kind = block.text("feedback-type") or "abuse"
    return Receipt(
        state="bounced",
        reason=f"The recipient reported the message as unwanted ({kind})"[:MAX_REASON],
        permanent=True,
        recipient=_handle(block.get("original-rcpt-to")),
    )


def _without_report(mail: Mail, said: Said, door: Door) -> list[Receipt]:
    """Bounces in words only, as qmail, old Exim and some Exchange servers write them."""
    failed = mailboxes(mail.headers.get("x-failed-recipients"), limit=MAX_RECIPIENTS)
    local = said.sender.handle.key.partition("@")[0]
    speaks_of_it = _SUBJECT.search(said.subject) is not None
    system = local == "mailer-daemon" or (speaks_of_it and _from_mail_system(said, mail.headers, door))
    if not failed and not system:
        return []
    text = f"{said.text}\n{said.quoted_text}"[:65_536]
    named = failed or mailboxes(", ".join(_ADDRESS_IN_TEXT.findall(text)[:1]), limit=1)
    status = _STATUS.search(text)
    code = status[1] if status else (match[1] if (match := _REPLY_CODE.search(text)) else "")
    handles: list[Handle | None] = [party(each).handle for each in named]
    delayed = _DELAYED.search(said.subject) is not None
    reason = next((line.strip() for line in text.split("\n") if code and code in line), said.subject)[:MAX_REASON]
    return [
        Receipt(
            state="delayed" if delayed else "bounced",
            reason=reason,
            permanent=not delayed and code.startswith("5"),
            recipient=handle,
        )
        for handle in handles or [None]
    ]


def _original_ids(mail: Mail, said: Said) -> list[str]:
    """Surest first: named by the report, in the returned mail, in what it answers, in its words."""
    ids: list[str] = []
    for part in mail.root.walk():
        if part.type in _DISPOSITION:
            ids += evidence.ids(_fields(part.content).get("original-message-id"))
        if part.type in _ORIGINAL and part is not mail.root:
            ids += evidence.ids(_fields(part.content).get("message-id"))
    ids += said.evidence.in_reply_to + said.evidence.references[::-1]
    ids += _ID_IN_TEXT.findall(f"{said.text}\n{said.quoted_text}"[:65_536])
    return list(dict.fromkeys(ids))[:20]


def _fields(block: bytes) -> Headers:
    block = block.lstrip(b"\r\n")
    return headers.split(block, 0, len(block)).headers


def _handle(value: str) -> Handle | None:
    """`rfc822; eva@kund.se`"""
    found = mailboxes(value.partition(";")[2] or value, limit=1)
    return party(found[0]).handle if found else None
