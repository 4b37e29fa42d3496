"""Where a person writes: a new mail from any address, or a reply. What was wrong is said at its field."""

from typing import Any
from urllib.parse import quote

from litestar import Response, Router, get, post
from litestar.datastructures import FormMultiDict, UploadFile
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from sandbox.errors import InvalidInput
from sandbox.mail.compose import Draft, File
from sandbox.mail.http import AnyRequest, Office
from sandbox.mail.models import Copy
from sandbox.mail.post_office import PostOffice
from sandbox.mail.reading import address_of
from sandbox.mail.replies import as_html, recipients, reply
from sandbox.web.layout import notice, page
from sandbox.web.markup import Child, tag

IDS = (("new", "A new one, as usual"), ("none", "None at all"), ("last", "The same as on this address’s last mail"))


@get("/write")
async def write_page(request: AnyRequest, post_office: Office) -> Response[str]:
    suggested = {"to": ", ".join(post_office.suggest_to[:1]), "html": "on"}
    return _write_page(post_office, suggested | dict(request.query_params.items()))


@post("/write")
async def write(request: AnyRequest, post_office: Office) -> Response[Any]:
    form = await request.form()
    try:
        sent = await post_office.write(await _draft(post_office, form))
    except InvalidInput as error:
        return _write_page(post_office, _texts(form), error)
    return _to_mail(sent)


@get("/mails/{id:str}/reply")
async def reply_page(post_office: Office, id: FromPath[str], all: FromQuery[bool] = False) -> Response[str]:
    copy = post_office.find(id)
    letter = post_office.store.letter(copy.id)
    to, cc = recipients(copy, letter, all)
    return page(
        f"Reply to {letter.subject}",
        tag("p", tag("a", "← Back to the mail", href=f"/mails/{copy.id}"), class_="back"),
        tag("h1", "Reply to all" if all else "Reply"),
        tag(
            "form",
            tag("p", f"From {copy.mailbox} to {', '.join([*to, *cc])}", class_="hint"),
            tag("input", type="hidden", name="all", value="true") if all else None,
            _area("text", "Text", "", autofocus=True),
            _upload(),
            tag(
                "fieldset",
                tag("legend", "Way of answering"),
                _check("quote", "Quote the mail below the text", True),
                _check("html", "Write HTML as well as text", True),
                _check("swedish", "The mail program speaks Swedish (“Den … skrev”)", False),
            ),
            tag("button", "Send the reply", type="submit"),
            method="post",
            enctype="multipart/form-data",
            class_="write",
        ),
    )


@post("/mails/{id:str}/reply")
async def send_reply(request: AnyRequest, post_office: Office, id: FromPath[str]) -> Redirect:
    form = await request.form()
    copy = post_office.find(id)
    draft = reply(
        copy,
        post_office.store.letter(copy.id),
        _lines(form, "text"),
        to_all="all" in form,
        files=await _uploads(form),
        language="sv" if "swedish" in form else "en",
        with_html="html" in form,
        quote="quote" in form,
    )
    return _to_mail(await post_office.write(draft))


async def _draft(post_office: PostOffice, form: FormMultiDict) -> Draft:
    values = _texts(form)
    text = _lines(form, "text")
    return Draft(
        from_=values.get("from", ""),
        to=_split(values.get("to", "")),
        cc=_split(values.get("cc", "")),
        subject=values.get("subject", ""),
        text=text,
        html=f'<div dir="ltr">{as_html(text)}</div>' if "html" in values else "",
        files=await _uploads(form),
        message_id=_message_id(post_office, values),
    )


def _message_id(post_office: PostOffice, values: dict[str, str]) -> str | None:
    if values.get("message_id") == "none":
        return ""
    if values.get("message_id") != "last":
        return None
    sent = post_office.store.in_folder(address_of(values.get("from", "")), "sent")
    if not sent:
        raise InvalidInput("message_id", "This address has sent no mail yet whose Message-ID could be used again.")
    return sent[0].summary.message_id


def _write_page(post_office: PostOffice, values: dict[str, str], error: InvalidInput | None = None) -> Response[str]:
    fault = (error.field.removesuffix("_"), error.message) if error else ("", "")
    known = {address_of(box.address) for box in post_office.store.mailboxes()}
    return page(
        "Write a mail",
        tag("h1", "Write a mail"),
        notice(fault[1], "bad") if error else None,
        tag(
            "form",
            _line("from", "From", values, fault, "Any address, such as Eva Lindqvist <eva@kund.example>"),
            _line("to", "To", values, fault, "Several with commas between"),
            _line("cc", "Cc", values, fault),
            _line("subject", "Subject", values, fault),
            _area("text", "Text", values.get("text", "")),
            _upload(),
            tag(
                "fieldset",
                tag("legend", "Way of writing"),
                _check("html", "Write HTML as well as text", "html" in values),
                _ids(values.get("message_id", "new")),
            ),
            tag("button", "Send", type="submit"),
            tag(
                "datalist",
                [tag("option", value=each) for each in sorted({*known, *post_office.suggest_to})],
                id="known",
            ),
            method="post",
            action="/write",
            enctype="multipart/form-data",
            class_="write",
        ),
        status=422 if error else 200,
        here="/write",
    )


def _line(name: str, label: str, values: dict[str, str], fault: tuple[str, str], hint: str = "") -> Child:
    return tag(
        "label",
        label,
        tag(
            "input",
            name=name,
            value=values.get(name, ""),
            placeholder=hint or None,
            list="known" if name in ("from", "to", "cc") else None,
            aria_invalid="true" if fault[0] == name else None,
            autocomplete="off",
        ),
    )


def _area(name: str, label: str, value: str, autofocus: bool = False) -> Child:
    return tag("label", label, tag("textarea", value, name=name, rows="10", autofocus=autofocus))


def _upload() -> Child:
    return tag("label", "Attachments", tag("input", type="file", name="attachments", multiple=True))


def _check(name: str, label: str, checked: bool) -> Child:
    return tag("label", tag("input", type="checkbox", name=name, checked=checked), label, class_="check")


def _ids(chosen: str) -> Child:
    options = [tag("option", label, value=value, selected=value == chosen) for value, label in IDS]
    return tag("label", "Message-ID", tag("select", options, name="message_id"))


def _texts(form: FormMultiDict) -> dict[str, str]:
    return {name: value for name, value in form.items() if isinstance(value, str)}


def _lines(form: FormMultiDict, name: str) -> str:
    # Browsers send CRLF in a text area.
    return _texts(form).get(name, "").replace("\r\n", "\n")


async def _uploads(form: FormMultiDict) -> list[File]:
    uploads = [each for each in form.getall("attachments", []) if isinstance(each, UploadFile) and each.filename]
    return [File(each.filename, each.content_type or "application/octet-stream", await each.read()) for each in uploads]


def _split(mentions: str) -> list[str]:
    """At commas, but not at those inside quotes: “"Öberg, Åsa" <asa@kund.example>, leo@kund.example”."""
    pieces = [""]
    quoted = False
    for sign in mentions:
        quoted ^= sign == '"'
        if sign in ",;" and not quoted:
            pieces.append("")
        else:
            pieces[-1] += sign
    return [piece.strip() for piece in pieces if piece.strip()]


def _to_mail(copy: Copy) -> Redirect:
    return Redirect(f"/mails/{quote(copy.id)}", status_code=303)


forms = Router("/", route_handlers=[write_page, write, reply_page, send_reply])
