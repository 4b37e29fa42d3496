"""The words of the mails to members, in each language, as plain text and as simple HTML; pure. `writing` fills them."""

from __future__ import annotations

from html import escape
from typing import Literal

import msgspec

from kanal.kit import html
from kanal.people.models import Locale
from kanal.people.outbox import MailKind
from kanal.views.models import NoticeKind

TicketKind = Literal["assigned", "returned", "waiting_too_long", "customer_answered", "reply_failed", "contact_owner"]
UNANSWERABLE = frozenset({"invitation", "channel_attention", "digest"})
"""About no ticket, or about many: nobody reads answers."""


class Listed(msgspec.Struct, kw_only=True):
    """What happened to one thing, in a digest."""

    title: str
    link: str
    news: list[str]


class Facts(msgspec.Struct, kw_only=True):
    """What a letter is made of; empty where its kind has no use for it."""

    link: str
    account: str
    ticket: str = ""
    """`#12 Lamp`."""
    contact: str = ""
    channel: str = ""
    works: bool = False
    """The channel needs nobody any more."""
    inviter: str = ""
    said: str = ""
    """What the customer wrote, or what is wrong with a channel; plain text."""
    left_out: list[str] = []
    """Names of files that are too large for a mail."""
    can_be_answered: bool = False
    can_sign_in: bool = False
    """Whoever is invited has a password already."""
    unread: int = 0
    """Of a digest, with what is listed."""
    listed: list[Listed] = []


class Words(msgspec.Struct, kw_only=True):
    subject: str
    text: str
    html: str


def word(kind: MailKind, locale: Locale, facts: Facts) -> Words:
    """A letter; unknown languages read English."""
    lines = LINES.get(locale, LINES["en"])
    given = {"ticket": facts.ticket, "contact": facts.contact or lines["somebody"], "account": facts.account}
    given |= {"inviter": facts.inviter or lines["somebody"], "channel": facts.channel, "unread": str(facts.unread)}
    letter = WORKS.get(locale, WORKS["en"]) if facts.works else LETTERS.get(locale, LETTERS["en"])[kind]
    subject, opening = (part.format(**given) for part in letter)
    if kind == "invitation":
        opening += " " + lines["sign_in" if facts.can_sign_in else "choose_password"]
    closing = [lines["files"].format(names=", ".join(facts.left_out))] if facts.left_out else []
    if kind not in UNANSWERABLE:
        closing.append(lines["answer" if facts.can_be_answered else "no_answer"])
    if kind not in ("contact_owner", "invitation"):
        closing.append(lines["preferences"])
    return Words(subject=subject, text=_text(opening, facts, closing), html=_html(opening, facts, closing, lines))


def of_rule(subject: str, text: str, locale: Locale, facts: Facts) -> Words:
    """A letter that somebody worded in a rule of the ticket automation, with the way to the ticket."""
    lines = LINES.get(locale, LINES["en"])
    closing = [lines["by_rule"], lines["answer" if facts.can_be_answered else "no_answer"]]
    return Words(
        subject=subject, text=_text(text.strip(), facts, closing), html=_html(text.strip(), facts, closing, lines)
    )


def _text(opening: str, facts: Facts, closing: list[str]) -> str:
    said = "\n".join(f"> {line}".rstrip() for line in facts.said.splitlines())
    parts = ("\n".join([each.title, *(f"- {news}" for news in each.news), each.link]) for each in facts.listed)
    listed = "\n\n".join(parts)
    return "\n\n".join(part for part in (opening, said, listed, facts.link, *closing) if part) + "\n"


def _html(opening: str, facts: Facts, closing: list[str], lines: dict[str, str]) -> str:
    said = f'<blockquote style="{QUOTE}">{html.from_text(facts.said)}</blockquote>' if facts.said else ""
    said += "".join(_listed(each) for each in facts.listed)
    button = f'<p><a href="{escape(facts.link)}" style="{BUTTON}">{escape(lines["open"])}</a></p>'
    small = "".join(f'<p style="color:#666;font-size:13px">{escape(line)}</p>' for line in closing)
    return (
        '<!doctype html>\n<html><head><meta charset="utf-8"></head>'
        f'<body style="font-family:sans-serif"><p>{_lines(opening)}</p>{said}{button}{small}</body></html>\n'
    )


def _listed(each: Listed) -> str:
    news = "".join(f"<li>{escape(one)}</li>" for one in each.news)
    return f'<p style="margin-bottom:0"><a href="{escape(each.link)}">{escape(each.title)}</a></p><ul>{news}</ul>'


def said_of(kind: NoticeKind, locale: Locale, count: int) -> str:
    """News of a kind, in the list of a digest."""
    words = NEWS.get(locale, NEWS["en"])
    text = words[kind]
    return text if count == 1 else f"{text} ({words['times'].format(count=count)})"


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


QUOTE = "margin:16px 0;padding-left:12px;border-left:3px solid #ccc"
BUTTON = "display:inline-block;padding:8px 16px;background:#1f5f8b;color:#fff;text-decoration:none;border-radius:4px"

LINES: dict[str, dict[str, str]] = {
    "en": {
        "open": "Open",
        "somebody": "Somebody",
        "files": "Too large for a mail, see there: {names}",
        "answer": "Answer this mail to leave an internal comment. The customer is not sent your answer.",
        "no_answer": "Nobody reads answers to this mail.",
        "choose_password": "Choose a password to begin. If you did not expect this, do nothing.",
        "sign_in": "Sign in as you always do.",
        "preferences": "Which of these mails you get stands in your preferences.",
        "by_rule": "A rule of the ticket automation sent this mail.",
    },
    "sv": {
        "open": "Öppna",
        "somebody": "Någon",
        "files": "För stort för ett mejl, se ärendet: {names}",
        "answer": "Svara på det här mejlet för att lämna en intern kommentar. Kunden får inte ditt svar.",
        "no_answer": "Ingen läser svar på det här mejlet.",
        "choose_password": "Välj ett lösenord för att börja. Väntade du dig inte det här behöver du inte göra något.",
        "sign_in": "Logga in som vanligt.",
        "preferences": "Vilka av de här mejlen du får väljer du i dina inställningar.",
        "by_rule": "En regel i ärendeautomatiseringen skickade det här mejlet.",
    },
}
LETTERS: dict[str, dict[MailKind, tuple[str, str]]] = {
    "en": {
        "invitation": (
            "{inviter} invites you to {account}",
            "{inviter} invites you to work with {account} in Kanal.",
        ),
        "contact_owner": (
            "[{ticket}] {contact} wrote",
            "{contact}, whose contact owner you are, wrote while you were away.",
        ),
        "assigned": ("[{ticket}] Yours now", "{ticket} is yours now."),
        "returned": ("[{ticket}] No longer yours", "{ticket} was yours. It is waiting for, or with, a colleague now."),
        "waiting_too_long": (
            "[{ticket}] Has waited too long",
            "{ticket} is still waiting for somebody who can take it.",
        ),
        "customer_answered": ("[{ticket}] The customer answered", "The customer answered in {ticket}."),
        "mentioned": ("[{ticket}] {inviter} mentions you", "{inviter} mentions you in {ticket}."),
        "followed_activity": ("[{ticket}] {inviter} wrote", "{inviter} wrote in {ticket}."),
        "snooze_over": ("[{ticket}] Is back", "{ticket} was snoozed until now."),
        "digest": ("{account}: {unread} unread", "This is what you have not read in {account}."),
        "reply_failed": ("[{ticket}] Your reply did not arrive", "Your reply in {ticket} did not reach the customer."),
        "channel_attention": (
            "{channel} needs somebody",
            "Something is wrong with the channel {channel}. What is written there waits and is not lost.",
        ),
    },
    "sv": {
        "invitation": (
            "{inviter} bjuder in dig till {account}",
            "{inviter} bjuder in dig att arbeta med {account} i Kanal.",
        ),
        "contact_owner": (
            "[{ticket}] {contact} har skrivit",
            "{contact}, vars kontaktägare du är, skrev medan du var borta.",
        ),
        "assigned": ("[{ticket}] Ditt nu", "{ticket} är ditt nu."),
        "returned": (
            "[{ticket}] Inte längre ditt",
            "{ticket} var ditt. Nu väntar det på en kollega eller ligger hos en.",
        ),
        "waiting_too_long": (
            "[{ticket}] Har väntat för länge",
            "{ticket} väntar fortfarande på någon som kan ta det.",
        ),
        "customer_answered": ("[{ticket}] Kunden har svarat", "Kunden har svarat i {ticket}."),
        "mentioned": ("[{ticket}] {inviter} nämner dig", "{inviter} nämner dig i {ticket}."),
        "followed_activity": ("[{ticket}] {inviter} har skrivit", "{inviter} har skrivit i {ticket}."),
        "snooze_over": ("[{ticket}] Är tillbaka", "{ticket} var pausat till nu."),
        "digest": ("{account}: {unread} olästa", "Det här har du inte läst i {account}."),
        "reply_failed": ("[{ticket}] Ditt svar kom inte fram", "Ditt svar i {ticket} nådde inte kunden."),
        "channel_attention": (
            "{channel} behöver någon",
            "Något är fel med kanalen {channel}. Det som skrivs där väntar och går inte förlorat.",
        ),
    },
}
WORKS: dict[str, tuple[str, str]] = {
    "en": ("{channel} works again", "The channel {channel} works again. What waited goes on."),
    "sv": ("{channel} fungerar igen", "Kanalen {channel} fungerar igen. Det som väntade går vidare."),
}
NEWS: dict[str, dict[str, str]] = {
    "en": {
        "assigned": "Yours now",
        "customer_answered": "The customer answered",
        "mentioned": "A colleague mentions you",
        "followed_activity": "Somebody wrote",
        "snooze_over": "Is back from being snoozed",
        "reply_failed": "Your reply did not arrive",
        "returned": "No longer yours",
        "waiting_too_long": "Has waited too long",
        "contact_owner": "Your contact wrote while you were away",
        "bulk_done": "Is done",
        "channel_attention": "Something changed about the channel",
        "times": "{count} times",
    },
    "sv": {
        "assigned": "Ditt nu",
        "customer_answered": "Kunden har svarat",
        "mentioned": "En kollega nämner dig",
        "followed_activity": "Någon har skrivit",
        "snooze_over": "Är tillbaka efter pausen",
        "reply_failed": "Ditt svar kom inte fram",
        "returned": "Inte längre ditt",
        "waiting_too_long": "Har väntat för länge",
        "contact_owner": "Din kontakt skrev medan du var borta",
        "bulk_done": "Är klart",
        "channel_attention": "Något har ändrats med kanalen",
        "times": "{count} gånger",
    },
}
