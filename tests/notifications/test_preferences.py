"""How a member hears of each kind of news: in the app, on the desktop, by mail."""

from __future__ import annotations

from typing import Any

import pytest

from kanal.events import queries
from kanal.notifications import rules
from kanal.notifications.models import KINDS, Wish
from kanal.views import notices
from tests.make.noticing import Desk


async def told(desk: Desk) -> list[dict[str, Any]]:
    async with desk.db.transaction(desk.account) as tx:
        return [event.data for event in await queries.after(tx, 0, 100) if event.name == "notice.created"]


async def test_who_chose_nothing_hears_in_the_app_and_on_the_desktop(desk: Desk) -> None:
    await desk.assign(desk.bo, desk.ann)
    await desk.consume()
    assert [(each["kind"], each["desktop"]) for each in await told(desk)] == [("assigned", True)]
    assert await desk.mails() == []


async def test_without_the_app_there_is_no_notice_and_no_pop_up(desk: Desk) -> None:
    await desk.wish(desk.bo, "assigned", app=False, mail=True)
    await desk.assign(desk.bo, desk.ann)
    assert await desk.kinds(desk.bo) == []
    assert await told(desk) == []
    assert await desk.mails() == ["assigned"]


async def test_without_the_desktop_the_notice_is_silent(desk: Desk) -> None:
    await desk.wish(desk.bo, "assigned", desktop=False, mail=False)
    await desk.assign(desk.bo, desk.ann)
    assert await desk.kinds(desk.bo) == ["assigned"]
    assert [each["desktop"] for each in await told(desk)] == [False]


async def test_many_at_once_pop_up_a_few_times(desk: Desk) -> None:
    for _ in range(5):
        await desk.assign(desk.bo, desk.ann)
        await desk.assign(desk.ann, desk.ann)
    await desk.consume()
    assert [each["desktop"] for each in await told(desk)] == [True, True, True, False, False]


async def test_events_that_are_read_twice_promise_one_mail(desk: Desk) -> None:
    await desk.wish(desk.bo, "assigned", mail=True)
    await desk.assign(desk.bo, desk.ann)
    await desk.consume()
    async with desk.db.transaction(desk.account) as tx:
        await tx.run("update consumers set seq = 0 where name = 'notifications'")
        await tx.run("delete from notices")
    await desk.consume()
    assert await desk.mails() == ["assigned"]


async def test_a_choice_leaves_the_other_kinds_as_they_are(desk: Desk) -> None:
    await desk.wish(desk.bo, "returned", mail=True)
    await desk.wish(desk.bo, "assigned", desktop=False, mail=True)
    [row] = await desk.rows("select preferences from members where id = %s", (desk.bo,))
    chosen = rules.wishes(row["preferences"]["notices"])
    assert (chosen["returned"].mail, chosen["assigned"].mail, chosen["assigned"].desktop) == (True, True, False)
    assert chosen["reply_failed"] == rules.DEFAULTS["reply_failed"]


@pytest.mark.parametrize("stored", [None, [], "x", {"assigned": 3}, {"assigned": {"app": "yes"}}, {"unknown": {}}])
def test_what_cannot_be_read_is_as_if_nothing_had_been_chosen(stored: object) -> None:
    assert rules.wishes(stored) == rules.DEFAULTS


def test_every_kind_has_a_default() -> None:
    assert set(rules.DEFAULTS) == set(KINDS)
    assert [kind for kind in KINDS if rules.DEFAULTS[kind].mail] == [
        "mentioned",
        "contact_owner",
        "channel_attention",
    ]
    assert all(isinstance(wish, Wish) and wish.app for wish in rules.DEFAULTS.values())


async def test_the_list_tells_why_routing_did_it(desk: Desk) -> None:
    given = {"assignee_id": str(desk.bo), "from_assignee_id": None, "cause": "queue", "why": "chosen"}
    await desk.emit("ticket.assigned", **given)
    await desk.consume()
    async with desk.db.transaction(desk.account) as tx:
        [notice] = (await notices.page(tx, desk.bo)).items
    assert notice.why == "chosen"
