"""Small parts that the pages of mailboxes and of mails are made of."""

from datetime import UTC, datetime
from urllib.parse import quote

from sandbox.mail.models import Folder
from sandbox.web.markup import Html, tag

STATES = {"delivered": "Taken by Kanal", "local": "In a mailbox here", "waiting": "Waiting", "failed": "Failed"}


def mailbox_url(address: str, folder: Folder = "inbox") -> str:
    return f"/mailbox?address={quote(address)}" + ("" if folder == "inbox" else f"&folder={folder}")


def time_of(at: datetime) -> Html:
    """In UTC until the script writes it in the reader's own time."""
    shown = f"{at:%H:%M}" if at.date() == datetime.now(UTC).date() else f"{at.day} {at:%b}"
    return tag("time", shown, datetime=at.isoformat())


def badge(words: str, kind: str) -> Html:
    return tag("span", words, class_=f"badge {kind}")


def button_link(label: str, href: str, kind: str = "") -> Html:
    return tag("a", label, href=href, class_=f"button {kind}".strip())
