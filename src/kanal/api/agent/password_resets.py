"""/password-resets: ask for a link by mail. The answer is the same whether or not anybody has that address."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import Request, Response, post
from litestar.background_tasks import BackgroundTask

from kanal.api.http import client
from kanal.api.http.given import Config, Db, JSONBody
from kanal.kit.db import Database
from kanal.kit.settings import Settings
from kanal.people import limits, links, mail, queries
from kanal.people.errors import EmailInvalid
from kanal.people.rules import email_key


class ResetWanted(msgspec.Struct, forbid_unknown_fields=True):
    email: Annotated[str, msgspec.Meta(max_length=320)]


class Nothing(msgspec.Struct):
    pass


@post("/password-resets", exclude_from_auth=True)
async def ask_for_reset(
    request: Request[Any, Any, Any], data: JSONBody[ResetWanted], db: Db, settings: Config
) -> Response[Nothing]:
    """Have a link sent with which a new password can be set."""
    ip = client.address(request, settings.trusted_proxies)
    await limits.count(db, limits.RESET_OF_CLIENT, limits.client(ip))
    return Response(Nothing(), status_code=202, background=BackgroundTask(_send_link, db, settings, data.email))


async def _send_link(db: Database, settings: Settings, email: str) -> None:
    try:
        key = email_key(email)
        await limits.count(db, limits.RESET_OF_ADDRESS, key)
    except (EmailInvalid, limits.RateLimited):
        return
    async with db.transaction(None) as tx:
        user = await queries.user_by_email(tx, key)
        if user is None or user.deactivated_at is not None:
            return
        token = await links.create(tx, user.id, "password_reset")
    link = links.address(settings.public_url, "password_reset", token)
    await mail.send_reset(settings, user.email, user.locale, link)
