"""Handing a mail to the server that sends it on, and saying exactly how far that came: not taken, taken, or unknown.
Called by kind.py; the bytes come from compose.py, the connection from submission.py."""

from __future__ import annotations

import re
from collections.abc import Callable

import aiosmtplib

from kanal.channelkit.contract import Channel, HandedOver
from kanal.channelkit.errors import ActionRequired, ChannelError, RetryLater, SignInRefused, Undeliverable, Unknown
from kanal.channelkit.messages import Outbound, Sent
from kanal.kinds.email.compose import compose
from kanal.kinds.email.no_session import NoSession, one_line, words
from kanal.kinds.email.reports import RETURN_PATH
from kanal.kinds.email.settings import EmailSettings, tagged
from kanal.kinds.email.submission import Server, session
from kanal.kinds.email.wire import on_the_wire

LAST_ANSWER = 300.0
"""Seconds that a server may take to accept a whole mail."""
NEEDS_SMTPUTF8 = "the outgoing mail server cannot send to addresses with letters outside ASCII"


async def send(
    out: Outbound,
    channel: Channel,
    settings: EmailSettings,
    server: Server,
    handed_over: HandedOver,
    taken: Callable[[bytes], None] = lambda mail: None,
) -> Sent:
    """`taken` is told the mail as it left, once the server took it."""
    addresses, refused = _recipients(out)
    if not addresses:
        raise Undeliverable(_list(refused) or "the message has no recipient")
    try:
        async with session(server, channel.mail_domain) as client:
            return await _hand_over(client, out, channel, settings, server, addresses, refused, handed_over, taken)
    except NoSession as failed:
        raise _for_the_desk(failed, settings)(failed.why) from failed
    except (aiosmtplib.SMTPServerDisconnected, aiosmtplib.SMTPTimeoutError, OSError) as lost:
        raise RetryLater("the connection to the outgoing mail server broke") from lost


def _for_the_desk(failed: NoSession, settings: EmailSettings) -> type[ChannelError]:
    if failed.passing:
        return RetryLater
    # What the installation's own server refuses is nothing that one could mend at the channel.
    return SignInRefused if failed.refused and settings.smtp is not None else ActionRequired


async def try_out(address: str, server: Server, our_name: str) -> str:
    """Everything short of a mail from this address; returns what the server said. Raises NoSession."""
    try:
        async with session(server, our_name) as client:
            if not address:
                said = await client.noop()
                return one_line(f"{said.code} {said.message}")
            said = await client.mail(on_the_wire(address))
            await client.rset()
            return one_line(f"{said.code} {said.message}")
    except aiosmtplib.SMTPResponseException as refused:
        raise NoSession("address", f"The server refused this sender: {words(refused)}") from refused
    except (aiosmtplib.SMTPException, OSError) as lost:
        raise NoSession("smtp.host", "The connection broke.", passing=True) from lost


def _recipients(out: Outbound) -> tuple[list[str], dict[str, str]]:
    written = dict.fromkeys(p.handle.address for p in (*out.to, *out.cc, *out.bcc))
    wire = {address: on_the_wire(address) for address in written}
    refused = {address: "that is not an email address" for address, on_wire in wire.items() if not on_wire}
    return list(dict.fromkeys(w for w in wire.values() if w)), refused


async def _hand_over(
    client: aiosmtplib.SMTP,
    out: Outbound,
    channel: Channel,
    settings: EmailSettings,
    server: Server,
    addresses: list[str],
    refused: dict[str, str],
    handed_over: HandedOver,
    taken: Callable[[bytes], None],
) -> Sent:
    utf8 = client.supports_extension("smtputf8")
    reachable = [a for a in addresses if utf8 or a.isascii()]
    refused |= {a: NEEDS_SMTPUTF8 for a in addresses if a not in reachable}
    if not reachable:
        raise Undeliverable(_list(refused))
    own, ours = on_the_wire(settings.address), _answers_reach_us(channel, settings, server)
    mail = compose(out, channel, settings, utf8=utf8, reply_to=ours)
    needs_utf8 = not mail.isascii() or not all(a.isascii() for a in reachable)
    await _sender(client, _return_path(out, settings, own, ours), own, len(mail), needs_utf8)
    refused |= await _accepted_recipients(client, reachable)
    said = await _data(client, mail, handed_over)
    taken(mail)
    return Sent(external_id=out.external_id, said=said, refused=refused)


def _answers_reach_us(channel: Channel, settings: EmailSettings, server: Server) -> bool:
    """Whether mail to our own domain does. A mailbox that we read gets its answers itself: nobody has to have set up a
    domain of ours for it. While the domain is this machine's own, only mail that stays on the machine reaches it."""
    if settings.method == "imap":
        return False
    domain = channel.mail_domain
    return server.is_here or not (domain == "localhost" or domain.endswith(".localhost"))


def _return_path(out: Outbound, settings: EmailSettings, own: str, ours: bool) -> str:
    """Where bounces go. Automatic mail has none, so that two machines never talk to each other for ever."""
    if out.automatic:
        return ""
    if not ours or not out.bounce_token:
        return own
    return tagged(settings.forwarding_address, RETURN_PATH + out.bounce_token)


async def _sender(client: aiosmtplib.SMTP, return_path: str, own: str, size: int, utf8: bool) -> None:
    options = [f"SIZE={size}"] if client.supports_extension("size") else []
    options += ["BODY=8BITMIME", "SMTPUTF8"] if utf8 else []
    try:
        await client.mail(return_path, options=options)
    except aiosmtplib.SMTPSenderRefused as refused:
        if refused.code == 552:
            raise Undeliverable(f"the mail is too large for the outgoing mail server: {words(refused)}") from refused
        if refused.code < 500:
            raise RetryLater(f"the outgoing mail server said: {words(refused)}") from refused
        if return_path == own or refused.code == 530:
            raise ActionRequired(f"the outgoing mail server refused {own} as sender: {words(refused)}") from refused
        # Many servers let one send only as the address that one signed in with: bounces then go to the mailbox.
        await client.rset()
        await _sender(client, own, own, size, utf8)


async def _accepted_recipients(client: aiosmtplib.SMTP, addresses: list[str]) -> dict[str, str]:
    """Those that the server would not take; raises when it took none."""
    refused: dict[str, aiosmtplib.SMTPRecipientRefused] = {}
    for address in addresses:
        try:
            await client.rcpt(address, encoding="utf-8")
        except aiosmtplib.SMTPRecipientRefused as no:
            refused[address] = no
    said = {address: words(no) for address, no in refused.items()}
    if len(refused) == len(addresses):
        if any(no.code == 530 for no in refused.values()):
            raise ActionRequired(f"the outgoing mail server wants a sign-in: {_list(said)}")
        raise (RetryLater if any(no.code < 500 for no in refused.values()) else Undeliverable)(_list(said))
    return said


async def _data(client: aiosmtplib.SMTP, mail: bytes, handed_over: HandedOver) -> str:
    """The mail without its final dot, then our own note that it is under way, then the dot."""
    go = await client.execute_command(b"DATA")
    if go.code != 354:
        raise _verdict(go.code)(f"the outgoing mail server said: {one_line(f'{go.code} {go.message}')}")
    assert client.protocol is not None
    client.protocol.write(_stuffed(mail))
    await handed_over()
    if not client.is_connected:
        raise RetryLater("the connection to the outgoing mail server broke before the end of the mail")
    try:
        said = await client.execute_command(b".", timeout=LAST_ANSWER)
    except (aiosmtplib.SMTPServerDisconnected, aiosmtplib.SMTPTimeoutError, OSError) as lost:
        raise Unknown("the connection broke before the outgoing mail server said whether it took the mail") from lost
    if said.code != 250:
        raise _verdict(said.code)(f"the outgoing mail server said: {one_line(f'{said.code} {said.message}')}")
    return one_line(f"{said.code} {said.message}")


def _verdict(code: int) -> Callable[[str], Exception]:
    return RetryLater if code < 500 else Undeliverable


def _stuffed(mail: bytes) -> bytes:
    ended = mail if mail.endswith(b"\r\n") else mail + b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", ended)


def _list(refused: dict[str, str]) -> str:
    return "; ".join(f"{address}: {why}" for address, why in refused.items())
