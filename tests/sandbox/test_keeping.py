"""Mails and behaviours outlive a restart when there is a folder, and nothing else does."""

from pathlib import Path

from tests.sandbox.world import world

EVA = "eva@kund.example"


async def test_restart_keeps_mails_unread_marks_and_behaviours(tmp_path: Path) -> None:
    async with world(tmp_path) as it:
        await it.from_kanal(EVA)
        await it.from_kanal(EVA)
        newest, oldest = await it.inbox(EVA)
        await it.http.get(f"/mails/{oldest['id']}")
        await it.behave(EVA, "out_of_office")
    async with world(tmp_path) as it:
        assert [(mail["id"], mail["unread"]) for mail in await it.inbox(EVA)] == [
            (newest["id"], True),
            (oldest["id"], False),
        ]
        [box] = (await it.http.get("/api/mailboxes")).json()["items"]
        assert (box["address"], box["mails"], box["unread"]) == (EVA, 2, 1)
        assert box["behaviour"]["kind"] == "out_of_office"


async def test_mail_cut_off_while_being_filed_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail" / "half.eml").write_bytes(b"Subject: half")
    async with world(tmp_path) as it:
        assert (await it.http.get("/api/mailboxes")).json() == {"items": []}


async def test_clearing_leaves_nothing(tmp_path: Path) -> None:
    async with world(tmp_path) as it:
        await it.from_kanal(EVA)
        await it.behave(EVA, "refuse")
        assert (await it.http.delete("/api/mailboxes")).status_code == 204
        assert (await it.http.get("/api/mailboxes")).json() == {"items": []}
        await it.from_kanal(EVA)
        assert len(await it.inbox(EVA)) == 1
    assert len(list((tmp_path / "mail").iterdir())) == 2


async def test_without_a_folder_nothing_outlives_the_process() -> None:
    async with world() as it:
        await it.from_kanal(EVA)
    async with world() as it:
        assert await it.inbox(EVA) == []
