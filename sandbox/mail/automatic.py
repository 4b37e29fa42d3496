"""Mail that no person writes: the report that a mail could not be delivered, and the out-of-office answer."""

import re
from email.message import EmailMessage, Message
from email.mime.multipart import MIMEMultipart
from email.utils import formatdate

from sandbox.mail.compose import WIRE, Draft, compose, new_message_id
from sandbox.mail.models import Behaviour, Envelope
from sandbox.mail.reading import Letter, address_of
from sandbox.mail.store import key

NO_ANSWER_TO = re.compile(r"(mailer-daemon|postmaster|no-?reply|owner-.*|.*-request)@", re.I)
VACATION = (
    "Hej! Jag är ledig till och med fredag och läser mejlen när jag är tillbaka.\n\n"
    "I am away until Friday and will read your message when I am back.\n"
)


def bounce(mailbox: str, original: Envelope, raw: bytes) -> tuple[Envelope, bytes]:
    """A report as RFC 3464 has it, for a mailbox that does not exist, to the envelope sender of the mail."""
    host = f"mail.{mailbox.rpartition('@')[2]}"
    report = MIMEMultipart("report", report_type="delivery-status", policy=WIRE)
    report["From"] = f"Mail Delivery Subsystem <mailer-daemon@{host}>"
    report["To"] = original.mail_from
    report["Subject"] = "Delivery Status Notification (Failure)"
    report["Date"] = formatdate(localtime=True)
    report["Message-ID"] = new_message_id(f"mailer-daemon@{host}")
    report["Auto-Submitted"] = "auto-replied"
    report["X-Failed-Recipients"] = mailbox
    report.attach(_explanation(mailbox))
    report.attach(_delivery_status(mailbox, host))
    report.attach(_original_headers(raw))
    return Envelope("", [original.mail_from]), report.as_bytes(policy=WIRE)


def out_of_office(
    mailbox: str, original: Envelope, letter: Letter, behaviour: Behaviour
) -> tuple[Envelope, bytes] | None:
    """An answer as RFC 3834 has it, or None where none may be sent."""
    to = original.mail_from
    if behaviour.answer_to == "reply_to":
        to = address_of((letter.reply_to or [letter.from_])[0])
    if not to or not may_answer(mailbox, original, letter):
        return None
    draft = Draft(
        from_=mailbox,
        to=[to],
        subject=f"Auto: {letter.subject}",
        text=behaviour.text or VACATION,
        in_reply_to=letter.message_id,
        references=[*letter.references, letter.message_id],
        headers={"Auto-Submitted": "auto-replied (vacation)", "X-Auto-Response-Suppress": "All"},
    )
    envelope, raw = compose(draft)
    return Envelope("", envelope.rcpt_to), raw


def may_answer(mailbox: str, original: Envelope, letter: Letter) -> bool:
    """Whether a machine may answer this mail: to a person, written to this very address, by no machine."""
    addressed = {key(address_of(mention)) for mention in [*letter.to, *letter.cc]}
    by_machine = letter.header("auto-submitted").lower() not in ("", "no") or (
        letter.header("precedence").lower() in ("bulk", "junk", "list")
    )
    on_list = any(name.lower().startswith("list-") for name, _ in letter.headers)
    suppressed = re.search(r"\b(oof|all)\b", letter.header("x-auto-response-suppress"), re.I)
    machine = not original.mail_from or NO_ANSWER_TO.match(original.mail_from)
    return key(mailbox) in addressed and not (by_machine or on_list or suppressed or machine)


def _explanation(mailbox: str) -> EmailMessage:
    part = EmailMessage(policy=WIRE)
    part.set_content(
        "Your message was not delivered.\n\n"
        f"{mailbox} does not exist. Check the address for spelling mistakes and try again.\n\n"
        f"The answer of the mail server was:\n\n550 5.1.1 <{mailbox}>: no such mailbox here\n"
    )
    del part["MIME-Version"]
    return part


def _delivery_status(mailbox: str, host: str) -> Message:
    kind = "rfc822" if mailbox.isascii() else "utf-8"
    of_host, of_recipient = Message(policy=WIRE), Message(policy=WIRE)
    of_host["Reporting-MTA"] = f"dns; {host}"
    of_host["Arrival-Date"] = formatdate(localtime=True)
    of_recipient["Final-Recipient"] = f"{kind}; {mailbox}"
    of_recipient["Action"] = "failed"
    of_recipient["Status"] = "5.1.1"
    of_recipient["Diagnostic-Code"] = f"smtp; 550 5.1.1 <{mailbox}>: no such mailbox here"
    part = Message(policy=WIRE)
    part["Content-Type"] = f"message/{'' if mailbox.isascii() else 'global-'}delivery-status"
    part.set_payload([of_host, of_recipient])
    return part


def _original_headers(raw: bytes) -> Message:
    head = re.split(rb"\r?\n\r?\n", raw, maxsplit=1)[0]
    part = Message(policy=WIRE)
    part["Content-Type"] = "text/rfc822-headers"
    part["Content-Transfer-Encoding"] = "8bit"
    part.set_payload(head.decode("ascii", "surrogateescape").replace("\r\n", "\n") + "\n")
    return part
