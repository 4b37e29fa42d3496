"""Search: every word that is written is found, by whoever may see it, and nothing that is typed does harm."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kanal.kit import clock
from kanal.kit.ids import new_id
from kanal.tickets import actions
from kanal.tickets.models import TicketChange
from kanal.tickets.tags import actions as tags
from kanal.views.errors import InvalidQuestion
from kanal.views.search import finding
from kanal.views.search.completing import complete
from kanal.views.search.finding import search
from kanal.views.search.models import Answer
from tests.make import accounts, channels
from tests.make.said import hear, said
from tests.make.tickets import ticket
from tests.views.conftest import Desk


async def ask(desk: Desk, typed: str, member: UUID | None = None, **how: Any) -> Answer:
    async with desk.db.transaction(desk.account) as tx:
        return await search(tx, member or desk.agent, typed, **how)


async def found(desk: Desk, typed: str, member: UUID | None = None) -> list[str]:
    """Subjects, as they are listed."""
    return [item.ticket.subject for item in (await ask(desk, typed, member)).items]


async def hint(desk: Desk, typed: str) -> tuple[str, str | None]:
    [one] = (await ask(desk, typed)).hints
    assert one.message
    return one.problem, one.suggestion


async def comment(desk: Desk, subject: str, text: str) -> None:
    async with desk.db.transaction(desk.account) as tx:
        of = await tx.value("select id from tickets where subject = %s", (subject,))
        await actions.comment(tx, of, author=desk.agent, text=text, html="")


async def change(desk: Desk, subject: str, **what: Any) -> None:
    async with desk.db.transaction(desk.account) as tx:
        of = await tx.value("select id from tickets where subject = %s", (subject,))
        await actions.change(tx, of, TicketChange(**what), None)


# Where


async def test_ws_4_number_subject_description_contact_message_comment_and_file_are_searched(desk: Desk) -> None:
    await desk.hear(said("It flickers at night", "eva@kund.example", subject="Lamp", name="Eva Ek"))
    await comment(desk, "Lamp", "Ask the warehouse")
    async with desk.db.transaction(desk.account) as tx:
        message = await tx.value("select id from messages")
        row = {"id": new_id(), "message_id": message, "blob": "x", "name": "faktura_2026.pdf", "size": 1}
        await tx.insert(
            "attachments",
            [
                {
                    **row,
                    "content_type": "application/pdf",
                    "inline": False,
                    "position": 0,
                    "content_id": "",
                    "created_at": clock.now(),
                }
            ],
        )
        await tx.run("update tickets set description = 'Bought in Malmö'")
    places = {
        word: [item.hit.place for item in (await ask(desk, word)).items]
        for word in ("flickers", "warehouse", "faktura", "malmö", "ek", "#1", "nothing")
    }
    assert places == {
        "flickers": ["message"],
        "warehouse": ["comment"],
        "faktura": ["attachment"],
        "malmö": ["description"],
        "ek": ["contact"],
        "#1": ["number"],
        "nothing": [],
    }


async def test_one_result_a_ticket_with_its_newest_hit_and_its_words_marked(desk: Desk) -> None:
    await desk.hear(said("The lamp flickers", subject="Lamp"))
    await comment(desk, "Lamp", "Does it really flicker at night?")
    [one] = (await ask(desk, "flickering")).items
    assert one.hit.place == "comment"
    assert one.hit.message_id == one.hit.id
    assert [(piece.text, piece.mark) for piece in one.hit.snippet] == [
        ("Does it really ", False),
        ("flicker", True),
        (" at night?", False),
    ]


async def test_parts_of_an_address_and_of_a_file_name_are_words(desk: Desk) -> None:
    await desk.hear(said("See you", "eva.ek@stor-kund.example", subject="Meeting"))
    for typed in ("eva.ek@stor-kund.example", "stor-kund", "kund.example", "EVA.EK", "ek@stor"):
        assert await found(desk, typed) == ["Meeting"], typed
    assert await found(desk, "kund-stor") == []


async def test_a_mail_of_a_megabyte_is_stored_and_found_by_its_last_words(desk: Desk) -> None:
    words = " ".join(f"ord{n}" for n in range(95_000))
    await desk.hear(said(words + " slutligen", subject="Long"))
    assert len(words) > 800_000
    assert await found(desk, "slutligen") == ["Long"]
    assert await found(desk, "ord0 long") == ["Long"]


async def test_words_that_no_index_could_hold_are_stored_too(desk: Desk) -> None:
    await desk.hear(
        said("x" * 5_000 + " kort " + "𝒳" * 3_000, "a" * 60 + "@kund.example", name="n" * 3_000, subject="S" * 900)
    )
    assert len(await found(desk, "kort")) == 1


# In which language


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("fakturorna", "faktura"),
        ("lamporna", "lampa"),
        ("refunded", "refunds"),
        ("deliveries", "delivery"),
        ("skickades", "skickade"),
        ("Ärendet", "ÄRENDE"),
    ],
)
async def test_a_word_is_found_by_another_form_of_it(desk: Desk, written: str, typed: str) -> None:
    await desk.hear(said(f"Vi undrar om {written} i dag", subject="Fråga"))
    assert await found(desk, typed) == ["Fråga"]


@pytest.mark.parametrize("word", ["och", "the", "Generalen", "running", "nyheterna", "42", "AB-1234", "日本語", "C"])
async def test_the_word_itself_is_always_found(desk: Desk, word: str) -> None:
    await desk.hear(said(f"Hej {word} hej", subject="Here"), said("Hej", "bo@kund.example", subject="Not here"))
    assert await found(desk, f'"{word}"') == ["Here"]
    assert await found(desk, word) == ["Here"]


async def test_an_account_chooses_its_languages(desk: Desk) -> None:
    await desk.hear(said("Die Häuser fehlen", subject="Frage"))
    assert await found(desk, "Haus ") == []
    with psycopg.connect(desk.url) as connection:
        connection.execute("update accounts set search_languages = '{german}'")
        connection.execute("select search_fill(%s)", (desk.account,))
    assert await found(desk, "Haus ") == ["Frage"]


# How


async def test_all_words_count_also_of_subject_sender_and_text_together(desk: Desk) -> None:
    await desk.hear(
        said("It flickers", "eva@kund.example", subject="Lamp", name="Eva Ek"),
        said("It flickers", "bo@kund.example", subject="Clock", name="Bo Alm"),
    )
    assert await found(desk, "eva flickers lamp") == ["Lamp"]
    assert set(await found(desk, "flickers")) == {"Lamp", "Clock"}


async def test_a_phrase_is_its_words_in_that_order(desk: Desk) -> None:
    await desk.hear(
        said("the red lamp is here", subject="One"), said("a lamp, red as a rose", "bo@kund.example", subject="Two")
    )
    assert await found(desk, '"red lamp"') == ["One"]
    assert set(await found(desk, "red lamp")) == {"One", "Two"}
    assert await found(desk, '"lamp red') == ["Two"]
    [one] = (await ask(desk, '"red lamp"')).items
    assert [piece.text for piece in one.hit.snippet if piece.mark] == ["red lamp"]


async def test_what_is_excluded_may_be_nowhere_in_the_ticket(desk: Desk) -> None:
    await desk.hear(said("A lamp", subject="One"), said("A lamp", "bo@kund.example", subject="Two", name="Bo"))
    await comment(desk, "Two", "Money back, please")
    assert await found(desk, "lamp -money") == ["One"]
    assert await found(desk, 'lamp -"money back"') == ["One"]
    assert set(await found(desk, 'lamp -"back money"')) == {"One", "Two"}
    assert await found(desk, "-money") == ["One"]
    assert await found(desk, "-from:eva") == ["Two"]


async def test_the_last_word_may_be_unfinished(desk: Desk) -> None:
    await desk.hear(said("Lampskärmen är sprucken", subject="One"))
    assert await found(desk, "lampsk") == ["One"]
    assert await found(desk, "lampsk ") == []
    assert await found(desk, "sprucken lampsk") == ["One"]
    assert await found(desk, "lampsk sprucken") == []
    [one] = (await ask(desk, "lampsk")).items
    assert [piece.text for piece in one.hit.snippet if piece.mark] == ["Lampskärmen"]


async def test_just_what_was_typed_comes_first_then_the_newest(desk: Desk) -> None:
    await desk.hear(said("one", "lampa@kund.example", subject="Lampa", name="Ann"))
    await desk.hear(said("two", "b@kund.example", subject="Order", name="Lampa"))
    await desk.hear(said("Lampa", "c@kund.example", subject="New lampa"))
    await desk.hear(said("Lampa 1", "d@kund.example", subject="Newest lampa"))
    assert await found(desk, "lampa") == ["Order", "Lampa", "Newest lampa", "New lampa"]
    assert await found(desk, "Newest Lampa") == ["Newest lampa"]
    assert await found(desk, "1") == ["Lampa", "Newest lampa"]
    assert await found(desk, "lampa@kund.example") == ["Lampa"]


async def test_pages_hold_each_ticket_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    await desk.hear(*(said("A lamp", f"c{n}@kund.example", subject=f"S{n}") for n in range(12)))
    for n in (3, 7):
        await comment(desk, f"S{n}", "The lamp again")

    async def all_pages() -> list[str]:
        subjects, after = [], None
        while True:
            page = await ask(desk, "lamp", after=after, limit=5)
            subjects += [item.ticket.subject for item in page.items]
            after = page.next
            if after is None:
                return subjects

    few = await all_pages()
    assert sorted(few) == sorted(f"S{n}" for n in range(12))
    assert few[:2] == ["S7", "S3"]
    monkeypatch.setattr(finding, "FIRST_STEP", 6)
    monkeypatch.setattr(finding, "STEP", 4)
    assert await all_pages() == few


async def test_a_word_is_found_years_back(desk: Desk) -> None:
    now = clock.now()
    for days in (0, 1, 20, 45, 100, 200, 400, 2_000):
        await hear(
            desk.db,
            desk.account,
            desk.channel,
            said("A lamp", f"c{days}@kund.example", subject=f"{days}"),
            at=now - timedelta(days=days),
        )
    assert await found(desk, "lamp") == ["0", "1", "20", "45", "100", "200", "400", "2000"]
    assert await found(desk, "lamp before:30d") == ["45", "100", "200", "400", "2000"]


async def test_a_cursor_of_another_question_is_refused(desk: Desk) -> None:
    await desk.hear(*(said("A lamp", f"c{n}@kund.example") for n in range(3)))
    after = (await ask(desk, "lamp", limit=1)).next
    with pytest.raises(InvalidQuestion):
        await ask(desk, "clock", after=after)


async def test_the_number_found_is_told(desk: Desk) -> None:
    await desk.hear(*(said("A lamp", f"c{n}@kund.example", subject=f"S{n}") for n in range(3)))
    total = (await ask(desk, "lamp", limit=1)).total
    assert (total.n, total.capped) == (3, False)


# Operators


async def test_operators_find_what_they_name(desk: Desk) -> None:
    team = await desk.team("Big customers", desk.agent)
    await desk.hear(said("A lamp", "eva@kund.example", subject="Eva's", name="Eva Ek", cc=("bo@firma.example",)))
    await ticket(desk.db, desk.account, "By hand")
    await ticket(desk.db, desk.account, "Mine")
    await ticket(desk.db, desk.account, "Done")
    await change(desk, "Mine", assignee_id=desk.agent, team_id=team, priority="high")
    await change(desk, "Done", status_key="closed")
    async with desk.db.transaction(desk.account) as tx:
        await tags.add(tx, await tx.value("select id from tickets where subject = 'Mine'"), "VIP guest", None)
    everything = {"Eva's", "By hand", "Mine", "Done"}
    expected = {
        "from:eva": {"Eva's"},
        "from:kund.example": {"Eva's"},
        'from:"Eva Ek"': {"Eva's"},
        "from:bo": set(),
        "to:bo": {"Eva's"},
        "to:bo@firma.example lamp": {"Eva's"},
        "to:eva": set(),
        "from:ev": set(),
        "from:eva ": {"Eva's"},
        "channel:support": {"Eva's"},
        "channel:email": {"Eva's"},
        "-channel:email": everything - {"Eva's"},
        "is:open": everything - {"Done"},
        "is:closed": {"Done"},
        "-is:closed": everything - {"Done"},
        "is:mine": {"Mine"},
        "is:unassigned": everything - {"Mine"},
        "is:failed": set(),
        "is:snoozed": set(),
        "status:closed": {"Done"},
        "status:NEW": everything - {"Done"},
        "assignee:me": {"Mine"},
        "assignee:ann": {"Mine"},
        'assignee:"Ann Agent"': {"Mine"},
        "assignee:ann@example.com": {"Mine"},
        "assignee:none": everything - {"Mine"},
        "-assignee:me": everything - {"Mine"},
        "team:mine": {"Mine"},
        'team:"big customers"': {"Mine"},
        "team:big": {"Mine"},
        'tag:"vip guest"': {"Mine"},
        '-tag:"vip guest"': everything - {"Mine"},
        "priority:high": {"Mine"},
        "priority:NORMAL": everything - {"Mine"},
        "is:open is:unassigned -from:eva": {"By hand"},
        "has:attachment": set(),
        "-has:attachment": everything,
        "before:2020-01-01": set(),
        "after:2020": everything,
        "after:today": set(),
        "before:1d": set(),
        "after:1d": everything,
    }
    assert {typed: set(await found(desk, typed)) for typed in expected} == expected


async def test_spam_and_deleted_tickets_are_found_only_when_asked_for(desk: Desk) -> None:
    for subject in ("Good", "Spam", "Gone"):
        await ticket(desk.db, desk.account, subject, description="A lamp")
    async with desk.db.transaction(desk.account) as tx:
        now = clock.now()
        await tx.run("update tickets set spam_at = %s, is_open = false where subject = 'Spam'", (now,))
        await tx.run("update tickets set deleted_at = %s, is_open = false where subject = 'Gone'", (now,))
    assert await found(desk, "lamp") == ["Good"]
    assert await found(desk, "lamp is:spam") == ["Spam"]
    assert await found(desk, "is:deleted") == ["Gone"]
    assert await found(desk, "Gone") == []


async def test_the_number_of_a_merged_ticket_leads_to_the_one_it_is_part_of(desk: Desk) -> None:
    into, merged = [await ticket(desk.db, desk.account, subject) for subject in ("Into", "Merged")]
    async with desk.db.transaction(desk.account) as tx:
        await tx.run("update tickets set merged_into = %s, is_open = false where id = %s", (into, merged))
    assert await found(desk, "#2") == ["Into"]
    assert await found(desk, "merged") == []


@pytest.mark.parametrize(
    ("typed", "problem", "suggestion"),
    [
        ("form:eva", "no-such-operator", "from:eva"),
        ("statu:new", "no-such-operator", "status:new"),
        ("before:32", "not-a-date", None),
        ("after:2026-02-30", "not-a-date", None),
        ("before:soon", "not-a-date", None),
        ("is:angry", "no-such-value", None),
        ("assignee:nobody-here", "no-such-value", None),
        ("status:flying", "no-such-value", None),
        ("tag:none", "no-such-value", None),
        ("priority:huge", "no-such-value", None),
        ("has:everything", "no-such-value", None),
        ("from:", "empty-operator", None),
        ('status:""', "empty-operator", None),
        ("?!", "no-words", None),
        ("lamp " * 500, "too-long", None),
    ],
)
async def test_what_makes_no_sense_is_told_and_left_out(
    desk: Desk, typed: str, problem: str, suggestion: str | None
) -> None:
    told, better = await hint(desk, typed)
    assert told == problem
    assert suggestion is None or better == suggestion


async def test_the_rest_of_a_question_counts_beside_a_slip(desk: Desk) -> None:
    await ticket(desk.db, desk.account, "Lamp")
    await ticket(desk.db, desk.account, "Clock")
    assert await found(desk, "lamp before:never") == ["Lamp"]


# What changes


async def test_search_follows_what_is_changed_moved_and_taken_back(desk: Desk) -> None:
    await desk.hear(said("A lamp", "eva@kund.example", subject="First", name="Eva Ek"))
    await ticket(desk.db, desk.account, "Other")
    await comment(desk, "First", "A remark")
    async with desk.db.transaction(desk.account) as tx:
        other = await tx.value("select id from tickets where subject = 'Other'")
        await tx.run("update tickets set subject = 'Renamed' where subject = 'First'")
        await tx.run("update contacts set name = 'Beda Berg'")
        await tx.run("update conversations set ticket_id = %s", (other,))
        await tx.run("update comments set ticket_id = %s, body_text = 'Another remark'", (other,))
    assert await found(desk, "first ") == ["Other"]  # the subject of the message
    assert await found(desk, "renamed") == ["Renamed"]
    assert await found(desk, "beda") == ["Renamed"]
    assert await found(desk, "lamp") == ["Other"]
    assert await found(desk, "another") == ["Other"]
    async with desk.db.transaction(desk.account) as tx:
        await tx.run("delete from messages")
        await tx.run("delete from comments")
    assert await found(desk, "lamp") == []
    assert await found(desk, "another") == []


# Who


async def test_k17_each_role_finds_what_it_may_see(desk: Desk) -> None:
    hidden = await channels.email_channel(desk.db, desk.account, "boss@a.example", name="Bosses")
    bosses = await desk.team("Bosses")
    await desk.open_to(hidden, bosses)
    await desk.hear(said("A lamp", "eva@kund.example", subject="For all"))
    await desk.hear(said("A lamp", "bo@kund.example", subject="For bosses"), channel=hidden)
    narrow = await accounts.member(desk.db, desk.account, "own@example.com")
    async with desk.db.transaction(desk.account) as tx:
        await tx.run("update roles set sees = 'own' where key = 'viewer'")
        await tx.run("update members set role = 'viewer', has_seat = false where id = %s", (narrow,))
    for word in ("lamp", "bosses", "bo@kund.example", "is:open", "from:bo", '"a lamp"'):
        assert "For bosses" not in await found(desk, word), word
        assert await found(desk, word, narrow) == [], word
        assert "For bosses" in await found(desk, word, desk.admin), word
    [told] = (await ask(desk, "channel:nowhere")).hints
    assert "Bosses" not in told.message
    assert (await ask(desk, "channel:bosses")).hints


async def test_another_account_finds_nothing(desk: Desk) -> None:
    await desk.hear(said("A lamp", subject="Ours"))
    other = await accounts.account(desk.db, "b")
    stranger = await accounts.member(desk.db, other, "x@other.example")
    async with desk.db.transaction(other) as tx:
        for typed in ("lamp", "#1", "Ours", "eva@kund.example", "-nothing", "is:open"):
            assert (await search(tx, stranger, typed)).items == []


# Harm


@pytest.mark.parametrize(
    "typed",
    [
        "lamp' | 'x",
        "lamp & !x",
        "lamp:*",
        "'~1'",
        "~1",
        "~1.2026",
        "f:eva",
        "=lamp",
        "\\",
        "'",
        "''",
        '"',
        '"""',
        "--",
        "- -",
        "lamp; drop table tickets",
        "%s %(x)s %",
        "{e}",
        "a <-> b",
        ":",
        "::",
        "is:",
        ":lamp",
        "(lamp",
        "lamp)",
        "\0lamp",
        "\ud800",
        "😀",
        "from:'",
        "from:\\",
        "to:~1",
        "tag:'; --",
        "x" * 10_000,
        "lamp " * 2_000,
        "-" * 5_000,
        '"' * 3_000,
        "is:open " * 200,
        "http://lamp.example/a?b=c#d",
        "12:30",
        "a:b:c",
        "\u202elamp",
    ],
)
async def test_nothing_that_is_typed_does_harm(desk: Desk, typed: str) -> None:
    await ticket(desk.db, desk.account, "Clock")
    other = await accounts.account(desk.db, "b")
    await ticket(desk.db, other, "Lamp")
    answer = await ask(desk, typed)
    assert {item.ticket.subject for item in answer.items} <= {"Clock"}


PIECES = [
    "lamp",
    '"',
    "-",
    "from:",
    "is:open",
    "before:",
    "2026-01-01",
    ":",
    "'",
    "*",
    "&",
    "|",
    "!",
    "(",
    ")",
    " ",
    "å",
]
PIECES += ["#1", "\\", "<->", "~"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
async def test_any_mixture_is_answered(desk: Desk, typed: str) -> None:
    answer = await ask(desk, typed)
    assert answer.items == []


# Help with asking


async def completions(desk: Desk, typed: str, member: UUID | None = None) -> list[str]:
    async with desk.db.transaction(desk.account) as tx:
        return [one.text for one in (await complete(tx, member or desk.agent, typed)).items]


async def test_the_last_word_is_completed(desk: Desk) -> None:
    await desk.hear(said("A lamp", "eva@kund.example", name="Eva Ek"))
    await desk.team("Big customers")
    expected = {
        "": [],
        "lamp": [],
        "lamp ": [],
        "ass": ["assignee:"],
        "lamp -t": ["-to:", "-team:", "-tag:"],
        "is:sn": ["is:snoozed"],
        "is:": ["is:open", "is:closed", "is:unassigned", "is:mine", "is:snoozed", "is:spam", "is:failed", "is:deleted"],
        "assignee:m": ["assignee:me", "assignee:ann@example.com", "assignee:adam@example.com"],
        "assignee:Ada": ["assignee:adam@example.com"],
        "team:bi": ['team:"Big customers"'],
        'team:"big c': ['team:"Big customers"'],
        "channel:sup": ["channel:Support"],
        "status:clo": ["status:closed"],
        "from:ev": ["from:eva@kund.example"],
        "from:e": [],
        "has:": ["has:attachment"],
        "nonsense:x": [],
    }
    found = {typed: await completions(desk, typed) for typed in expected}
    assert {typed: sorted(each) for typed, each in found.items()} == {t: sorted(each) for t, each in expected.items()}


async def test_k17_completions_tell_nothing_that_may_not_be_seen(desk: Desk) -> None:
    hidden = await channels.email_channel(desk.db, desk.account, "boss@a.example", name="Bosses")
    await desk.open_to(hidden, await desk.team("Bosses"))
    await desk.hear(said("A lamp", "eva@kund.example"), channel=hidden)
    assert await completions(desk, "channel:bos") == []
    assert await completions(desk, "from:eva") == []
    assert await completions(desk, "channel:bos", desk.admin) == ["channel:Bosses"]
    assert await completions(desk, "from:eva", desk.admin) == ["from:eva@kund.example"]
