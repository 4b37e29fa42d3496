"""A morning's mail to the support of a small Swedish lamp maker, written by invented people; sent over real SMTP."""

from email.utils import formatdate

from msgspec.structs import replace

from sandbox.app import Sandbox
from sandbox.demo.companies import companies
from sandbox.demo.complaints import complaints
from sandbox.demo.letter import Letter
from sandbox.demo.odd import odd_mails
from sandbox.demo.office import office
from sandbox.demo.orders import orders
from sandbox.demo.questions import questions
from sandbox.demo.returned import returned
from sandbox.errors import NotDelivered
from sandbox.mail.models import Copy


async def write_demo_mails(
    sandbox: Sandbox,
    to: str = "support@demo.example",
    about_orders: str = "orders@demo.example",
    about_returns: str = "returns@demo.example",
    to_office: str = "office@demo.example",
) -> list[Copy]:
    """Returns what was sent when Kanal has taken everything, else raises NotDelivered with Kanal's words."""
    ids: dict[str, str] = {}
    letters = [*complaints(), *companies(), *questions()]
    sent = [await _send(sandbox, letter, to, ids) for letter in letters]
    sent += [await _send(sandbox, letter, about_orders, ids) for letter in orders()]
    sent += [await _send(sandbox, letter, about_returns, ids) for letter in returned()]
    sent += [await _send(sandbox, letter, to_office, ids) for letter in office()]
    for envelope, raw in odd_mails(to, formatdate(localtime=True)):
        sent.append(_taken(await sandbox.send(envelope, raw)))
    return sent


async def _send(sandbox: Sandbox, letter: Letter, to: str, ids: dict[str, str]) -> Copy:
    """`ids` remembers what was sent under which key, so that a later letter can belong to the same thread."""
    before = ids[letter.follows] if letter.follows else ""
    copy = _taken(
        await sandbox.write(replace(letter.draft, to=[to], in_reply_to=before, references=[before] if before else []))
    )
    ids[letter.key] = copy.summary.message_id
    return copy


def _taken(copy: Copy) -> Copy:
    for outcome in copy.outcomes:
        if outcome.state in ("failed", "waiting"):
            raise NotDelivered(outcome.answer)
    return copy
