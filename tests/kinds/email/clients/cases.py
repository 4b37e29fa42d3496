"""Each case: the mail that a program sends, and what has to be found in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from typing import Literal

from tests.kinds.email.clients import programs
from tests.kinds.email.clients.languages import LANGUAGES, Language
from tests.kinds.email.clients.layout import Person
from tests.kinds.email.clients.programs import PROGRAMS, Program

EVA = Person("Eva Ek", "eva@kund.example")
BO = Person("Bo Berg", "bo@firma.example")
US = Person("Lampor AB", "support@firma.example")
Form = Literal["text", "html", "both"]


@dataclass(frozen=True)
class Case:
    name: str
    mail: bytes
    new: str
    """The new words: of the answer, or of whoever handed it on."""
    old: str
    """The words that are quoted or handed on."""
    original: str
    """Address of the original sender, "" for an answer."""
    original_name: str = ""
    sent: str = ""
    subject: str = ""


def cases() -> Iterator[Case]:
    for program in PROGRAMS:
        for language in LANGUAGES:
            for form in program.forms:
                yield reply(program, language, form)
                yield forward(program, language, form)


def reply(program: Program, language: Language, form: Form) -> Case:
    """Eva answers what we wrote."""
    shown = program.reply(language, US, EVA)
    subject = f"{program.reply_prefix(language)}: {language.subject}"
    new = language.new if not shown.signature else f"{language.new}\n\n{shown.signature}"
    return Case(
        name=f"{program.name}-{language.code}-reply-{form}",
        mail=_mail(EVA, subject, form, shown),
        new=new,
        old=language.old,
        original="",
    )


def forward(program: Program, language: Language, form: Form) -> Case:
    """Bo hands on what Eva wrote."""
    shown = program.forward(language, EVA, US)
    subject = f"{program.forward_prefix(language)}: {language.subject}"
    note = language.new if not shown.signature else f"{language.new}\n\n{shown.signature}"
    return Case(
        name=f"{program.name}-{language.code}-forward-{form}",
        mail=_mail(BO, subject, form, shown),
        new=note,
        old=language.old,
        original=EVA.address,
        original_name=EVA.name,
        sent=shown.sent,
        subject=language.subject if shown.names_subject else "",
    )


def _mail(sender: Person, subject: str, form: Form, shown: programs.Shown) -> bytes:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = f"{sender.name} <{sender.address}>"
    mail["To"] = US.address
    mail["Subject"] = subject
    mail["Date"] = "Tue, 03 Mar 2026 10:30:00 +0100"
    mail["Message-ID"] = "<1@kund.example>"
    if form == "html":
        mail.set_content(shown.html, subtype="html")
        return mail.as_bytes()
    mail.set_content(shown.text)
    if form == "both":
        mail.add_alternative(shown.html, subtype="html")
    return mail.as_bytes()
