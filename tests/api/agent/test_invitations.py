"""Inviting people: from the address to their first page in the desk."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2
import pytest

from kanal.kit.db import Database
from kanal.notifications.mailer import Mailer
from kanal.people import invitations, passwords
from kanal.people.actions import set_password
from tests.make import accounts, people, web
from tests.make.people import field, kind
from tests.make.site import Site

PASSWORD = "correct horse battery"


@pytest.fixture
async def chief(site: Site) -> AsyncIterator[httpx2.AsyncClient]:
    async with people.caller(site, "cia", "super_admin") as client:
        yield client


async def invite(chief: httpx2.AsyncClient, email: str = "nils@new.example", **more: Any) -> dict[str, Any]:
    answer = await chief.post("members", json={"email": email, **more})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def mails(site: Site, member: str) -> list[str]:
    async with site.db.transaction(site.account) as tx:
        return await tx.values("select kind from member_mails where member_id = %s", (UUID(member),))


async def choose_password(site: Site, link: str) -> dict[str, Any]:
    token = link.partition("#")[2]
    async with web.browser(site.app) as browser:
        answer = await browser.post(f"/api/v1/one-time-links/{token}", json={"password": PASSWORD})
        assert answer.status_code == 201, answer.text
        browser.headers["kanal-account"] = "a"
        return dict((await browser.get("/api/v1/me")).json())


async def test_invited_person_chooses_a_password_and_is_in(site: Site, chief: httpx2.AsyncClient) -> None:
    invited = await invite(chief, role="viewer", seat=False)
    assert (invited["name"], invited["joined_at"], invited["has_seat"]) == ("nils", None, False)
    assert invited["invited_at"]
    assert await mails(site, invited["id"]) == ["invitation"]
    me = await choose_password(site, invited["invitation_link"])
    assert (me["member_id"], me["role"], me["permissions"]) == (invited["id"], "viewer", ["read"])
    assert (await chief.get(f"members/{invited['id']}")).json()["joined_at"]


async def test_link_names_who_is_invited_and_for_what(site: Site, chief: httpx2.AsyncClient) -> None:
    link = (await invite(chief, name="Nils Ny"))["invitation_link"]
    page, _, token = link.partition("#")
    assert page == f"{web.PUBLIC_URL}/invitation"
    async with web.browser(site.app) as browser:
        state = (await browser.get(f"/api/v1/one-time-links/{token}")).json()
    assert state == {"purpose": "invitation", "email": "nils@new.example", "name": "Nils Ny"}


async def test_nobody_counts_as_having_a_seat_before_they_came(site: Site, chief: httpx2.AsyncClient) -> None:
    invited = await invite(chief)
    seats = "select count(*) from member_spans where what = 'seat' and to_at is null and member_id = %s"
    async with site.db.transaction(site.account) as tx:
        assert await tx.value(seats, (UUID(invited["id"]),)) == 0
    assert invited["availability"]["state"] == "away"
    await choose_password(site, invited["invitation_link"])
    async with site.db.transaction(site.account) as tx:
        assert await tx.value(seats, (UUID(invited["id"]),)) == 1
    shown = (await chief.get(f"members/{invited['id']}")).json()
    assert shown["availability"]["state"] == "available"


async def test_somebody_with_a_password_elsewhere_joins_at_once_and_is_mailed(
    site: Site, chief: httpx2.AsyncClient
) -> None:
    other = await accounts.account(site.db, "b")
    hashed = await passwords.make(PASSWORD)
    await accounts.member(site.db, other, "bo@b.example", password_hash=hashed, name="Bo Boss")
    invited = await invite(chief, "Bo@B.example", name="Somebody else")
    assert (invited["name"], invited["invitation_link"]) == ("Bo Boss", None)
    assert invited["joined_at"]
    assert await mails(site, invited["id"]) == ["invitation"]


async def test_link_to_pass_on_is_not_given_for_somebody_of_another_account(
    site: Site, chief: httpx2.AsyncClient, db: Database
) -> None:
    """Whoever holds it could be them there."""
    first = await invite(chief)
    other = await accounts.account(db, "b")
    boss = await accounts.member(db, other, "bo@b.example", "super_admin")
    async with web.program(site.app, await accounts.token(db, other, boss)) as theirs:
        answer = await theirs.post("/api/v1/members", json={"email": "nils@new.example"})
    assert answer.json()["invitation_link"] is None
    assert (await chief.post(f"members/{first['id']}/invitation")).json()["invitation_link"] is None
    token = first["invitation_link"].partition("#")[2]
    async with web.browser(site.app) as browser:
        assert (await browser.get(f"/api/v1/one-time-links/{token}")).status_code == 404


async def test_where_mail_can_be_sent_no_link_is_shown(db: Database, tmp_path: Path) -> None:
    site = await Site(db, tmp_path, KANAL_SMTP_OUT="smtp://127.0.0.1:1").open()
    async with people.caller(site, "cia", "super_admin") as chief:
        invited = await invite(chief)
    assert invited["invitation_link"] is None
    async with db.transaction(site.account) as tx:
        assert await invitations.link(tx, UUID(invited["id"]))


async def test_link_to_pass_on_outlives_the_mail_that_cannot_leave(site: Site, chief: httpx2.AsyncClient) -> None:
    invited = await invite(chief)
    assert await Mailer(site.db, site.storage, site.carriers.keyring, site.settings).run_once()
    assert (await choose_password(site, invited["invitation_link"]))["member_id"] == invited["id"]


async def test_invitation_sent_again_has_a_new_link_and_a_new_mail(site: Site, chief: httpx2.AsyncClient) -> None:
    invited = await invite(chief)
    again = (await chief.post(f"members/{invited['id']}/invitation")).json()
    assert again["invitation_link"] != invited["invitation_link"]
    assert await mails(site, invited["id"]) == ["invitation", "invitation"]
    old = invited["invitation_link"].partition("#")[2]
    async with web.browser(site.app) as browser:
        assert (await browser.get(f"/api/v1/one-time-links/{old}")).status_code == 404
    assert (await choose_password(site, again["invitation_link"]))["member_id"] == invited["id"]


async def test_withdrawn_invitation_leaves_nothing(site: Site, chief: httpx2.AsyncClient) -> None:
    invited = await invite(chief)
    assert (await chief.delete(f"members/{invited['id']}")).status_code == 204
    assert (await chief.get(f"members/{invited['id']}")).status_code == 404
    async with site.db.transaction(None) as tx:
        assert not await tx.value("select true from users where email = 'nils@new.example'")


async def test_user_of_another_account_stays_when_an_invitation_is_withdrawn(
    site: Site, chief: httpx2.AsyncClient, db: Database
) -> None:
    invited = await invite(chief)
    other = await accounts.account(db, "b")
    there = await accounts.member(db, other, "nils@new.example")
    async with db.transaction(other) as tx:
        await tx.run("update members set deactivated_at = created_at where id = %s", (there,))
    assert (await chief.delete(f"members/{invited['id']}")).status_code == 204
    async with db.transaction(None) as tx:
        assert await tx.value("select true from users where email = 'nils@new.example'")


async def test_who_has_come_is_neither_invited_again_nor_withdrawn(site: Site, chief: httpx2.AsyncClient) -> None:
    invited = await invite(chief)
    await choose_password(site, invited["invitation_link"])
    assert kind(await chief.post(f"members/{invited['id']}/invitation")) == "already-joined"
    assert kind(await chief.delete(f"members/{invited['id']}")) == "already-joined"


async def test_member_is_not_invited_twice(site: Site, chief: httpx2.AsyncClient) -> None:
    invited = await invite(chief)
    answer = await chief.post("members", json={"email": "NILS@new.example"})
    assert (answer.status_code, kind(answer)) == (409, "already-member")
    assert answer.json()["member_id"] == invited["id"]


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"email": "nobody"}, "email"),
        ({"role": "no_such_role"}, "role"),
        ({"team_ids": ["00000000-0000-7000-8000-000000000001"]}, "team_ids"),
        ({"name": "x" * 201}, "name"),
        ({"name": "\u202e"}, "name"),
        ({"colour": "red"}, "colour"),
    ],
)
async def test_wrong_invitation_is_refused_by_field(
    chief: httpx2.AsyncClient, wrong: dict[str, Any], named: str
) -> None:
    assert field(await chief.post("members", json={"email": "nils@new.example"} | wrong)) == named
    assert len((await chief.get("members")).json()["items"]) == 1


async def test_invited_into_teams_as_main_member(chief: httpx2.AsyncClient) -> None:
    team = (await chief.post("teams", json={"name": "Lamps"})).json()["id"]
    invited = await invite(chief, team_ids=[team, team])
    assert (await chief.get(f"members/{invited['id']}")).json()["teams"] == [{"id": team, "is_main": True}]


async def test_any_first_password_takes_up_every_invitation(
    site: Site, chief: httpx2.AsyncClient, db: Database
) -> None:
    """Whichever link it was chosen with."""
    invited = await invite(chief)
    async with db.transaction(None) as tx:
        user = await tx.value("select id from users where email = 'nils@new.example'")
        await set_password(tx, user, await passwords.make(PASSWORD))
    assert (await chief.get(f"members/{invited['id']}")).json()["joined_at"]
    async with db.transaction(site.account) as tx:
        assert await tx.value("select true from events where name = 'member.joined'")
