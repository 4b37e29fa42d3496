"""What the sandbox knows about mail: copies in mailboxes, what became of each recipient, behaviours."""

from datetime import datetime
from typing import Literal

from msgspec import Struct, field

Folder = Literal["inbox", "sent", "drafts", "archive", "junk", "trash"]
OutcomeState = Literal["waiting", "delivered", "local", "failed"]
BehaviourKind = Literal["normal", "bounce", "refuse", "temporary", "out_of_office", "slow", "drop"]
WORST_FIRST: tuple[OutcomeState, ...] = ("failed", "waiting", "delivered")
BEHAVIOUR_KINDS: tuple[BehaviourKind, ...] = (
    "normal",
    "bounce",
    "refuse",
    "temporary",
    "out_of_office",
    "slow",
    "drop",
)


class Envelope(Struct, frozen=True):
    """What was said in SMTP, beside the mail's own headers; an empty `mail_from` is the null return path."""

    mail_from: str
    rcpt_to: list[str]


class Outcome(Struct):
    """What became of one recipient of a mail sent from here, with the words of the server that decided."""

    address: str
    state: OutcomeState = "waiting"
    answer: str = ""
    tries: int = 0
    next_try: datetime | None = None


class Summary(Struct, frozen=True):
    """The few headers that a list shows, read once when the mail is filed."""

    from_: str
    to: list[str]
    subject: str
    message_id: str
    begins: str
    attachments: int


class Copy(Struct):
    """One mail in one folder of one mailbox. The same mail to two mailboxes, or sent twice, is two copies.

    `by_kanal`: Kanal sent it, to an address that may be one of its own, and it was passed on to Kanal's door.
    """

    id: str
    mailbox: str
    folder: Folder
    received_at: datetime
    envelope: Envelope
    summary: Summary
    unread: bool
    outcomes: list[Outcome] = field(default_factory=list)
    by_kanal: bool = False
    # For programs that read the mailbox: its number in the folder, and what they marked it with besides as seen.
    uid: int = 0
    flags: list[str] = field(default_factory=list)

    @property
    def state(self) -> OutcomeState:
        states = {outcome.state for outcome in self.outcomes}
        for state in WORST_FIRST:
            if state in states:
                return state
        return "local"


class Behaviour(Struct, frozen=True):
    """How a mailbox treats mail that reaches it.

    `times`: how often before it is normal again (None: until changed). `seconds`: how long `slow` waits.
    `keep`: whether `drop` files the mail before it cuts the connection. `text`: of an out-of-office answer,
    and `answer_to` where that goes: the envelope sender, as mail servers do, or Reply-To, as some offices do.
    """

    kind: BehaviourKind = "normal"
    times: int | None = None
    seconds: float = 5.0
    keep: bool = True
    text: str = ""
    answer_to: Literal["envelope", "reply_to"] = "envelope"


class Note(Struct, frozen=True):
    """Something a mailbox did that left no mail in it, such as refusing one."""

    at: datetime
    text: str


class Servers(Struct, frozen=True):
    """Where the mailboxes that are kept here are read and written from, for a person to type."""

    imap_host: str
    imap_port: int
    smtp_host: str
    smtp_port: int


class Mailbox(Struct, frozen=True):
    address: str
    mails: int
    unread: int
    sent: int
    newest_at: datetime | None
    behaviour: Behaviour
