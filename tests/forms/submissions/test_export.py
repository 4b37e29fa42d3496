"""Submissions as files: for spreadsheets, which run what looks like a formula, and for programs."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from kanal.channelkit.submissions import SubmittedFile
from kanal.forms.definitions import actions
from kanal.forms.definitions.models import FormChange
from kanal.forms.models import Definition
from kanal.forms.submissions import export
from kanal.forms.submissions.arriving import TakenFile
from tests.make.form_desk import FormDesk
from tests.make.forms import field

EMAIL = field("email", "email", property="contact.email")


async def exported(desk: FormDesk, form: Definition, query: str = "format=csv") -> bytes:
    answer = await desk.chief.get(f"forms/{form.form_id}/export?{query}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"].startswith('attachment; filename="submissions-')
    return answer.content


async def table(desk: FormDesk, form: Definition, query: str = "format=csv") -> list[dict[str, str]]:
    content = (await exported(desk, form, query)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content, newline="")))


async def test_a_spreadsheet_has_every_versions_fields_hidden_ones_and_others(desk: FormDesk) -> None:
    form = await desk.form(EMAIL, field("old"), field("campaign", hidden=True, default="spring"))
    await desk.submit(form, {"email": "eva@kund.example", "old": "yes", "utm": "letter"})
    async with desk.db.transaction(desk.account) as tx:
        await actions.change(tx, form.form_id, FormChange(fields=[EMAIL, field("page")]), None)
    content = await exported(desk, form)
    assert content.startswith(b"\xef\xbb\xbf_id,_received_at,")
    [row] = await table(desk, form)
    assert list(row)[10:] == ["email", "page", "old", "campaign", "extra: utm", "_extra"]
    assert (row["email"], row["old"], row["campaign"]) == ("eva@kund.example", "yes", "spring")
    assert (row["page"], row["extra: utm"], row["_version"]) == ("", "letter", "1")


async def test_what_looks_like_a_formula_is_none(desk: FormDesk) -> None:
    form = await desk.form(EMAIL, field("text", "long_text"), field("n", "number"))
    formulas = ['=HYPERLINK("https://x.example")', "+1", "-1", "@SUM(A1)"]
    for formula in formulas:
        await desk.submit(form, {"email": "eva@kund.example", "text": formula, "n": "-5", "odd": formula})
    rows = (await table(desk, form))[::-1]
    assert [row["text"] for row in rows] == [f"'{formula}" for formula in formulas]
    assert [row["extra: odd"] for row in rows] == [f"'{formula}" for formula in formulas]
    assert {row["n"] for row in rows} == {"-5"}


async def test_lines_quotes_and_files_stand_in_one_cell(desk: FormDesk) -> None:
    form = await desk.form(EMAIL, field("text", "long_text"), field("photo", "file"))
    blob = await desk.site.storage.put(b"x")
    files = [TakenFile(file=SubmittedFile(name=n, content_type="image/png", size=1, blob=blob)) for n in ("a", "b")]
    await desk.submit(form, {"email": "eva@kund.example", "text": 'one\n"two"; three'}, files={"photo": files})
    [row] = await table(desk, form)
    assert (row["text"].splitlines(), row["photo"]) == (["one", '"two"; three'], "a, b")


async def test_names_that_anybody_makes_up_do_not_make_it_ever_wider(
    desk: FormDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "MOST_OTHERS", 1)
    form = await desk.form(EMAIL)
    await desk.submit(form, {"email": "eva@kund.example", "a": "1"})
    await desk.submit(form, {"email": "eva@kund.example", "a": "2", "b": "3", "c": "4"})
    newest, _ = await table(desk, form)
    assert (newest["extra: a"], newest["_extra"]) == ("2", '{"b":"3","c":"4"}')


@pytest.mark.parametrize("format_", ["csv", "json"])
async def test_it_is_read_batch_by_batch_and_narrowed_as_the_list(
    desk: FormDesk, monkeypatch: pytest.MonkeyPatch, format_: str
) -> None:
    monkeypatch.setattr(export, "BATCH", 2)
    form = await desk.form(EMAIL)
    made = [str(await desk.submit(form, {"email": f"{n}@kund.example"})) for n in range(4)]
    made.append(str(await desk.submit(form, {"email": "5@kund.example"}, caught="too fast")))
    query = f"format={format_}&state=accepted"
    if format_ == "csv":
        found = [row["_id"] for row in await table(desk, form, query)]
    else:
        found = [item["id"] for item in await as_json(desk, form, query)]
    assert found == made[3::-1]


async def test_json_is_what_the_list_shows(desk: FormDesk) -> None:
    form = await desk.form(EMAIL)
    assert await as_json(desk, form) == []
    await desk.submit(form, {"email": "eva@kund.example", "utm": "letter"})
    shown = await desk.call("GET", f"forms/{form.form_id}/submissions")
    assert await as_json(desk, form) == shown["items"]


async def as_json(desk: FormDesk, form: Definition, query: str = "format=json") -> list[dict[str, Any]]:
    answer = await desk.chief.get(f"forms/{form.form_id}/export?{query}")
    assert answer.headers["content-type"] == "application/json"
    return list(answer.json())
