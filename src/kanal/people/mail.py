"""The mails that Kanal itself writes to its users. They leave by KANAL_SMTP_OUT at once; customers' mail goes by
`delivery`."""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import make_msgid
from urllib.parse import unquote, urlsplit

import aiosmtplib
import structlog

from kanal.kit import clock
from kanal.kit.settings import Settings

TIMEOUT = 30.0
RESET = {
    "en": (
        "Set a new password",
        "Somebody, hopefully you, asked to set a new password for Kanal.\n\n{link}\n\n"
        "The link works once, within an hour. If it was not you, do nothing: your password stays as it is.\n",
    ),
    "sv": (
        "Välj ett nytt lösenord",
        "Någon, förhoppningsvis du, vill välja ett nytt lösenord för Kanal.\n\n{link}\n\n"
        "Länken fungerar en gång, inom en timme. Var det inte du behöver du inte göra något: ditt lösenord "
        "är oförändrat.\n",
    ),
}
CODE = {
    "en": (
        "{code} is your code",
        "{name}, {code} is the code with which you show that this address is yours.\n\n"
        "It works for 15 minutes. If you did not ask for it, do nothing.\n",
    ),
    "sv": (
        "{code} är din kod",
        "{name}, {code} är koden som visar att den här adressen är din.\n\n"
        "Den gäller i 15 minuter. Har du inte bett om den behöver du inte göra något.\n",
    ),
}
log = structlog.get_logger("kanal.people")


async def send_reset(settings: Settings, to: str, locale: str, link: str) -> None:
    subject, text = RESET.get(locale, RESET["en"])
    await _send(settings, to, subject, text.format(link=link))


class CodeNotMailed(Exception):
    """Nothing left; the message is what to do."""


async def send_code(settings: Settings, to: str, locale: str, name: str, code: str) -> None:
    """Returns when the mail server has taken it. Raises CodeNotMailed."""
    if settings.smtp_out is None:
        raise CodeNotMailed("Kanal cannot send mail yet: whoever runs it sets KANAL_SMTP_OUT.")
    subject, text = CODE.get(locale, CODE["en"])
    message = _written(settings, to, subject.format(code=code), text.format(name=name, code=code))
    try:
        await _hand_over(settings.smtp_out, message)
    except aiosmtplib.SMTPRecipientsRefused as error:
        raise CodeNotMailed("The mail server does not take this address; look whether it is typed right.") from error
    except (OSError, aiosmtplib.SMTPException) as error:
        log.error("mail not sent", reason=type(error).__name__)
        raise CodeNotMailed("The mail could not be sent now; try again in a few minutes.") from error


async def _send(settings: Settings, to: str, subject: str, text: str) -> None:
    if settings.smtp_out is None:
        log.warning("mail not sent", reason="KANAL_SMTP_OUT is not set; `kanal user reset-password` prints a link")
        return
    try:
        await _hand_over(settings.smtp_out, _written(settings, to, subject, text))
    except (OSError, aiosmtplib.SMTPException) as error:
        # The server's words may quote the address.
        log.error("mail not sent", reason=type(error).__name__)


def _written(settings: Settings, to: str, subject: str, text: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = f"Kanal <no-reply@{settings.mail_domain}>"
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = clock.now()
    message["Message-ID"] = make_msgid(domain=settings.mail_domain)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    return message


async def _hand_over(url: str, message: EmailMessage) -> None:
    parts = urlsplit(url)
    encrypted = parts.scheme == "smtps"
    await aiosmtplib.send(
        message,
        hostname=parts.hostname,
        port=parts.port or (465 if encrypted else 587),
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        use_tls=encrypted,
        timeout=TIMEOUT,
    )
