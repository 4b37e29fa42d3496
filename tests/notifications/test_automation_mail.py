"""A mail that a rule of the ticket automation words: sent as it was written, with the way to the ticket."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.make.mailing import Mailing, mailing
from tests.make.noticing import Desk


@pytest.fixture
async def mails(desk: Desk, tmp_path: Path) -> AsyncIterator[Mailing]:
    async with mailing(desk, tmp_path) as mails:
        yield mails


async def test_eml_24_a_rules_mail_says_what_the_rule_says_and_its_words_go_once_it_is_sent(mails: Mailing) -> None:
    words = {"subject": "#1 is urgent", "text": "Look at it.\nNow."}
    await mails.promise(mails.desk.bo, "automation", words=words)
    [mail] = await mails.send()
    body = mail.get_body(("plain",))
    assert body is not None
    assert (mail["Subject"], mail["Auto-Submitted"]) == ("#1 is urgent", "auto-generated")
    assert "Look at it." in body.get_content()
    assert "/tickets/1" in body.get_content()
    [row] = await mails.desk.rows("select state, words from member_mails")
    assert (row["state"], row["words"]) == ("sent", None)
