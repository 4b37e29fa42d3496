"""A worker process of its own, to be killed: `python -m tests.delivery.worker DATABASE_URL FOLDER SMTP_URL`."""

from __future__ import annotations

import asyncio
import sys

from kanal.delivery.dispatch import Dispatcher
from kanal.delivery.models import Carriers
from kanal.events import actions as events
from kanal.kit.db import Database
from kanal.kit.storage import Storage
from tests.make import channels


async def main(url: str, folder: str, smtp: str) -> None:
    db = Database(url, events.write)
    await db.open()
    kinds = {"email": channels.email_kind(default_out=smtp)}
    carriers = Carriers(kinds=kinds, keyring=channels.KEYRING, mail_domain=channels.MAIL_DOMAIN)
    await Dispatcher(db, carriers, Storage(folder)).run()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
