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
log = structlog.get_logger("kanal.people")


async def send_reset(settings: Settings, to: str, locale: str, link: str) -> None:
    subject, text = RESET.get(locale, RESET["en"])
    await _send(settings, to, subject, text.format(link=link))


async def _send(settings: Settings, to: str, subject: str, text: str) -> None:
    if settings.smtp_out is None:
        log.warning("mail not sent", reason="KANAL_SMTP_OUT is not set; `kanal user reset-password` prints a link")
        return
    message = EmailMessage()
    message["From"] = f"Kanal <no-reply@{settings.mail_domain}>"
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = clock.now()
    message["Message-ID"] = make_msgid(domain=settings.mail_domain)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    try:
        await _hand_over(settings.smtp_out, message)
    except (OSError, aiosmtplib.SMTPException) as error:
        # The server's words may quote the address.
        log.error("mail not sent", reason=type(error).__name__)


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
