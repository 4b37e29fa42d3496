"""/member-mails: the mails to members that wait or did not leave, for those who manage members; never their words."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from litestar import get, post
from litestar.params import QueryParameter

from kanal.api.http.given import Db, FromPath, Limit
from kanal.api.http.signin import DeskRequest, require
from kanal.notifications import actions, queries
from kanal.notifications.queries import MailState, MemberMail
from kanal.views.models import Page


@get("/member-mails", guards=[require("manage_members")])
async def list_member_mails(
    request: DeskRequest,
    db: Db,
    fate: Annotated[MailState, QueryParameter(name="state")] = "failed",
    limit: Limit = 50,
) -> Page[MemberMail]:
    """The newest in this state."""
    async with db.transaction(request.user.account) as tx:
        return Page(items=await queries.mails(tx, fate, limit), next=None)


@post("/member-mails/{mail_id:uuid}/retry", guards=[require("manage_members")], status_code=204)
async def retry_member_mail(request: DeskRequest, mail_id: FromPath[UUID], db: Db) -> None:
    """Try one that failed once more."""
    async with db.transaction(request.user.account) as tx:
        await actions.send_again(tx, mail_id, request.user.member)
