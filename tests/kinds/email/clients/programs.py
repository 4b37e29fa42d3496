"""Mail programs: how each of them lays out an answer and a forward, as text and as HTML."""

# ruff: noqa: E501 - HTML stands as programs write it

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Literal

from tests.kinds.email.clients.languages import Language
from tests.kinds.email.clients.layout import (
    Person,
    attribution,
    attribution_html,
    broken,
    divs,
    marked,
    word_paragraphs,
)

LINE = "_" * 32


@dataclass(frozen=True)
class Shown:
    """The body in both forms."""

    text: str
    html: str
    sent: str = ""
    """Of a forward: the time as the program writes it."""
    signature: str = ""
    """What the program itself put below the new words."""
    names_subject: bool = True
    """Of a forward."""


Layout = Callable[[Language, Person, Person], Shown]
"""Language, who is quoted, to whom that was written."""


@dataclass(frozen=True)
class Program:
    name: str
    reply: Layout
    forward: Layout
    forms: tuple[Literal["text", "html", "both"], ...] = ("text", "html")
    outlook_prefixes: bool = False

    def reply_prefix(self, language: Language) -> str:
        return language.re_outlook if self.outlook_prefixes else "Re"

    def forward_prefix(self, language: Language) -> str:
        return language.fw_outlook if self.outlook_prefixes else "Fwd"


# Gmail --------------------------------------------------------------------------------------------------------------


def gmail_reply(say: Language, who: Person, to: Person) -> Shown:
    return Shown(
        text=f"{say.new}\n\n{attribution(say.gmail, who)}\n\n{marked(say.old)}\n",
        html=f'<div dir="ltr">{divs(say.new)}</div><br><div class="gmail_quote gmail_quote_container">'
        f'<div dir="ltr" class="gmail_attr">{attribution_html(say.gmail, who)}<br></div>'
        '<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);'
        f'padding-left:1ex"><div dir="ltr">{divs(say.old)}</div></blockquote></div>',
    )


def gmail_forward(say: Language, who: Person, to: Person) -> Shown:
    """English but for the label of the sender."""
    return Shown(
        text=f"{say.new}\n\n---------- Forwarded message ---------\n{say.sender}: {who.text}\nDate: {say.day_gmail}\n"
        f"Subject: {say.subject}\nTo: <{to.address}>\n\n\n{say.old}\n",
        html=f'<div dir="ltr">{divs(say.new)}<br><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">'
        f'---------- Forwarded message ---------<br>{say.sender}: <strong class="gmail_sendername" dir="auto">{who.name}'
        f'</strong> <span dir="auto">&lt;<a href="mailto:{who.address}">{who.address}</a>&gt;</span><br>'
        f"Date: {say.day_gmail}<br>Subject: {escape(say.subject)}<br>To:  &lt;{to.address}&gt;<br></div><br><br>"
        f'<div dir="ltr">{divs(say.old)}</div></div></div>',
        sent=say.day_gmail,
    )


# Apple --------------------------------------------------------------------------------------------------------------


def apple_reply(say: Language, who: Person, to: Person) -> Shown:
    return Shown(
        text=f"{say.new}\n\n> {attribution(say.apple, who)}\n> \n{marked(say.old)}\n",
        html='<html><head></head><body style="overflow-wrap: break-word; line-break: after-white-space;">'
        f'{divs(say.new)}<div><br><blockquote type="cite"><div>{attribution_html(say.apple, who)}</div>'
        f'<br class="Apple-interchange-newline"><div>{divs(say.old)}</div></blockquote></div><br></body></html>',
    )


def apple_forward(say: Language, who: Person, to: Person) -> Shown:
    head = [(say.sender, who.text), (say.title, say.subject), (say.date, say.day_apple), (say.to, to.address)]
    lines = [say.apple_forward, "", *(f"{label}: {value}" for label, value in head), "", *say.old.split("\n")]
    rows = "".join(
        '<div style="margin-top: 0px; margin-right: 0px; margin-bottom: 0px; margin-left: 0px;"><span style="font-family:'
        f" -webkit-system-font, 'Helvetica Neue', Helvetica, sans-serif; color:rgba(0, 0, 0, 1.0);\"><b>{label}: </b>"
        f"</span><span>{escape(value)}<br></span></div>"
        for label, value in head
    )
    return Shown(
        text=f"{say.new}\n\n{marked(chr(10).join(lines))}\n",
        html=f"<html><body>{divs(say.new)}<div><br><blockquote type='cite'><div>{say.apple_forward}</div>"
        f'<br class="Apple-interchange-newline">{rows}<br><div>{divs(say.old)}</div></blockquote></div><br></body></html>',
        sent=say.day_apple,
    )


def ios_reply(say: Language, who: Person, to: Person) -> Shown:
    return Shown(
        text=f"{say.new}\n\n{say.phone}\n\n> {attribution(say.apple, who)}\n> \n> \ufeff{say.old.replace(chr(10), chr(10) + '> ')}\n",
        html=f'<html><body dir="auto">{divs(say.new)}<br id="lineBreakAtBeginningOfSignature"><div dir="ltr">{say.phone}</div>'
        f'<div dir="ltr"><br><blockquote type="cite">{attribution_html(say.apple, who)}<br><br></blockquote></div>'
        f'<blockquote type="cite"><div dir="ltr">\ufeff{divs(say.old)}</div></blockquote></body></html>',
        signature=say.phone,
    )


def ios_forward(say: Language, who: Person, to: Person) -> Shown:
    head = [(say.sender, who.text), (say.date, say.day_apple), (say.to, to.address), (say.title, say.subject)]
    lines = [*(f"{label}: {value}" for label, value in head), "", *say.old.split("\n")]
    rows = "<br>".join(f"<b>{label}:</b> {escape(value)}" for label, value in head)
    return Shown(
        text=f"{say.new}\n\n{say.phone}\n\n{say.apple_forward}\n\n{marked(chr(10).join(lines))}\n",
        html=f'<html><body dir="auto">{divs(say.new)}<br id="lineBreakAtBeginningOfSignature"><div dir="ltr">{say.phone}</div>'
        f'<div dir="ltr"><br>{say.apple_forward}<br><br></div><blockquote type="cite"><div dir="ltr">{rows}<br><br></div>'
        f'</blockquote><blockquote type="cite"><div dir="ltr">\ufeff{divs(say.old)}</div></blockquote></body></html>',
        sent=say.day_apple,
        signature=say.phone,
    )


# Outlook ------------------------------------------------------------------------------------------------------------


def outlook_head(say: Language, who: Person, to: Person) -> list[tuple[str, str]]:
    return [(say.sender, who.text), (say.sent, say.day_outlook), (say.to, to.text), (say.title, say.subject)]


def outlook_classic(say: Language, who: Person, to: Person) -> Shown:
    """No separator at all: an answer and a forward differ in the subject alone."""
    head = outlook_head(say, who, to)
    rows = "<br>".join(f"<b>{label}:</b> {escape(value)}" for label, value in head)
    return Shown(
        text="{}\n\n{}\n\n{}\n".format(say.new, "\n".join(f"{label}: {value}" for label, value in head), say.old),
        html='<html xmlns:o="urn:schemas-microsoft-com:office:office"><body lang="EN-US" link="#0563C1">'
        f'<div class="WordSection1">{word_paragraphs(say.new)}<p class="MsoNormal"><o:p>&nbsp;</o:p></p><div>'
        '<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal">'
        f"<span>{rows}</span><o:p></o:p></p></div></div><p class='MsoNormal'><o:p>&nbsp;</o:p></p>"
        f"{word_paragraphs(say.old)}</div></body></html>",
        sent=say.day_outlook,
    )


def outlook_web(say: Language, who: Person, to: Person) -> Shown:
    head = outlook_head(say, who, to)
    rows = "<br>".join(f"<b>{label}:</b>&nbsp;{escape(value)}" for label, value in head)
    return Shown(
        text="{}\n{}\n{}\n\n{}\n".format(
            say.new, LINE, "\n".join(f"{label}: {value}" for label, value in head), say.old
        ),
        html=f'<html><body dir="ltr"><div class="elementToProof">{divs(say.new)}</div><div id="appendonsend"></div>'
        '<hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr">'
        f'<font face="Calibri, sans-serif" style="font-size:11pt" color="#000000">{rows}</font><div>&nbsp;</div></div>'
        f"<div>{divs(say.old)}</div></body></html>",
        sent=say.day_outlook,
    )


def outlook_new(say: Language, who: Person, to: Person) -> Shown:
    """The time is called by its other name, and no empty line stands below the head."""
    head = [(say.sender, who.text), (say.date, say.day_outlook), (say.to, to.text), (say.title, say.subject)]
    rows = "<br>".join(f"<b>{label}: </b>{escape(value)}" for label, value in head)
    return Shown(
        text="{}\n\n{}\n{}\n".format(say.new, "\n".join(f"{label}: {value}" for label, value in head), say.old),
        html=f'<html><body><div style="font-family: Aptos, sans-serif;">{divs(say.new)}</div>'
        '<div id="mail-editor-reference-message-container"><div class="ms-outlook-mobile-reference-message skipProofing"'
        ' style="padding: 3pt 0in 0in; border-width: 1pt medium medium; border-style: solid none none; border-color: '
        f'rgb(181, 196, 223) currentcolor currentcolor; font-family: Aptos;">{rows}<br><br></div>'
        f"{divs(say.old)}</div></body></html>",
        sent=say.day_outlook,
    )


def outlook_mobile(say: Language, who: Person, to: Person) -> Shown:
    head = outlook_head(say, who, to)
    rows = "<br>".join(f"<b>{label}:</b> {escape(value)}" for label, value in head)
    return Shown(
        text="{}\n\n{}\n{}\n{}\n\n{}\n".format(
            say.new, say.outlook_app, LINE, "\n".join(f"{label}: {value}" for label, value in head), say.old
        ),
        html=f'<html><body><div dir="ltr">{divs(say.new)}</div><div><br></div><div id="ms-outlook-mobile-signature">'
        f'<div dir="auto">{say.outlook_app}</div></div><div id="mail-editor-reference-message-container" dir="auto"><br>'
        f'<hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" style="font-size: 11pt">{rows}'
        f"</div><br>{divs(say.old)}</div></body></html>",
        sent=say.day_outlook,
        signature=say.outlook_app,
    )


def outlook_mac(say: Language, who: Person, to: Person) -> Shown:
    """A sentence as above an answer, also above what is handed on; the rest is indented."""
    indented = "\n".join(f"    {line}" for line in say.old.split("\n"))
    return Shown(
        text=f"{say.new}\n\n{attribution(say.outlook_mac, who)}\n\n{indented}\n",
        html=f'<html><body><div class="WordSection1">{word_paragraphs(say.new)}<p class="MsoNormal"><o:p>&nbsp;</o:p></p>'
        f'<div><p class="MsoNormal">{attribution_html(say.outlook_mac, who)}<o:p></o:p></p></div>'
        '<blockquote style="border:none;border-left:solid #B5C4DF 4.5pt;padding:0cm 0cm 0cm 4.0pt">'
        f"<div>{word_paragraphs(say.old)}</div></blockquote></div></body></html>",
        names_subject=False,
    )


# Thunderbird --------------------------------------------------------------------------------------------------------


def thunderbird_reply(say: Language, who: Person, to: Person) -> Shown:
    return Shown(
        text=f"{say.new}\n\n{attribution(say.thunderbird, who)}\n{marked(say.old)}\n",
        html=f"<html><body><p>{broken(say.new)}</p><div class='moz-cite-prefix'>{attribution_html(say.thunderbird, who)}<br>"
        f'</div><blockquote type="cite" cite="mid:1@firma.example"><p>{broken(say.old)}</p></blockquote></body></html>',
    )


def thunderbird_forward(say: Language, who: Person, to: Person) -> Shown:
    day = "Tue, 3 Mar 2026 09:12:00 +0100"
    head = [(say.title, say.subject), (say.date, day), (say.sender, who.text), (say.to, to.address)]
    rows = "".join(
        f'<tr><th valign="BASELINE" align="RIGHT" nowrap="nowrap">{label}: </th><td>{escape(value)}</td></tr>'
        for label, value in head
    )
    return Shown(
        text="{}\n\n\n{}\n{}\n\n\n\n{}\n".format(
            say.new, say.thunderbird_forward, "\n".join(f"{label}: \t{value}" for label, value in head), say.old
        ),
        html=f'<html><body><p>{broken(say.new)}</p><div class="moz-forward-container"><br><br>{say.thunderbird_forward}'
        f'<table class="moz-email-headers-table" cellspacing="0" cellpadding="0" border="0"><tbody>{rows}</tbody></table>'
        f"<br><br>{broken(say.old)}</div></body></html>",
        sent=day,
    )


# Webmail ------------------------------------------------------------------------------------------------------------


def yahoo_reply(say: Language, who: Person, to: Person) -> Shown:
    return Shown(
        text=f"{say.new}\n\n    {attribution(say.yahoo, who)}\n\n{say.old}\n",
        html=f'<html><body><div class="ydp1a2b3cyahoo-style-wrap" style="font-family:Helvetica;"><div>{divs(say.new)}</div>'
        '<div><br></div></div><div id="ydp4d5e6fyahoo_quoted_7890123" class="ydp4d5e6fyahoo_quoted"><div style="color:'
        f'#26282a;"><div>{attribution_html(say.yahoo, who)}</div><div><br></div><div><br></div>{divs(say.old)}</div></div>'
        "</body></html>",
    )


def yahoo_forward(say: Language, who: Person, to: Person) -> Shown:
    """As text separator and head are one line."""
    head = [
        (say.sender, f'"{who.name}" <{who.address}>'),
        (say.to, to.text),
        (say.sent, say.day_outlook),
        (say.title, say.subject),
    ]
    rows = "".join(f"<div><b>{label}:</b> {escape(value)}</div>" for label, value in head)
    return Shown(
        text="{}\n\n   {} {}\n {}\n".format(
            say.new, say.yahoo_forward, "".join(f"{label}: {value}" for label, value in head), say.old
        ),
        html=f'<html><body><div class="ydp1a2b3cyahoo-style-wrap"><div>{divs(say.new)}</div></div>'
        f'<div class="ydp4d5e6fyahoo_quoted"><div>{say.yahoo_forward}</div>{rows}<div><br></div>{divs(say.old)}</div>'
        "</body></html>",
        sent=say.day_outlook,
    )


def gmx(say: Language, who: Person, to: Person) -> Shown:
    """The time comes first."""
    day = say.day_outlook
    head = [
        (say.sent, day),
        (say.sender, f'"{who.name}" <{who.address}>'),
        (say.to, to.address),
        (say.title, say.subject),
    ]
    rows = "<br/>".join(f"<b>{label}:</b>&nbsp;{escape(value)}" for label, value in head)
    return Shown(
        text="{}\n\n\n{}\n\n{}\n".format(say.new, "\n".join(f"{label}: {value}" for label, value in head), say.old),
        html=f'<html><body><div style="font-family: Verdana;font-size: 12.0px;"><div>{divs(say.new)}</div><div>&nbsp;'
        '<div name="quote" style="margin:10px 5px 5px 10px; padding: 10px 0 10px 10px; border-left:2px solid #C3D9E5; '
        f'word-wrap: break-word;"><div style="margin:0 0 10px 0;">{rows}</div><div name="quoted-content">'
        f"{divs(say.old)}</div></div></div></div></body></html>",
        sent=day,
    )


def samsung(say: Language, who: Person, to: Person) -> Shown:
    """The same words above an answer and above a forward."""
    day = "2026-03-03 09:12 (GMT+01:00)"
    head = [(say.sender, who.text), (say.date, day), (say.to, to.text), (say.title, say.subject)]
    rows = "".join(f"<div>{label}: {escape(value)} </div>" for label, value in head)
    return Shown(
        text="{}\n\n\n-------- {} --------\n{}\n\n{}\n".format(
            say.new, say.original, "\n".join(f"{label}: {value} " for label, value in head), say.old
        ),
        html=f'<html><body><div dir="auto">{divs(say.new)}</div><div><br></div><div align="left" dir="auto" style="font-size:'
        f'100%;color:#000000"><div>-------- {say.original} --------</div>{rows}<div><br></div></div>{divs(say.old)}'
        "</body></html>",
        sent=day,
    )


# Programs that write English in every language ----------------------------------------------------------------------


def proton_reply(say: Language, who: Person, to: Person) -> Shown:
    said = "On Tuesday, March 3rd, 2026 at 09:12, {name} <{address}> wrote:"
    return Shown(
        text=f"{say.new}\n\n\n{attribution(said, who)}\n\n{marked(say.old)}\n",
        html=f'<div style="font-family: Arial, sans-serif;">{divs(say.new)}</div><div class="protonmail_quote">\n'
        f'{attribution_html(said, who)}<br><br><blockquote class="protonmail_quote" type="cite">{divs(say.old)}'
        "</blockquote><br></div>",
    )


def proton_forward(say: Language, who: Person, to: Person) -> Shown:
    day = "On Tuesday, March 3rd, 2026 at 09:12"
    head = [("From", who.text), ("Date", day), ("Subject", say.subject), ("To", to.text)]
    rows = "<br>".join(f"{label}: {escape(value)}" for label, value in head)
    return Shown(
        text="{}\n\n\n------- Forwarded Message -------\n{}\n\n\n{}\n".format(
            say.new, "\n".join(f"{label}: {value}" for label, value in head), marked(say.old)
        ),
        html=f'<div style="font-family: Arial, sans-serif;">{divs(say.new)}</div><div class="protonmail_quote">'
        f'------- Forwarded Message -------<br>{rows}<br><br><blockquote class="protonmail_quote" type="cite">'
        f"{divs(say.old)}</blockquote><br></div>",
        sent=day,
    )


def zoho_reply(say: Language, who: Person, to: Person) -> Shown:
    said = "---- On Tue, 03 Mar 2026 09:12:00 +0100 {name} <{address}> wrote ----"
    return Shown(
        text=f"{say.new}\n\n\n\n{attribution(said, who)}\n\n{marked(say.old)}\n",
        html=f'<div style="font-family: Verdana;"><div>{divs(say.new)}</div><div class="zmail_extra_hr" style="border-top: '
        '1px solid rgb(204, 204, 204); height: 0px;"><br></div><div class="zmail_extra" data-zbluepencil-ignore="true">'
        f'<div id="Zm-_Id_-Sgn1">{attribution_html(said, who)}<br></div><blockquote style="margin: 0px;">'
        f"{divs(say.old)}</blockquote></div></div>",
    )


def zoho_forward(say: Language, who: Person, to: Person) -> Shown:
    line = "============ Forwarded message ============"
    day = "Tue, 03 Mar 2026 09:12:00 +0100"
    head = [("From", who.text), ("To", f"<{to.address}>"), ("Date", day), ("Subject", say.subject)]
    rows = "<br>".join(f"{label}: {escape(value)}" for label, value in head)
    return Shown(
        text="{}\n\n\n\n{line}\n{}\n{line}\n\n{}\n".format(
            say.new, "\n".join(f"{label}: {value}" for label, value in head), say.old, line=line
        ),
        html=f'<div style="font-family: Verdana;"><div>{divs(say.new)}</div><div class="zmail_extra">{line}<br>{rows}<br>'
        f"{line}<br></div><div><blockquote style='margin: 0px;'>{divs(say.old)}</blockquote></div></div>",
        sent=day,
    )


def fastmail_reply(say: Language, who: Person, to: Person) -> Shown:
    said = "On Tue, Mar 3, 2026, at 9:12 AM, {name} wrote:"
    return Shown(
        text=f"{say.new}\n\n{attribution(said, who)}\n{marked(say.old)}\n",
        html=f"<!DOCTYPE html><html><body>{divs(say.new)}<div><br></div><div>{attribution_html(said, who)}<br></div>"
        f'<blockquote type="cite" id="qt" style="">{divs(say.old)}</blockquote><div><br></div></body></html>',
    )


def fastmail_forward(say: Language, who: Person, to: Person) -> Shown:
    day = "Tuesday, March 03, 2026 9:12 AM"
    head = [("From", who.text), ("To", to.address), ("Subject", say.subject), ("Date", day)]
    rows = "".join(f"<div>{label}: {escape(value)}<br></div>" for label, value in head)
    return Shown(
        text="{}\n\n----- Original message -----\n{}\n\n{}\n".format(
            say.new, "\n".join(f"{label}: {value}" for label, value in head), say.old
        ),
        html=f"<!DOCTYPE html><html><body>{divs(say.new)}<div><br></div><div>----- Original message -----<br></div>{rows}"
        f"<div><br></div>{divs(say.old)}<div><br></div></body></html>",
        sent=day,
    )


def hubspot_forward(say: Language, who: Person, to: Person) -> Shown:
    """As Gmail's, but translated throughout."""
    line = f"---------- {say.yahoo_forward.strip('- ')} ---------"
    head = [(say.sender, who.text), (say.date, say.day_gmail), (say.title, say.subject), (say.to, to.address)]
    rows = "<br>".join(f"{label}: {escape(value)}" for label, value in head)
    return Shown(
        text="{}\n\n{}\n{}\n\n{}\n".format(
            say.new, line, "\n".join(f"{label}: {value}" for label, value in head), say.old
        ),
        html=f'<div>{divs(say.new)}</div><br><div class="hs_reply"><p>{line}<br>{rows}</p>{divs(say.old)}</div>',
        sent=say.day_gmail,
    )


PROGRAMS = (
    Program("gmail", gmail_reply, gmail_forward, forms=("text", "html", "both")),
    Program("apple-mail", apple_reply, apple_forward),
    Program("ios-mail", ios_reply, ios_forward),
    Program("outlook-classic", outlook_classic, outlook_classic, ("text", "html", "both"), outlook_prefixes=True),
    Program("outlook-web", outlook_web, outlook_web, ("text", "html", "both"), outlook_prefixes=True),
    Program("outlook-new", outlook_new, outlook_new, outlook_prefixes=True),
    Program("outlook-mobile", outlook_mobile, outlook_mobile, outlook_prefixes=True),
    Program("outlook-mac", outlook_mac, outlook_mac, outlook_prefixes=True),
    Program("thunderbird", thunderbird_reply, thunderbird_forward),
    Program("yahoo", yahoo_reply, yahoo_forward),
    Program("gmx", gmx, gmx),
    Program("samsung", samsung, samsung),
    Program("proton", proton_reply, proton_forward),
    Program("zoho", zoho_reply, zoho_forward),
    Program("fastmail", fastmail_reply, fastmail_forward),
    Program("hubspot", gmail_reply, hubspot_forward),
)
