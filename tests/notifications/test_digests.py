"""Digests: what is unread, in one mail, at the member's own time; quiet hours; answers to mails about one ticket."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from kanal.events import actions as events
from kanal.events.models import Event
from kanal.intake.models import Fate
from kanal.kit.mail import split_plus
from kanal.notifications import actions
from kanal.notifications.digester import digester
from kanal.notifications.errors import InvalidWish
from kanal.notifications.models import NoticeTimes, QuietHours, Wish
from kanal.notifications.times import next_digest, quiet_until
from kanal.tickets import actions as tickets
from kanal.tickets.models import NewTicket
from tests.make.inboxes import office
from tests.make.mailing import Mailing, mailing
from tests.make.noticing import Desk
from tests.make.said import hear, said

DIGEST = Wish(app=True, desktop=False, mail=True, digest=True)
NIGHT = QuietHours(since="22:00", until="07:00")
AT_ONCE = Wish(app=True, desktop=True, mail=True)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("times", "zone", "now", "due"),
    [
        (NoticeTimes(every="day", at="08:00"), "UTC", "2026-06-01T07:59", "2026-06-01T08:00"),
        (NoticeTimes(every="day", at="08:00"), "UTC", "2026-06-01T08:00", "2026-06-02T08:00"),
        (NoticeTimes(every="day", at="08:00"), "Europe/Stockholm", "2026-06-01T07:00", "2026-06-02T06:00"),
        (NoticeTimes(every="day", at="08:00"), "Europe/Stockholm", "2026-10-24T07:00", "2026-10-25T07:00"),
        (NoticeTimes(every="hour"), "UTC", "2026-06-01T10:20", "2026-06-01T11:00"),
        (
            NoticeTimes(every="hour", quiet=QuietHours(since="22:00", until="07:00")),
            "UTC",
            "2026-06-01T21:30",
            "2026-06-02T07:00",
        ),
        (NoticeTimes(every="day"), "No/Where", "2026-06-01T07:59", "2026-06-01T08:00"),
    ],
)
def test_a_digest_comes_at_the_members_own_time(times: NoticeTimes, zone: str, now: str, due: str) -> None:
    assert next_digest(times, zone, at(now)) == at(due)


def test_quiet_hours_go_over_midnight_and_end() -> None:
    times = NoticeTimes(quiet=QuietHours(since="22:00", until="07:00"))
    assert quiet_until(times, "UTC", at("2026-06-01T23:00")) == at("2026-06-02T07:00")
    assert quiet_until(times, "UTC", at("2026-06-02T06:59")) == at("2026-06-02T07:00")
    assert quiet_until(times, "UTC", at("2026-06-02T07:00")) is None
    assert quiet_until(NoticeTimes(), "UTC", at("2026-06-02T03:00")) is None


@pytest.fixture
async def mails(desk: Desk, tmp_path: Path) -> AsyncIterator[Mailing]:
    async with mailing(desk, tmp_path) as mails:
        yield mails


async def _choose(desk: Desk, **wishes: Wish) -> None:
    async with desk.db.transaction(desk.account) as tx:
        await actions.choose(tx, desk.bo, wishes)  # type: ignore[arg-type]


async def _digest(mails: Mailing) -> list[EmailMessage]:
    """The digest's time has come."""
    async with mails.desk.db.transaction(mails.desk.account) as tx:
        await tx.run("update digests set due_at = '2020-01-01Z'")
    await digester(mails.desk.db).run_once()
    return await mails.send()


def _text(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


async def test_a_digest_lists_what_is_unread_once(mails: Mailing) -> None:
    desk = mails.desk
    await _choose(desk, assigned=DIGEST, customer_answered=DIGEST)
    await desk.assign(desk.bo, desk.ann)
    for n in range(2):
        await hear(desk.db, desk.account, desk.channel, said(f"And {n}?", in_reply_to="a@k.example"))
    await desk.consume()
    assert await desk.mails() == []
    [mail] = await _digest(mails)
    assert mail["Subject"] == "A: 3 unread"
    assert "#1 Lamp\n- The customer answered (2 times)\n- Yours now\n" in _text(mail)
    assert "/a/a/tickets/1" in _text(mail)
    assert mail["Reply-To"] is None
    assert len(await _digest(mails)) == 1, "what was told is not told again"


async def test_what_was_read_meanwhile_is_left_out_and_none_is_sent_empty(mails: Mailing) -> None:
    desk = mails.desk
    await _choose(desk, assigned=DIGEST)
    await desk.assign(desk.bo, desk.ann)
    await desk.consume()
    async with desk.db.transaction(desk.account) as tx:
        await tx.run("update digests set due_at = '2020-01-01Z'")
    await digester(desk.db).run_once()
    assert await desk.mails() == ["digest"]
    async with desk.db.transaction(desk.account) as tx:
        await actions.mark_read_about(tx, desk.bo, ticket=desk.ticket)
    assert await mails.send() == []
    assert (await mails.row())["state"] == "dropped"
    assert await _digest(mails) == []
    assert await desk.mails() == ["digest"]


async def test_a_mail_server_that_was_away_gets_the_same_digest_later(mails: Mailing) -> None:
    desk = mails.desk
    await _choose(desk, assigned=DIGEST)
    await desk.assign(desk.bo, desk.ann)
    await desk.consume()
    taken = mails.server.to_data
    mails.server.to_data = "451 later"
    assert await _digest(mails) == []
    mails.server.to_data = taken
    await mails.make_due()
    [mail] = await mails.send()
    assert "#1 Lamp" in _text(mail)


async def test_the_next_digest_is_promised_when_one_was_and_none_to_who_wants_none(desk: Desk) -> None:
    await _choose(desk, assigned=DIGEST)
    [before] = await desk.rows("select due_at from digests")
    async with desk.db.transaction(desk.account) as tx:
        await tx.run("update digests set due_at = '2020-01-01Z'")
    await digester(desk.db).run_once()
    assert [row["due_at"] for row in await desk.rows("select due_at from digests")] == [before["due_at"]]
    await _choose(desk, assigned=AT_ONCE)
    assert await desk.rows("select due_at from digests") == []


async def test_a_digest_takes_the_app(desk: Desk) -> None:
    with pytest.raises(InvalidWish) as refused:
        await _choose(desk, assigned=Wish(app=False, desktop=False, mail=True, digest=True))
    assert refused.value.field == "assigned.digest"


async def test_in_quiet_hours_nothing_pops_up_and_mails_wait(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kanal.kit.clock.now", lambda: at("2026-06-01T23:00"))
    await _choose(desk, assigned=AT_ONCE)
    async with desk.db.transaction(desk.account) as tx:
        await actions.choose_times(tx, desk.bo, NoticeTimes(quiet=QuietHours(since="22:00", until="07:00")))
    await desk.assign(desk.bo, desk.ann)
    await desk.consume()
    [event] = await desk.rows("select data from events where name = 'notice.created'")
    assert event["data"]["desktop"] is False
    [mail] = await desk.rows("select next_try_at from member_mails")
    assert mail["next_try_at"] == at("2026-06-02T07:00")


async def _counts(desk: Desk) -> dict[str, Any]:
    [row] = await desk.rows(
        "select (select count(*) from comments) as comments, (select count(*) from contacts) as contacts, "
        "(select count(*) from messages) as messages, (select count(*) from deliveries) as deliveries"
    )
    return row


async def _answer(desk: Desk, mail: EmailMessage, sender: str = "bo@example.com", **more: Any) -> Fate:
    _, tag = split_plus(str(mail["Reply-To"]))
    [fate] = await hear(desk.db, desk.account, desk.channel, said("I take it", sender, token=tag, **more))
    return fate


@pytest.mark.parametrize("kind", ["assigned", "customer_answered", "mentioned", "followed_activity", "snooze_over"])
async def test_answering_any_mail_about_a_ticket_adds_a_comment_and_writes_to_nobody(mails: Mailing, kind: Any) -> None:
    """Also where the customer is in copy, or the answer is addressed to them."""
    desk = mails.desk
    await _choose(desk, **{kind: AT_ONCE})
    await mails.promise(desk.bo, kind)
    [mail] = await mails.send()
    assert "Answer this mail to leave an internal comment" in _text(mail)
    fate = await _answer(desk, mail, cc=("eva@kund.example",), trust="pass")
    assert (fate.state, fate.ticket_id) == ("comment", desk.ticket)
    assert await _counts(desk) == {"comments": 1, "contacts": 1, "messages": 1, "deliveries": 0}


async def test_a_stolen_token_says_nothing_to_anybody(mails: Mailing) -> None:
    desk = mails.desk
    await _choose(desk, assigned=AT_ONCE)
    await mails.promise(desk.bo, "assigned")
    [mail] = await mails.send()
    for sender, more in (("eva@kund.example", {}), ("ann@example.com", {}), ("bo@example.com", {"trust": "fail"})):
        assert (await _answer(desk, mail, sender, **more)).state == "quarantined"
    assert await _counts(desk) == {"comments": 0, "contacts": 1, "messages": 1, "deliveries": 0}


async def test_a_ticket_without_a_conversation_is_commented_by_mail_too(mails: Mailing) -> None:
    desk = mails.desk
    async with desk.db.transaction(desk.account) as tx:
        now = (await tx.dicts("select created_at from tickets"))[0]["created_at"]
        made = await tickets.create(tx, NewTicket(subject="By hand", source="hand", at=now))
    await _choose(desk, assigned=AT_ONCE)
    desk.ticket = made.id
    await mails.promise(desk.bo, "assigned")
    [mail] = await mails.send()
    assert (await _answer(desk, mail)).ticket_id == made.id
    [comment] = await desk.rows("select ticket_id, author_id from comments")
    assert comment == {"ticket_id": made.id, "author_id": desk.bo}


async def test_from_an_address_that_the_member_proved_it_is_a_comment_too(mails: Mailing) -> None:
    desk = mails.desk
    async with desk.db.transaction(desk.account) as tx:
        await tx.run(
            """
            insert into addresses (space, key, account_id, member_id, claimed_at, proved_at)
            values ('email', 'bo@home.example', %s, %s, now(), now())
            """,
            (desk.account, desk.bo),
        )
    await _choose(desk, assigned=AT_ONCE)
    await mails.promise(desk.bo, "assigned")
    [mail] = await mails.send()
    assert (await _answer(desk, mail, "bo@home.example")).state == "comment"


async def _mention(desk: Desk, *members: UUID) -> None:
    async with desk.db.transaction(desk.account) as tx:
        await tickets.comment(tx, desk.ticket, author=desk.ann, text="Look, please", html="", mentions=members)


async def test_ws_6_who_is_mentioned_hears_of_it_once_with_the_words(mails: Mailing) -> None:
    desk = mails.desk
    async with desk.db.transaction(desk.account) as tx:
        await tickets.follow(tx, [desk.ticket], desk.bo)
    await _mention(desk, desk.bo)
    assert await desk.kinds(desk.bo) == ["mentioned"]
    [mail] = await mails.send()
    assert mail["Subject"] == "[#1 Lamp] Ann Agent mentions you"
    assert "> Look, please" in _text(mail)


async def test_who_follows_hears_of_answers_and_comments_and_not_of_their_own(desk: Desk) -> None:
    async with desk.db.transaction(desk.account) as tx:
        await tickets.follow(tx, [desk.ticket], desk.bo)
        await tickets.follow(tx, [desk.ticket], desk.ann)
    await _mention(desk)
    await hear(desk.db, desk.account, desk.channel, said("And?", in_reply_to="a@k.example"))
    assert await desk.kinds(desk.bo) == ["followed_activity", "followed_activity"]
    assert await desk.kinds(desk.ann) == ["followed_activity"]


async def test_whoever_snoozed_it_hears_that_its_time_has_come(desk: Desk) -> None:
    await desk.emit("ticket.woke", why="time", member_id=str(desk.bo))
    await desk.emit("ticket.woke", why="hand", member_id=str(desk.ann))
    assert await desk.kinds(desk.bo) == ["snooze_over"]
    assert await desk.kinds(desk.ann) == []


async def test_a_large_job_says_that_it_is_done(desk: Desk) -> None:
    job = {"job_id": "01990000-0000-7000-8000-000000000001", "member_id": str(desk.bo), "total": 60}
    for more in ({"done": 10, "state": "running"}, {"done": 60, "state": "done"}):
        async with desk.db.transaction(desk.account) as tx:
            events.emit(tx, Event(name="bulk.progressed", actor_id=desk.bo, data=job | more))
    await desk.consume()
    [notice] = await desk.notices(desk.bo)
    assert (notice.kind, notice.why, notice.bulk and notice.bulk.total) == ("bulk_done", "done", 60)


async def test_whoever_has_a_conversation_of_an_inbox_hears_of_it_and_answers_by_mail(mails: Mailing) -> None:
    desk = mails.desk
    beside = await office(desk.db, desk.account, address="office@demo.example")
    one = await beside.conversation()
    await _choose(desk, assigned=AT_ONCE)
    await beside.change(one, desk.ann, assignee_id=desk.bo)
    assert await desk.kinds(desk.bo) == ["assigned"]
    [notice] = await desk.notices(desk.bo)
    assert notice.conversation is not None
    assert (notice.conversation.id, notice.conversation.inbox_id) == (one, beside.inbox)
    [mail] = await mails.send()
    assert (mail["Subject"], f"/inbox/{beside.inbox}/{one}" in _text(mail)) == ("[Meeting] Yours now", True)
    assert (await _answer(desk, mail)).state == "comment"
    [comment] = await desk.rows("select conversation_id, author_id from comments")
    assert comment == {"conversation_id": one, "author_id": desk.bo}
