"""/member-mails and /me/notice-preferences."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kanal.kit import clock
from kanal.kit.db import Database
from kanal.kit.ids import new_id
from tests.make.people import caller
from tests.make.site import Site


@pytest.fixture
async def site(db: Database, tmp_path: Path) -> Site:
    site = await Site(db, tmp_path).open()
    await site.member("ann")
    return site


async def mail(site: Site, state: str, **more: Any) -> str:
    row = {"id": new_id(), "member_id": site.members["ann"], "kind": "invitation", "state": state, "once": state}
    async with site.db.transaction(site.account) as tx:
        await tx.insert("member_mails", [row | {"tries": 3, "reason": "x", "created_at": clock.now()} | more])
    return str(row["id"])


async def test_failed_mails_are_listed_and_tried_again(site: Site) -> None:
    failed = await mail(site, "failed")
    await mail(site, "sent")
    async with caller(site, "chief", "super_admin") as chief:
        [shown] = (await chief.get("member-mails")).json()["items"]
        assert (shown["id"], shown["member_name"], shown["reason"]) == (failed, "Ann Agent", "x")
        assert (await chief.post(f"member-mails/{failed}/retry")).status_code == 204
        assert (await chief.get("member-mails")).json()["items"] == []
        [waiting] = (await chief.get("member-mails", params={"state": "waiting"})).json()["items"]
        assert (waiting["id"], waiting["tries"]) == (failed, 0)
    async with site.db.transaction(site.account) as tx:
        [told] = await tx.values("select data from events where name = 'member_mail.retried'")
    assert told == {"member_mail_id": failed, "member_id": str(site.members["ann"])}


async def test_what_has_not_failed_is_not_tried_again(site: Site) -> None:
    sent = await mail(site, "sent")
    async with caller(site, "chief", "super_admin") as chief:
        assert (await chief.post(f"member-mails/{sent}/retry")).status_code == 404


async def test_everybody_chooses_for_themselves(site: Site) -> None:
    wanted = {"app": True, "desktop": False, "mail": True}
    async with caller(site, "ann") as ann:
        before = (await ann.get("me/notice-preferences")).json()
        assert before["contact_owner"] == {"app": True, "desktop": False, "mail": True, "digest": False}
        after = await ann.put("me/notice-preferences", json={"assigned": wanted})
        assert after.json() == before | {"assigned": wanted | {"digest": False}}
        assert (await ann.get("me/notice-preferences")).json() == after.json()
    async with caller(site, "bo") as bo:
        assert (await bo.get("me/notice-preferences")).json() == before


@pytest.mark.parametrize("body", [{"nothing": {}}, {"assigned": {"app": True}}, {"assigned": {"app": 1}}, []])
async def test_a_choice_that_cannot_be_read_is_refused(site: Site, body: object) -> None:
    async with caller(site, "ann") as ann:
        assert (await ann.put("me/notice-preferences", json=body)).status_code == 422
