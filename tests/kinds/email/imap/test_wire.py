"""What goes over the wire, byte by byte, and what a server may not do to us."""

from __future__ import annotations

import asyncio
import base64

import pytest

from kanal.kinds.email.imap import fetching, folders, wire
from kanal.kinds.email.imap import session as sessions
from kanal.kinds.email.imap.errors import Broken, NoMailbox, Refused
from kanal.kinds.email.imap.session import session
from tests.make.imap_peer import peer, willing


async def test_xoauth2_begins_with_the_user_and_the_token_as_microsoft_and_google_ask_for_it() -> None:
    async with peer(willing) as server, session(server.imap(auth="xoauth2", token="ya29.token")):
        sent = next(line for line in server.heard if "AUTHENTICATE" in line)
    assert sent.split()[1:3] == ["AUTHENTICATE", "XOAUTH2"]
    assert base64.b64decode(sent.split()[3]) == b"user=a@b.example\x01auth=Bearer ya29.token\x01\x01"


async def test_without_sasl_ir_the_token_waits_until_the_server_asks() -> None:
    def answers(line: str) -> str:
        if "CAPABILITY" in line:
            return "* CAPABILITY IMAP4rev1 AUTH=XOAUTH2\r\n{tag} OK done\r\n"
        return "+ \r\n" if "AUTHENTICATE" in line else "k2 OK done\r\n" if "=" in line else willing(line)

    wanted = base64.b64encode(b"user=a@b.example\x01auth=Bearer t\x01\x01").decode()
    async with peer(answers) as server, session(server.imap(auth="xoauth2", token="t")):
        assert server.heard[1:3] == ["k2 AUTHENTICATE XOAUTH2", wanted]


async def test_a_refused_token_is_answered_with_an_empty_line_and_named() -> None:
    def answers(line: str) -> str:
        if "AUTHENTICATE" in line:
            return "+ eyJzdGF0dXMiOiI0MDEifQ==\r\n"
        return "k2 NO [AUTHENTICATIONFAILED] Invalid credentials\r\n" if not line.strip() else willing(line)

    async with peer(answers) as server:
        with pytest.raises(NoMailbox) as failed:
            async with session(server.imap(auth="xoauth2", token="t")):
                pass
        assert server.heard[2] == ""
    assert (failed.value.field, failed.value.refused) == ("imap.token", True)


async def test_a_password_outside_ascii_travels_as_a_literal_where_there_is_no_other_way() -> None:
    def answers(line: str) -> str:
        return "+ go on\r\n" if line.rstrip().endswith("}") else "k2 OK done\r\n" if "å" in line else willing(line)

    async with peer(answers) as server, session(server.imap(password="å")):
        assert server.heard[1:4] == ["k2 LOGIN {11}", "a@b.example {2}", "å"]


async def test_a_password_never_travels_in_the_clear_to_another_machine() -> None:
    async with peer(willing, host="127.0.0.2") as server:
        with pytest.raises(NoMailbox, match="in the clear"):
            async with session(server.imap()):
                pass
        assert server.heard == []


async def test_a_server_that_lets_nobody_in_is_tried_again_later() -> None:
    async with peer(willing, greeting="* BYE Too many connections from your address\r\n") as server:
        with pytest.raises(NoMailbox, match="lets nobody in for now: “Too many connections") as failed:
            async with session(server.imap()):
                pass
    assert failed.value.passing


async def test_what_stands_behind_an_agreed_starttls_in_the_clear_is_not_believed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sessions, "CONNECT", 1.0)

    def answers(line: str) -> str:
        return "{tag} OK begin\r\n* CAPABILITY IMAP4rev1\r\nk2 OK PREAUTH\r\n"

    async with peer(answers, host="127.0.0.2") as server:
        with pytest.raises(NoMailbox):
            async with session(server.imap(security="starttls")):
                pass
        assert not any("LOGIN" in line for line in server.heard)


async def test_a_server_that_sends_more_than_it_announced_is_left() -> None:
    def answers(line: str) -> str:
        return "* 1 FETCH (UID 1 BODY[] {99999999}\r\n" if "FETCH" in line else willing(line)

    async with peer(answers) as server, session(server.imap()) as opened:
        with pytest.raises(Broken, match="more than it announced"):
            await fetching.bodies(opened, [1], 100)


async def test_an_answer_whose_parentheses_do_not_match_is_no_answer() -> None:
    def answers(line: str) -> str:
        return "* 1 FETCH (UID 1 BODY[] {3}\r\nabc\r\n{tag} OK\r\n" if "FETCH" in line else willing(line)

    async with peer(answers) as server, session(server.imap()) as opened:
        with pytest.raises(Broken):
            await fetching.bodies(opened, [1], 100)


async def test_a_silent_server_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "SILENCE", 0.2)
    silent = peer(lambda line: "" if "EXAMINE" in line else willing(line))
    async with silent as server, session(server.imap()) as opened:
        with pytest.raises(Broken, match="silent"):
            await folders.examine(opened, "INBOX")


async def test_mail_that_is_told_before_idle_was_asked_for_ends_it_at_once() -> None:
    def answers(line: str) -> str:
        if "IDLE" in line:
            return "* 5 EXISTS\r\n+ idling\r\n"
        return "k4 OK done\r\n" if line == "DONE\r\n" else willing(line)

    async with peer(answers) as server, session(server.imap()) as opened:
        async with asyncio.timeout(2):
            await opened.wire.idle(60, asyncio.Event())
        assert opened.wire.changed


async def test_what_comes_in_pieces_while_idling_is_lost_by_no_wait_that_ends() -> None:
    async with peer(willing) as server, session(server.imap()) as opened:
        server._answers = lambda line: "+ idling\r\n* 5 EX" if "IDLE" in line else "ISTS\r\nk4 OK done\r\n"
        await opened.wire.idle(0.2, asyncio.Event())
        assert opened.wire.changed
        server._answers = willing


async def test_a_server_that_will_not_idle_says_so() -> None:
    unwilling = peer(lambda line: "{tag} BAD what\r\n" if "IDLE" in line else willing(line))
    async with unwilling as server, session(server.imap()) as opened:
        with pytest.raises(Refused):
            await opened.wire.idle(60, asyncio.Event())
