"""What everybody may do for themselves, and some for others too."""

from __future__ import annotations

from litestar.handlers import BaseRouteHandler

from kanal.api.http.signin import Caller, Connection, Require
from kanal.people.models import Permission


def writes(caller: Caller) -> bool:
    """Whether they may change what is their own: a token that only reads may not."""
    return caller.how == "session" or "write" in caller.scopes


class OwnOr(Require):
    """A guard: the path names the caller, or they have the permission."""

    async def __call__(self, connection: Connection, handler: BaseRouteHandler) -> None:
        caller = connection.scope.get("user")
        if isinstance(caller, Caller) and str(connection.path_params.get("member_id")) == str(caller.member_id):
            await Require("read")(connection, handler)
            if writes(caller):
                return
        await super().__call__(connection, handler)


def own_or(permission: Permission) -> OwnOr:
    return OwnOr(permission)
