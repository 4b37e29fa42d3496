"""The mailboxes for programs, as JSON: tests read and write mail here just as a person does on the pages."""

import base64
import binascii
from datetime import datetime
from typing import Any

from litestar import Response, Router, delete, get, post, put
from litestar.params import FromPath, FromQuery
from msgspec import Struct, field

from sandbox.errors import InvalidInput
from sandbox.mail.compose import Draft, File
from sandbox.mail.http import AnyRequest, Office, file_url
from sandbox.mail.models import Behaviour, Copy, Envelope, Folder, Mailbox, Outcome, OutcomeState
from sandbox.mail.post_office import PostOffice
from sandbox.mail.replies import Language, reply
from sandbox.web.problems import decode


class Items(Struct):
    items: list[Any]


class AttachmentView(Struct):
    name: str
    content_type: str
    content_id: str
    size: int
    url: str


class MailView(Struct, rename={"from_": "from"}):
    id: str
    mailbox: str
    folder: Folder
    received_at: datetime
    unread: bool
    envelope: Envelope
    from_: str
    to: list[str]
    cc: list[str]
    reply_to: list[str]
    subject: str
    date: str
    message_id: str
    in_reply_to: str
    references: list[str]
    headers: list[tuple[str, str]]
    text: str
    html: str
    attachments: list[AttachmentView]


class SentView(Struct):
    """`answer` is what the server said about the first recipient, for the common case that there is but one."""

    id: str
    message_id: str
    state: OutcomeState
    answer: str
    recipients: list[Outcome]
    envelope: Envelope


class NewFile(Struct, forbid_unknown_fields=True):
    name: str
    base64: str
    content_type: str = "application/octet-stream"
    content_id: str = ""


class NewMail(Struct, forbid_unknown_fields=True):
    from_: str
    to: list[str]
    cc: list[str] = field(default_factory=list)
    bcc: list[str] = field(default_factory=list)
    subject: str = ""
    text: str = ""
    html: str = ""
    attachments: list[NewFile] = field(default_factory=list)
    in_reply_to: str = ""
    references: list[str] = field(default_factory=list)
    message_id: str | None = None
    headers: dict[str, str] = field(default_factory=dict)


class NewReply(Struct, forbid_unknown_fields=True):
    text: str
    all: bool = False
    attachments: list[NewFile] = field(default_factory=list)
    language: Language = "en"
    html: bool = True
    quote: bool = True


@get("/mailboxes")
async def list_mailboxes(post_office: Office) -> Items:
    return Items(post_office.store.mailboxes())


@delete("/mailboxes")
async def clear_mailboxes(post_office: Office) -> None:
    post_office.store.clear()


@get("/mailboxes/{address:str}/mails")
async def list_mails(post_office: Office, address: FromPath[str], folder: FromQuery[Folder] = "inbox") -> Items:
    """Newest first."""
    store = post_office.store
    return Items([mail_view(post_office, copy) for copy in store.in_folder(address, folder)])


@put("/mailboxes/{address:str}/behaviour")
async def set_behaviour(request: AnyRequest, post_office: Office, address: FromPath[str]) -> Mailbox:
    if "@" not in address:
        raise InvalidInput("address", f"“{address}” is no mail address.")
    post_office.store.set_behaviour(address, decode(await request.body(), Behaviour))
    return post_office.store.mailbox(address)


@post("/mails")
async def write_mail(request: AnyRequest, post_office: Office) -> SentView:
    new = decode(await request.body(), NewMail)
    draft = Draft(
        from_=new.from_,
        to=new.to,
        cc=new.cc,
        bcc=new.bcc,
        subject=new.subject,
        text=new.text,
        html=new.html,
        files=_files(new.attachments),
        in_reply_to=new.in_reply_to,
        references=new.references,
        message_id=new.message_id,
        headers=new.headers,
    )
    return sent_view(await post_office.write(draft))


@get("/mails/{id:str}")
async def read_mail(post_office: Office, id: FromPath[str]) -> MailView:
    return mail_view(post_office, post_office.find(id))


@get("/mails/{id:str}/raw")
async def raw_mail(post_office: Office, id: FromPath[str]) -> Response[bytes]:
    return Response(post_office.store.raw(post_office.find(id).id), media_type="text/plain")


@get("/mails/{id:str}/outcome")
async def mail_outcome(post_office: Office, id: FromPath[str]) -> SentView:
    """What became of a mail that was sent from here, retries included."""
    return sent_view(post_office.find(id))


@post("/mails/{id:str}/reply")
async def reply_to_mail(request: AnyRequest, post_office: Office, id: FromPath[str]) -> SentView:
    new = decode(await request.body(), NewReply)
    copy = post_office.find(id)
    draft = reply(
        copy,
        post_office.store.letter(copy.id),
        new.text,
        to_all=new.all,
        files=_files(new.attachments),
        language=new.language,
        with_html=new.html,
        quote=new.quote,
    )
    return sent_view(await post_office.write(draft))


@post("/mails/{id:str}/send-again")
async def send_mail_again(post_office: Office, id: FromPath[str]) -> SentView:
    return sent_view(await post_office.send_again(post_office.find(id)))


@post("/mails/{id:str}/try-again", status_code=200)
async def try_mail_again(post_office: Office, id: FromPath[str]) -> SentView:
    copy = post_office.find(id)
    await post_office.try_again(copy)
    return sent_view(copy)


@post("/mails/{id:str}/bounce")
async def bounce_mail(post_office: Office, id: FromPath[str]) -> SentView:
    return sent_view(post_office.bounce(post_office.find(id)))


@post("/mails/{id:str}/out-of-office")
async def answer_out_of_office(post_office: Office, id: FromPath[str]) -> SentView:
    return sent_view(post_office.answer_out_of_office(post_office.find(id)))


def mail_view(post_office: PostOffice, copy: Copy) -> MailView:
    letter = post_office.store.letter(copy.id)
    files = [
        AttachmentView(file.name, file.content_type, file.content_id, len(file.content), file_url(copy.id, number))
        for number, file in enumerate(letter.attachments)
    ]
    return MailView(
        id=copy.id,
        mailbox=copy.mailbox,
        folder=copy.folder,
        received_at=copy.received_at,
        unread=copy.unread,
        envelope=copy.envelope,
        from_=letter.from_,
        to=letter.to,
        cc=letter.cc,
        reply_to=letter.reply_to,
        subject=letter.subject,
        date=letter.date,
        message_id=letter.message_id,
        in_reply_to=letter.in_reply_to,
        references=letter.references,
        headers=letter.headers,
        text=letter.text,
        html=letter.html,
        attachments=files,
    )


def sent_view(copy: Copy) -> SentView:
    return SentView(
        id=copy.id,
        message_id=copy.summary.message_id,
        state=copy.state,
        answer=copy.outcomes[0].answer if copy.outcomes else "",
        recipients=copy.outcomes,
        envelope=copy.envelope,
    )


def _files(given: list[NewFile]) -> list[File]:
    return [File(new.name, new.content_type, _content(new, number), new.content_id) for number, new in enumerate(given)]


def _content(new: NewFile, number: int) -> bytes:
    try:
        return base64.b64decode(new.base64, validate=True)
    except binascii.Error as error:
        raise InvalidInput(f"attachments[{number}].base64", f"Not base64: {error}") from error


api = Router(
    "/api",
    route_handlers=[
        list_mailboxes,
        clear_mailboxes,
        list_mails,
        set_behaviour,
        write_mail,
        read_mail,
        raw_mail,
        mail_outcome,
        reply_to_mail,
        send_mail_again,
        try_mail_again,
        bounce_mail,
        answer_out_of_office,
    ],
)
