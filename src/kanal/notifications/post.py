"""Hands one mail to the server that KANAL_SMTP_OUT names, and tells what its answer means."""

from __future__ import annotations

import asyncio
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

import aiosmtplib

from kanal.notifications.errors import Refused, TryLater

STEP = 30.0
"""Seconds that the server may take for one answer."""
WHOLE = 120.0


async def send(url: str, message: EmailMessage) -> None:
    """Returns when the server has taken it; raises TryLater or Refused."""
    parts = urlsplit(url)
    encrypted = parts.scheme == "smtps"
    try:
        async with asyncio.timeout(WHOLE):
            await aiosmtplib.send(
                message,
                hostname=parts.hostname,
                port=parts.port or (465 if encrypted else 587),
                username=unquote(parts.username) if parts.username else None,
                password=unquote(parts.password) if parts.password else None,
                use_tls=encrypted,
                timeout=STEP,
            )
    except aiosmtplib.SMTPRecipientsRefused as error:
        raise _meaning(error.recipients[0].code, "the recipient") from None
    except aiosmtplib.SMTPAuthenticationError as error:
        raise TryLater(f"the mail server does not know our user name and password: {error.code}") from None
    except (aiosmtplib.SMTPSenderRefused, aiosmtplib.SMTPDataError) as error:
        raise _meaning(error.code, "the mail") from None
    except (OSError, TimeoutError, aiosmtplib.SMTPException) as error:
        raise TryLater(f"the mail server cannot be reached or does not answer: {type(error).__name__}") from None


def _meaning(code: int, what: str) -> TryLater | Refused:
    """The server's own words may quote the address, so only its code is kept."""
    why = f"the mail server refused {what}: {code}"
    return Refused(why) if 500 <= code < 600 else TryLater(why)
