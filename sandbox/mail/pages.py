"""The mailboxes for people: a first page, a mailbox, one mail. Writing is in `forms`; actions are plain form posts."""

from datetime import UTC, datetime
from urllib.parse import quote

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from sandbox.errors import InvalidInput, NotFound
from sandbox.mail.frames import frame_of, linked
from sandbox.mail.http import AnyRequest, Office, file_url
from sandbox.mail.models import BEHAVIOUR_KINDS, Behaviour, BehaviourKind, Copy, Folder, Mailbox, Note, Outcome
from sandbox.mail.post_office import PostOffice
from sandbox.mail.reading import Attachment, Letter, address_of
from sandbox.web.layout import page
from sandbox.web.markup import Child, Html, tag

BEHAVIOURS: dict[BehaviourKind, tuple[str, str]] = {
    "normal": ("Normal", "Takes every mail."),
    "bounce": ("Bounce", "Takes the mail, then reports that there is no such mailbox."),
    "refuse": ("Refuse", "Says 550 at once: no such mailbox."),
    "temporary": ("Not now", "Says 451 after the mail: try again later."),
    "out_of_office": ("Out of office", "Takes the mail and answers each sender once."),
    "slow": ("Slow", "Takes the mail after some seconds."),
    "drop": ("Cut off", "Files the mail but cuts the connection before saying so."),
}
STATES = {"delivered": "Taken by Kanal", "local": "In a mailbox here", "waiting": "Waiting", "failed": "Failed"}


@get("/")
async def first_page(post_office: Office) -> Response[str]:
    return page(
        "Mailboxes",
        _welcome(post_office.suggest_to),
        tag("section", _mailbox_list(post_office.store.mailboxes()), id="mailboxes", data_live=True),
        here="/",
    )


@get("/version")
async def version(post_office: Office) -> dict[str, int]:
    """Open pages ask this each second, and look at themselves again when it has grown."""
    return {"version": post_office.store.version}


@get("/mailbox")
async def mailbox_page(
    post_office: Office, address: FromQuery[str], folder: FromQuery[Folder] = "inbox"
) -> Response[str]:
    box = post_office.store.mailbox(address)
    copies = post_office.store.in_folder(address, folder)
    live = tag(
        "section",
        _folders(box, folder),
        _mail_list(copies, folder),
        _notes(post_office.store.notes(address)),
        id="mails",
        data_live=True,
    )
    return page(
        _counted(box.address, box.unread),
        tag(
            "div",
            tag("h1", box.address),
            _button_link("Write a mail", f"/write?from={quote(box.address)}"),
            class_="heading",
        ),
        tag("div", live, _behaviour_form(box), class_="columns"),
    )


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


@post("/mailbox/behaviour")
async def set_behaviour(request: AnyRequest, post_office: Office) -> Redirect:
    form = await request.form()
    address = str(form.get("address", ""))
    kind = next((kind for kind in BEHAVIOUR_KINDS if kind == form.get("kind")), None)
    if not kind or "@" not in address:
        raise InvalidInput("kind", "A mailbox has none such behaviour.")
    post_office.store.set_behaviour(address, Behaviour(kind, text=str(form.get("text", "")).strip()))
    return Redirect(mailbox_url(address), status_code=303)


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


def mailbox_url(address: str, folder: Folder = "inbox") -> str:
    return f"/mailbox?address={quote(address)}" + ("" if folder == "inbox" else f"&folder={folder}")


def _to_mail(copy: Copy) -> Redirect:
    return Redirect(f"/mails/{copy.id}", status_code=303)


def _welcome(suggest_to: list[str]) -> Child:
    to = suggest_to[0] if suggest_to else ""
    return tag(
        "section",
        tag("h1", "You are the customers here"),
        tag(
            "p",
            "Whatever Kanal sends ends up in these mailboxes, and mail that you write from any address "
            "reaches Kanal over real SMTP, as it would from a customer’s own mail host. "
            "Any address at any domain is a mailbox as soon as it is used, and nothing leaves this machine.",
        ),
        tag(
            "p",
            _button_link(
                f"Write to {to} as eva@kund.example" if to else "Write a mail",
                f"/write?from={quote('Eva Lindqvist <eva@kund.example>')}&to={quote(to)}",
            ),
        ),
        class_="welcome",
    )


def _mailbox_list(boxes: list[Mailbox]) -> Child:
    if not boxes:
        return tag("p", "No mailbox has been used yet.", class_="empty")
    return [tag("h2", "Mailboxes"), tag("ul", [_mailbox_row(box) for box in boxes], class_="list boxes")]


def _mailbox_row(box: Mailbox) -> Child:
    counts = f"{box.mails} received, {box.sent} sent"
    return tag(
        "li",
        tag(
            "a",
            tag("span", box.address, class_="who"),
            _badge(BEHAVIOURS[box.behaviour.kind][0], "odd") if box.behaviour.kind != "normal" else None,
            _badge(f"{box.unread} new", "new") if box.unread else None,
            tag("span", counts, class_="begins"),
            _time(box.newest_at) if box.newest_at else None,
            href=mailbox_url(box.address, "inbox" if box.mails or not box.sent else "sent"),
            class_="unread" if box.unread else None,
        ),
    )


def _folders(box: Mailbox, here: Folder) -> Child:
    folders: tuple[tuple[Folder, str, int], ...] = (("inbox", "Inbox", box.mails), ("sent", "Sent", box.sent))
    return tag(
        "nav",
        [
            tag(
                "a",
                f"{label} ",
                tag("span", str(count)),
                href=mailbox_url(box.address, folder),
                aria_current="page" if folder == here else None,
            )
            for folder, label, count in folders
        ],
        class_="tabs",
        aria_label="Folders",
    )


def _mail_list(copies: list[Copy], folder: Folder) -> Child:
    if not copies:
        words = "Nothing has arrived yet. New mail shows here by itself." if folder == "inbox" else "Nothing sent yet."
        return tag("p", words, class_="empty")
    return tag("ul", [_mail_row(copy) for copy in copies], class_="list")


def _mail_row(copy: Copy) -> Child:
    summary = copy.summary
    people = [summary.from_] if copy.folder == "inbox" else summary.to
    who = ", ".join(_name(mention) for mention in people)
    return tag(
        "li",
        tag(
            "a",
            tag("span", who or "(nobody)", class_="who"),
            _state_badge(copy),
            _badge("1 file" if summary.attachments == 1 else f"{summary.attachments} files", "quiet")
            if summary.attachments
            else None,
            tag("span", tag("b", summary.subject or "(no subject)"), f" {summary.begins}", class_="begins"),
            _time(copy.received_at),
            href=f"/mails/{copy.id}",
            class_="unread" if copy.unread else None,
        ),
    )


def _state_badge(copy: Copy) -> Child:
    if copy.folder == "inbox" or copy.state in ("delivered", "local"):
        return None
    return _badge(STATES[copy.state], "bad" if copy.state == "failed" else "odd")


def _notes(notes: list[Note]) -> Child:
    if not notes:
        return None
    return tag(
        "details",
        tag("summary", "What this mailbox did"),
        tag("ul", [tag("li", _time(note.at), " ", note.text) for note in notes]),
        class_="notes",
        open=True,
    )


def _behaviour_form(box: Mailbox) -> Child:
    return tag(
        "form",
        tag("h2", "When mail arrives"),
        tag("input", type="hidden", name="address", value=box.address),
        [_choice(kind, box.behaviour.kind == kind) for kind in BEHAVIOUR_KINDS],
        tag("button", "Behave like this", type="submit"),
        method="post",
        action="/mailbox/behaviour",
        class_="behaviour",
    )


def _choice(kind: BehaviourKind, chosen: bool) -> Child:
    label, words = BEHAVIOURS[kind]
    return tag(
        "label",
        tag("input", type="radio", name="kind", value=kind, checked=chosen),
        tag("span", tag("b", label), tag("small", words)),
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
    answers = [_button_link("Reply", f"/mails/{copy.id}/reply"), _button_link("Reply all", to_all, "second")]
    if copy.folder == "sent":
        return tag("div", answers, _action(copy, "send-again", "Send the very same mail again"), class_="actions")
    return tag(
        "div",
        answers,
        _action(copy, "bounce", "Bounce it"),
        _action(copy, "out-of-office", "Answer out of office"),
        class_="actions",
    )


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
    next_try: Child = [" Next try ", _time(outcome.next_try), "."] if outcome.next_try else None
    return tag(
        "li",
        _badge(STATES[outcome.state], kind),
        tag("b", outcome.address),
        tag("span", outcome.answer or "No answer yet.", class_="answer"),
        next_try,
    )


def _action(copy: Copy, verb: str, label: str) -> Child:
    button = tag("button", label, type="submit", class_="second")
    return tag("form", button, method="post", action=f"/mails/{copy.id}/{verb}")


def _button_link(label: str, href: str, kind: str = "") -> Html:
    return tag("a", label, href=href, class_=f"button {kind}".strip())


def _badge(words: str, kind: str) -> Html:
    return tag("span", words, class_=f"badge {kind}")


def _time(at: datetime) -> Html:
    """In UTC until the script writes it in the reader's own time."""
    shown = f"{at:%H:%M}" if at.date() == datetime.now(UTC).date() else f"{at.day} {at:%b}"
    return tag("time", shown, datetime=at.isoformat())


def _name(mention: str) -> str:
    return mention.rpartition("<")[0].strip(' "') or address_of(mention)


def _counted(words: str, unread: int) -> str:
    return f"({unread}) {words}" if unread else words


def _size(count: int) -> str:
    return f"{count} bytes" if count < 1000 else f"{count / 1000:.0f} kB" if count < 1e6 else f"{count / 1e6:.1f} MB"


pages = Router(
    "/",
    route_handlers=[
        first_page,
        version,
        mailbox_page,
        mail_page,
        download,
        set_behaviour,
        bounce,
        out_of_office,
        send_again,
        try_again,
    ],
)
