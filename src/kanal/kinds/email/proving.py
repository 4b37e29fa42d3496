"""Sending the mail of proof.py on its way, by whatever server there is. Called by kind.py."""

from __future__ import annotations

import aiosmtplib

from kanal.channelkit.contract import Channel
from kanal.channelkit.errors import ActionRequired, RetryLater, Undeliverable
from kanal.kinds.email import proof
from kanal.kinds.email.no_session import NoSession, words
from kanal.kinds.email.settings import EmailSettings
from kanal.kinds.email.submission import Server, session
from kanal.kinds.email.wire import on_the_wire


async def send(channel: Channel, settings: EmailSettings, server: Server, token: str, *, own: bool) -> None:
    """By the installation's server in the name of the desk, by the channel's `own` in the name of the mailbox, which is
    all that such servers allow. Raises one of channelkit.errors."""
    to = on_the_wire(settings.address)
    sender = to if own else f"no-reply@{channel.mail_domain}"
    mail = proof.write(settings.address, sender, token, channel.mail_domain)
    try:
        async with session(server, channel.mail_domain) as client:
            options = ["SMTPUTF8"] if not mail.isascii() else []
            await client.mail(sender, options=options)
            await client.rcpt(to, encoding="utf-8")
            await client.data(mail)
    except NoSession as failed:
        raise (RetryLater if failed.passing else ActionRequired)(failed.why) from failed
    except aiosmtplib.SMTPResponseException as refused:
        verdict = RetryLater if refused.code < 500 else Undeliverable
        raise verdict(f"the outgoing mail server did not take the verification mail: {words(refused)}") from refused
    except (aiosmtplib.SMTPException, OSError) as lost:
        raise RetryLater("the connection to the outgoing mail server broke") from lost
