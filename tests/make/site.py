"""The whole application as the server puts it together, one account in it, and people who call its API."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2
from litestar import Litestar

from kanal.api.visitor import door
from kanal.delivery.models import Carriers
from kanal.forms.submissions.counting import Counter
from kanal.intake.models import Fate
from kanal.kit.crypto import Keyring
from kanal.kit.db import Database
from kanal.kit.storage import Storage
from kanal.people.models import Role
from kanal.realtime.hub import Hub
from kanal.server.handlers import DOORS, HANDLERS, WS_HANDLERS
from kanal.server.installed import installed
from tests.make import accounts, channels, web
from tests.make.said import hear


class Site:
    def __init__(self, db: Database, folder: Path, **env: str) -> None:
        self.db = db
        self.settings = web.settings(folder, KANAL_MAIL_DOMAIN=channels.MAIL_DOMAIN, **env)
        self.hub = Hub(db)
        kinds = installed(self.settings)
        keyring = Keyring(self.settings.secret_keys)
        self.storage = Storage(str(folder / "files"))
        self.carriers = Carriers(kinds=kinds, keyring=keyring, mail_domain=self.settings.mail_domain)
        self.counter = Counter(db)
        visitors = {"door": door.make(db, self.storage, keyring, self.settings), "counter": self.counter}
        given = {**visitors, "kinds": kinds, "storage": self.storage, "hub": self.hub, "carriers": self.carriers}
        self.app: Litestar = web.app(
            db, self.settings, [*HANDLERS, *WS_HANDLERS], keyring=keyring, doors=DOORS, **given
        )
        self.account = 0
        self.channel: UUID
        self.members: dict[str, UUID] = {}

    async def open(self, slug: str = "a") -> Site:
        """Make the account with its mailbox."""
        self.account = await accounts.account(self.db, slug)
        self.channel = await channels.email_channel(self.db, self.account, f"support@{slug}.example")
        return self

    async def member(self, name: str = "ann", role: Role = "agent", *, has_seat: bool = True) -> UUID:
        email = f"{name}@{self.account}.example"
        full_name = f"{name} {role}".replace("_", " ").title()
        known = await accounts.member(self.db, self.account, email, role, has_seat, name=full_name)
        self.members[name] = known
        return known

    async def token(self, member: UUID) -> str:
        return await accounts.token(self.db, self.account, member)

    async def program(self, name: str = "ann", role: Role = "agent", *, has_seat: bool = True) -> httpx2.AsyncClient:
        """A program with a token of a member, who is made when unknown."""
        member = self.members.get(name) or await self.member(name, role, has_seat=has_seat)
        return web.program(self.app, await self.token(member))

    async def hear(self, *things: Any, **how: Any) -> list[Fate]:
        return await hear(self.db, self.account, self.channel, *things, **how)
