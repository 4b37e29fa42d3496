"""For people: one mail, all that can be seen of it and done with it. Writing is in `forms`."""

from urllib.parse import quote

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from sandbox.errors import NotFound
from sandbox.mail.frames import frame_of, linked
from sandbox.mail.http import Office, file_url
from sandbox.mail.models import Copy, Outcome
from sandbox.mail.pieces import STATES, badge, button_link, mailbox_url, time_of
from sandbox.mail.post_office import PostOffice
from sandbox.mail.reading import Attachment, Letter
from sandbox.web.layout import page
from sandbox.web.markup import Child, tag


@get("/mails/{id:str}")
async def mail_page(post_office: Office, id: FromPath[str], show: FromQuery[str] = "") -> Response[str]:
    copy = post_office.find(id)
    post_office.store.mark_read(copy)
    letter = post_office.store.letter(copy.id)
    return page(
        letter.subject or "No subject",
        tag("p", tag("a", f"← {copy.mailbox}", href=mailbox_url(copy.mailbox, copy.folder)), class_="back"),
        tag("div", tag("h1", letter.subject or "(no subject)"), class_="heading"),
        _outcomes(copy) if copy.folder == "sent" else None,
        tag("div", _facts(letter, copy), _actions(copy), _views(letter, copy, show), class_="mail"),
        _body(post_office, letter, copy, show),
        _files(letter.attachments, copy),
    )


@get("/mails/{id:str}/files/{number:int}")
async def download(post_office: Office, id: FromPath[str], number: FromPath[int]) -> Response[bytes]:
    """Never shown by the browser in our origin: a customer's file may be a page with a script."""
    files = post_office.store.letter(post_office.find(id).id).attachments
    if number >= len(files):
        raise NotFound("There is no such attachment.")
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(files[number].name, safe='')}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return Response(files[number].content, media_type="application/octet-stream", headers=headers)


@post("/mails/{id:str}/bounce")
async def bounce(post_office: Office, id: FromPath[str]) -> Redirect:
    return _to_mail(post_office.bounce(post_office.find(id)))


@post("/mails/{id:str}/out-of-office")
async def out_of_office(post_office: Office, id: FromPath[str]) -> Redirect:
    return _to_mail(post_office.answer_out_of_office(post_office.find(id)))


@post("/mails/{id:str}/send-again")
async def send_again(post_office: Office, id: FromPath[str]) -> Redirect:
    return _to_mail(await post_office.send_again(post_office.find(id)))


@post("/mails/{id:str}/try-again")
async def try_again(post_office: Office, id: FromPath[str]) -> Redirect:
    copy = post_office.find(id)
    await post_office.try_again(copy)
    return _to_mail(copy)


def _to_mail(copy: Copy) -> Redirect:
    return Redirect(f"/mails/{copy.id}", status_code=303)


def _outcomes(copy: Copy) -> Child:
    again = _action(copy, "try-again", "Try again") if copy.state in ("failed", "waiting") else None
    return tag(
        "section",
        tag("ul", [_outcome(outcome) for outcome in copy.outcomes]),
        again,
        id="outcomes",
        data_live=True,
        class_=f"outcomes {copy.state}",
    )


def _outcome(outcome: Outcome) -> Child:
    kind = {"failed": "bad", "waiting": "odd"}.get(outcome.state, "good")
    next_try: Child = [" Next try ", time_of(outcome.next_try), "."] if outcome.next_try else None
    return tag(
        "li",
        badge(STATES[outcome.state], kind),
        tag("b", outcome.address),
        tag("span", outcome.answer or "No answer yet.", class_="answer"),
        next_try,
    )


def _facts(letter: Letter, copy: Copy) -> Child:
    facts = (
        ("From", letter.from_),
        ("To", ", ".join(letter.to)),
        ("Cc", ", ".join(letter.cc)),
        ("Reply-To", ", ".join(letter.reply_to)),
        ("Date", letter.date),
        ("Envelope", f"{copy.envelope.mail_from or '<> (null return path)'} → {', '.join(copy.envelope.rcpt_to)}"),
    )
    return tag("dl", [[tag("dt", label), tag("dd", value)] for label, value in facts if value], class_="facts")


def _actions(copy: Copy) -> Child:
    to_all = f"/mails/{copy.id}/reply?all=1"
    answers = [button_link("Reply", f"/mails/{copy.id}/reply"), button_link("Reply all", to_all, "second")]
    if copy.folder == "sent":
        return tag("div", answers, _action(copy, "send-again", "Send the very same mail again"), class_="actions")
    return tag(
        "div",
        answers,
        _action(copy, "bounce", "Bounce it"),
        _action(copy, "out-of-office", "Answer out of office"),
        class_="actions",
    )


def _action(copy: Copy, verb: str, label: str) -> Child:
    button = tag("button", label, type="submit", class_="second")
    return tag("form", button, method="post", action=f"/mails/{copy.id}/{verb}")


def _views(letter: Letter, copy: Copy, show: str) -> Child:
    views = [("html", "HTML")] if letter.html else []
    views += [("text", "Text")] if letter.text or not letter.html else []
    views += [("headers", "All headers"), ("raw", "Source")]
    return tag(
        "nav",
        [
            tag(
                "a",
                label,
                href=f"/mails/{copy.id}?show={view}",
                aria_current="page" if view == (show or views[0][0]) else None,
            )
            for view, label in views
        ],
        class_="tabs",
        aria_label="Ways to look at the mail",
    )


def _body(post_office: PostOffice, letter: Letter, copy: Copy, show: str) -> Child:
    if show == "headers":
        rows = [tag("tr", tag("th", name, scope="row"), tag("td", value)) for name, value in letter.headers]
        return tag("div", tag("table", rows), class_="headers", tabindex="0")
    if show == "raw":
        source = post_office.store.raw(copy.id)[:500_000].decode("utf-8", "replace")
        return tag("pre", source, class_="source", tabindex="0")
    if letter.html and show != "text":
        return frame_of(copy)
    return tag("pre", linked(letter.text), class_="text") if letter.text else tag("p", "No text.", class_="empty")


def _files(files: list[Attachment], copy: Copy) -> Child:
    if not files:
        return None
    return tag(
        "section",
        tag("h2", "Attachments"),
        tag("ul", [_file(file, copy, number) for number, file in enumerate(files)], class_="files"),
    )


def _file(file: Attachment, copy: Copy, number: int) -> Child:
    link = tag("a", file.name, href=file_url(copy.id, number), download=file.name)
    return tag("li", link, " ", tag("small", f"{file.content_type}, {_size(len(file.content))}"))


def _size(count: int) -> str:
    return f"{count} bytes" if count < 1000 else f"{count / 1000:.0f} kB" if count < 1e6 else f"{count / 1e6:.1f} MB"


mail_pages = Router("/", route_handlers=[mail_page, download, bounce, out_of_office, send_again, try_again])
