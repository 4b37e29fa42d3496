"""Mails to members leave once, are tried again for a day, and fail where somebody sees it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from kanal.events import queries as events
from kanal.kit import clock
from kanal.notifications import actions, mailer, queries
from kanal.people import invitations, links
from tests.make import accounts, channels, web
from tests.make.mailing import Mailing, mailing
from tests.make.noticing import Desk


@pytest.fixture
async def mails(desk: Desk, tmp_path: Path) -> AsyncIterator[Mailing]:
    async with mailing(desk, tmp_path) as mails:
        yield mails


async def test_a_promised_mail_is_sent_once(mails: Mailing) -> None:
    await mails.promise(mails.desk.bo)
    [mail] = await mails.send()
    assert (mail["To"], mail["From"]) == ("bo@example.com", "Kanal <no-reply@in.example>")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert (await mails.row())["state"] == "sent"
    assert len(await mails.send()) == 1


async def test_two_mailers_at_once_send_one_mail(mails: Mailing) -> None:
    await mails.promise(mails.desk.bo)
    await asyncio.gather(*(each.run_once() for each in mails.mailers * 3))
    assert len(mails.taken()) == 1


async def test_a_passing_error_is_tried_again_under_the_same_id(mails: Mailing) -> None:
    await mails.promise(mails.desk.bo)
    mails.server.to_data = "451 4.3.0 Later"
    await mails.send()
    row = await mails.row()
    assert (row["state"], row["reason"], row["tries"]) == ("waiting", "the mail server refused the mail: 451", 1)
    assert row["next_try_at"] > clock.now()
    mails.server.to_data = "250 OK"
    await mails.make_due()
    [first] = await mails.send()
    async with mails.desk.db.transaction(mails.desk.account) as tx:
        await tx.run("update member_mails set state = 'waiting', next_try_at = created_at")
    assert [mail["Message-ID"] for mail in await mails.send()] == [first["Message-ID"]] * 2


async def test_after_a_day_it_has_failed_and_is_seen_by_whoever_manages_members(mails: Mailing) -> None:
    await mails.promise(mails.desk.bo)
    mails.server.to_data = "451 4.3.0 Later"
    for _ in range(len(mailer.PAUSES) + 1):
        await mails.make_due()
        await mails.send()
    assert (await mails.row())["state"] == "failed"
    async with mails.desk.db.transaction(mails.desk.account) as tx:
        [shown] = await queries.mails(tx, "failed", 10)
        assert (shown.member_name, shown.kind, shown.tries) == ("Bo Agent", "contact_owner", len(mailer.PAUSES) + 1)
        assert [event.name for event in await events.after(tx, 0, 100)][-1] == "member_mail.failed"
        await actions.send_again(tx, shown.id, shown.member_id)
    mails.server.to_data = "250 OK"
    assert len(await mails.send()) == 1


async def test_a_refused_recipient_fails_at_once_and_the_reason_names_nobody(mails: Mailing) -> None:
    await mails.promise(mails.desk.bo)
    mails.server.to_recipient["bo@example.com"] = "550 5.1.1 no bo@example.com here"
    await mails.send()
    row = await mails.row()
    assert (row["state"], row["reason"]) == ("failed", "the mail server refused the recipient: 550")


async def test_without_a_way_out_it_waits_and_says_why(desk: Desk, tmp_path: Path, mails: Mailing) -> None:
    await mails.promise(desk.bo)
    settings = web.settings(tmp_path, KANAL_MAIL_DOMAIN=channels.MAIL_DOMAIN)
    await mailer.Mailer(desk.db, mails.storage, channels.KEYRING, settings).run_once()
    row = await mails.row()
    assert (row["state"], row["reason"]) == ("waiting", "no outgoing mail server is set: KANAL_SMTP_OUT")


async def test_a_claim_of_a_dead_process_lapses(mails: Mailing) -> None:
    await mails.promise(mails.desk.bo)
    async with mails.desk.db.transaction(mails.desk.account) as tx:
        [mail] = await tx.values("select id from member_mails")
        assert await mailer._take(tx, mail) is not None
        assert await mailer._take(tx, mail) is None
    assert await mails.send() == []
    await mails.make_due()
    assert len(await mails.send()) == 1


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("update members set deactivated_at = now()", "the member is deactivated"),
        ("update channels set open_to = 'teams'", "the member does not see the ticket any more"),
        (
            "update members set preferences = "
            """'{"notices":{"contact_owner":{"app":true,"desktop":true,"mail":false}}}'""",
            "the member does not want such mails any more",
        ),
        (
            "update addresses set key = 'bo@example.com' where key like 'support@%'",
            "the member's address belongs to a channel",
        ),
    ],
)
async def test_what_nobody_has_use_for_is_dropped(mails: Mailing, change: str, why: str) -> None:
    await mails.promise(mails.desk.bo)
    async with mails.desk.db.transaction(mails.desk.account) as tx:
        await tx.connection.execute(change.encode())
    assert await mails.send() == []
    row = await mails.row()
    assert (row["state"], row["reason"]) == ("dropped", why)


async def test_a_swede_reads_swedish(mails: Mailing) -> None:
    await mails.promise(mails.desk.bo)
    async with mails.desk.db.transaction(mails.desk.account) as tx:
        await tx.run("update users set locale = 'sv' where email = 'bo@example.com'")
    [mail] = await mails.send()
    assert mail["Subject"] == "[#1 Lamp] Eva Ek har skrivit"
    body = mail.get_body(("plain",))
    assert body is not None
    assert "Svara på det här mejlet" in body.get_content()


async def test_a_subject_cannot_add_a_header(mails: Mailing) -> None:
    async with mails.desk.db.transaction(mails.desk.account) as tx:
        await tx.run("update tickets set subject = %s", ("Lamp\r\nBcc: x@evil.example",))
    await mails.promise(mails.desk.bo)
    [mail] = await mails.send()
    assert mail["Bcc"] is None
    assert mail["Subject"] == "[#1 Lamp Bcc: x@evil.example] Eva Ek wrote"


async def test_an_invitation_is_worded_with_its_link(mails: Mailing) -> None:
    desk = mails.desk
    new = await accounts.member(desk.db, desk.account, "new@example.com", name="New")
    async with desk.db.transaction(desk.account) as tx:
        await tx.run("update members set joined_at = null, invited_by = %s where id = %s", (desk.ann, new))
    await mails.promise(new, "invitation")
    [mail] = await mails.send()
    body = mail.get_body(("plain",))
    assert body is not None
    assert mail["Subject"] == "Ann Agent invites you to A"
    assert "/invitation#" in body.get_content()


async def test_a_link_that_was_passed_on_stays_good_while_nothing_can_be_mailed(
    desk: Desk, tmp_path: Path, mails: Mailing
) -> None:
    new = await accounts.member(desk.db, desk.account, "new@example.com", name="New")
    async with desk.db.transaction(desk.account) as tx:
        token = await invitations.link(tx, new)
    await mails.promise(new, "invitation")
    settings = web.settings(tmp_path, KANAL_MAIL_DOMAIN=channels.MAIL_DOMAIN)
    await mailer.Mailer(desk.db, mails.storage, channels.KEYRING, settings).run_once()
    async with desk.db.transaction(None) as tx:
        assert token is not None
        assert (await links.look(tx, token)).email == "new@example.com"


async def test_who_has_a_password_is_invited_to_sign_in(mails: Mailing) -> None:
    desk = mails.desk
    new = await accounts.member(desk.db, desk.account, "new@example.com", name="New", password_hash="x")
    await mails.promise(new, "invitation")
    [mail] = await mails.send()
    body = mail.get_body(("plain",))
    assert body is not None
    assert "Sign in as you always do." in body.get_content()
    assert body.get_content().split()[-1].endswith("/a/a")
