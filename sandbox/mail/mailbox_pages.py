"""For people: the first page, and a mailbox with its mails and its behaviour. One mail is in `mail_pages`."""

from urllib.parse import quote

from litestar import Response, Router, get, post
from litestar.params import FromQuery
from litestar.response import Redirect

from sandbox.errors import InvalidInput
from sandbox.mail.http import AnyRequest, Office
from sandbox.mail.models import BEHAVIOUR_KINDS, Behaviour, BehaviourKind, Copy, Folder, Mailbox, Note
from sandbox.mail.pieces import STATES, badge, button_link, mailbox_url, time_of
from sandbox.mail.post_office import PostOffice
from sandbox.mail.reading import address_of
from sandbox.web.layout import page
from sandbox.web.markup import Child, tag

BEHAVIOURS: dict[BehaviourKind, tuple[str, str]] = {
    "normal": ("Normal", "Takes every mail."),
    "bounce": ("Bounce", "Takes the mail, then reports that there is no such mailbox."),
    "refuse": ("Refuse", "Says 550 at once: no such mailbox."),
    "temporary": ("Not now", "Says 451 after the mail: try again later."),
    "out_of_office": ("Out of office", "Takes the mail and answers each sender once."),
    "slow": ("Slow", "Takes the mail after some seconds."),
    "drop": ("Cut off", "Files the mail but cuts the connection before saying so."),
}


@get("/")
async def first_page(post_office: Office) -> Response[str]:
    return page(
        "Mailboxes",
        _welcome(post_office.suggest_to),
        _hosted(post_office),
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
            button_link("Write a mail", f"/write?from={quote(box.address)}"),
            class_="heading",
        ),
        tag("div", live, _behaviour_form(box), class_="columns"),
    )


@post("/mailbox/behaviour")
async def set_behaviour(request: AnyRequest, post_office: Office) -> Redirect:
    form = await request.form()
    address = str(form.get("address", ""))
    kind = next((kind for kind in BEHAVIOUR_KINDS if kind == form.get("kind")), None)
    if not kind or "@" not in address:
        raise InvalidInput("kind", "A mailbox has none such behaviour.")
    post_office.store.set_behaviour(address, Behaviour(kind, text=str(form.get("text", "")).strip()))
    return Redirect(mailbox_url(address), status_code=303)


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
            button_link(
                f"Write to {to} as eva@kund.example" if to else "Write a mail",
                f"/write?from={quote('Eva Lindqvist <eva@kund.example>')}&to={quote(to)}",
            ),
        ),
        class_="welcome",
    )


def _hosted(office: PostOffice) -> Child:
    """What a mail host tells its customers."""
    servers = office.servers
    if not office.hosted.passwords or not servers:
        return None
    rows = [
        tag("tr", tag("td", tag("a", address, href=mailbox_url(address))), tag("td", tag("code", password)))
        for address, password in office.hosted.passwords.items()
    ]
    return tag(
        "section",
        tag("h2", "Mailboxes that Kanal can read"),
        tag(
            "p",
            "A mail host of ours keeps them. Connect one in Kanal under Settings, Channels, by IMAP: type its address "
            "and password, Kanal finds the servers. By hand: the user name is the address, there is no encryption "
            "(it is all this machine), and answers leave by SMTP with the same user name and password.",
        ),
        tag("table", tag("tr", tag("th", "Address"), tag("th", "Password")), rows),
        tag(
            "p",
            "IMAP ",
            tag("code", f"{servers.imap_host}:{servers.imap_port}"),
            " · SMTP ",
            tag("code", f"{servers.smtp_host}:{servers.smtp_port}"),
        ),
        class_="hosted",
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
            badge(BEHAVIOURS[box.behaviour.kind][0], "odd") if box.behaviour.kind != "normal" else None,
            badge(f"{box.unread} new", "new") if box.unread else None,
            tag("span", counts, class_="begins"),
            time_of(box.newest_at) if box.newest_at else None,
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
            badge("1 file" if summary.attachments == 1 else f"{summary.attachments} files", "quiet")
            if summary.attachments
            else None,
            tag("span", tag("b", summary.subject or "(no subject)"), f" {summary.begins}", class_="begins"),
            time_of(copy.received_at),
            href=f"/mails/{copy.id}",
            class_="unread" if copy.unread else None,
        ),
    )


def _state_badge(copy: Copy) -> Child:
    if copy.folder == "inbox" or copy.state in ("delivered", "local"):
        return None
    return badge(STATES[copy.state], "bad" if copy.state == "failed" else "odd")


def _notes(notes: list[Note]) -> Child:
    if not notes:
        return None
    return tag(
        "details",
        tag("summary", "What this mailbox did"),
        tag("ul", [tag("li", time_of(note.at), " ", note.text) for note in notes]),
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


def _name(mention: str) -> str:
    return mention.rpartition("<")[0].strip(' "') or address_of(mention)


def _counted(words: str, unread: int) -> str:
    return f"({unread}) {words}" if unread else words


mailbox_pages = Router("/", route_handlers=[first_page, version, mailbox_page, set_behaviour])
