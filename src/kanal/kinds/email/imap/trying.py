"""Trying out the settings of a mailbox before anything is connected: everything that reading it needs, once."""

from __future__ import annotations

from kanal.channelkit.ledger import Folder
from kanal.kinds.email.imap import folders, quota, words
from kanal.kinds.email.imap.errors import Broken, Refused
from kanal.kinds.email.imap.session import session
from kanal.kinds.email.settings import Imap


async def try_out(imap: Imap) -> tuple[str, list[Folder]]:
    """What the server answered, and its folders for a person to choose from. Raises NoMailbox."""
    try:
        async with session(imap) as opened:
            found = await folders.all_of(opened, counted=True)
            for name in [*imap.folders, *([imap.sent_folder] if imap.sent_folder else [])]:
                await folders.examine(opened, name)
            if full := await quota.complaint(opened):
                raise full
            waits = "new mail is told at once" if opened.can("IDLE") else "new mail is asked for every 15 seconds"
            return f"Signed in; {len(found)} folders; {waits}.", found
    except Refused as refused:
        raise words.not_now(imap, refused.text) from refused
    except Broken as broken:
        raise words.broken_off(imap, broken) from broken
