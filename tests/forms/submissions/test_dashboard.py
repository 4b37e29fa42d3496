"""The dashboard of what was sent with a form: every answer as the form was, found and counted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from kanal.channelkit.submissions import SubmittedFile
from kanal.forms.definitions import actions
from kanal.forms.definitions.models import FormChange
from kanal.forms.models import Definition
from kanal.forms.submissions import queries
from kanal.forms.submissions.arriving import TakenFile
from kanal.forms.submissions.models import Asked, Sight
from kanal.kit import clock
from kanal.kit.ids import new_id
from tests.make.form_desk import FormDesk
from tests.make.forms import field
from tests.make.statements import counted

EMAIL = field("email", "email", property="contact.email")
HIDDEN = field("campaign", hidden=True, default="spring")
GIVEN = {"email": "eva@kund.example", "campaign": "autumn", "utm_source": "letter"}


async def listed(desk: FormDesk, form: Definition, query: str = "") -> list[dict[str, Any]]:
    return list((await desk.call("GET", f"forms/{form.form_id}/submissions?{query}"))["items"])


async def test_frm_8_dashboard_shows_hidden_fields_and_what_came_under_other_names(desk: FormDesk) -> None:
    form = await desk.form(EMAIL, HIDDEN)
    await desk.connect(form)
    await desk.submit(form, GIVEN, page="https://shop.example/help")
    [shown] = await listed(desk, form)
    assert [(a["name"], a["value"], a["hidden"]) for a in shown["answers"]] == [
        ("email", "eva@kund.example", False),
        ("campaign", "autumn", True),
    ]
    assert shown["extra"] == {"utm_source": "letter"}
    assert shown["page"] == "https://shop.example/help"
    ticket = await desk.ticket()
    assert shown["ticket"] == {"id": str(ticket["id"]), "number": ticket["number"], "subject": ticket["subject"]}
    assert shown["fate"].startswith("ticket")


async def test_a_submission_shows_the_form_as_it_was(desk: FormDesk) -> None:
    form = await desk.form(EMAIL, field("size", "select", options=["s", "l"], labels={"s": "Small"}))
    await desk.submit(form, {"email": "eva@kund.example", "size": "s"})
    async with desk.db.transaction(desk.account) as tx:
        change = FormChange(name="Renamed", fields=[field("email", "email", label="Your address")])
        await actions.change(tx, form.form_id, change, None)
    [shown] = await listed(desk, form)
    assert shown["form"] == {"id": str(form.form_id), "name": "Contact us", "version": 1}
    assert [(a["label"], a["text"]) for a in shown["answers"]] == [("Email", "eva@kund.example"), ("Size", "Small")]


async def test_answers_are_written_in_the_forms_language(desk: FormDesk) -> None:
    ticked, missing = field("news", "checkbox"), field("note")
    form = await desk.form(ticked, missing, field("rooms", "number"), language="sv")
    await desk.submit(form, {"news": "on", "rooms": "3"})
    [shown] = await listed(desk, form)
    assert [(a["value"], a["text"]) for a in shown["answers"]] == [(True, "Ja"), (None, ""), (3, "3")]


async def test_pages_go_from_newest_to_oldest_and_end(desk: FormDesk) -> None:
    form = await desk.form(EMAIL)
    made = [str(await desk.submit(form, {"email": f"{n}@kund.example"})) for n in range(5)]
    path, seen, after = f"forms/{form.form_id}/submissions?limit=2", list[str](), ""
    while True:
        page = await desk.call("GET", path + after)
        seen += [item["id"] for item in page["items"]]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert seen == made[::-1]


async def test_the_list_is_narrowed_by_all_its_filters(desk: FormDesk) -> None:
    form = await desk.form(EMAIL, field("text"))
    old = clock.now() - timedelta(days=3)
    one = str(await desk.submit(form, {"email": "eva@kund.example", "text": '100% "Löök_s" c:\\dir'}, source="api"))
    two = str(await desk.submit(form, {"email": "olle@kund.example", "text": "1000 lamps"}, caught="too fast"))
    await desk.run("update form_submissions set received_at = %s where id = %s", (old, two))
    [eva] = await desk.rows("select contact_id from form_submissions where id = %s", (one,))
    both = [one, two]
    today = f"{clock.now():%Y-%m-%d}"
    asked = {
        "": both,
        "state=accepted": [one],
        "state=caught": [two],
        "q=100%25": [one],
        "q=%22löök_": [one],
        "q=c:%5Cdir": [one],
        "q=%00LAMPS": [two],
        "q=LAMPS": [two],
        "q=text": [],
        "source=api": [one],
        f"contact={eva['contact_id']}": [one],
        f"from={today}": [one],
        f"until={today}": both,
        f"until={old:%Y-%m-%d}": [two],
        f"from={old:%Y-%m-%dT%H:%M:%SZ}&until={clock.now():%Y-%m-%dT00:00:00Z}": [two],
    }
    found = {query: [item["id"] for item in await listed(desk, form, query)] for query in asked}
    assert found == asked


async def test_counts_follow_the_filters(desk: FormDesk) -> None:
    form = await desk.form(EMAIL)
    await desk.submit(form, {"email": "eva@kund.example"})
    await desk.submit(form, {"email": "eva@kund.example"}, caught="too fast")
    path = f"forms/{form.form_id}/submissions/counts"
    assert await desk.call("GET", path) == {"accepted": 1, "caught": 1}
    assert await desk.call("GET", f"{path}?q=olle") == {"accepted": 0, "caught": 0}


async def test_figures_have_every_day_also_those_on_which_nothing_happened(desk: FormDesk) -> None:
    form = await desk.form(EMAIL)
    await desk.submit(form, {"email": "eva@kund.example"})
    await desk.run("update form_days set views = 7, starts = 3")
    figures = await desk.call("GET", f"forms/{form.form_id}/figures")
    assert len(figures["days"]) == 30
    assert figures["days"][-1] == {
        "day": f"{clock.now():%Y-%m-%d}", "views": 7, "starts": 3, "submissions": 1, "caught": 0,
    }  # fmt: skip
    assert figures["totals"] == {"views": 7, "starts": 3, "submissions": 1, "caught": 0}
    assert figures["days"][0]["views"] == 0


async def test_questions_that_make_no_sense_are_refused(desk: FormDesk) -> None:
    form = await desk.form(EMAIL)
    base = f"forms/{form.form_id}"
    refused = {
        f"{base}/figures?from=2026-02-01&until=2026-01-01": 422,
        f"{base}/figures?from=1990-01-01": 422,
        f"{base}/submissions?from=yesterday": 422,
        f"{base}/submissions?until=2026-01-01T00:00:00": 422,
        f"{base}/submissions?after=abc": 422,
        f"{base}/submissions?state=odd": 422,
        f"forms/{new_id()}/submissions": 404,
        f"forms/{new_id()}/figures": 404,
        f"forms/{new_id()}/export": 404,
        f"{base}/submissions/{new_id()}": 404,
    }
    assert {path: (await desk.chief.get(path)).status_code for path in refused} == refused


async def test_a_file_is_handed_out_to_be_kept_unless_something_was_found_in_it(desk: FormDesk) -> None:
    form = await desk.form(EMAIL, field("photo", "file"))
    blob = await desk.site.storage.put(b"<script>")
    file = SubmittedFile(name='a"b å.html', content_type="text/html", size=8, blob=blob)
    files = {"photo": [TakenFile(file=file), TakenFile(file=file, virus="Eicar")]}
    await desk.submit(form, {"email": "eva@kund.example"}, files=files)
    [shown] = await listed(desk, form)
    good, bad = shown["answers"][1]["files"]
    base = f"forms/{form.form_id}/submissions/{shown['id']}/files"
    answer = await desk.chief.get(f"{base}/{good['id']}")
    assert answer.content == b"<script>"
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment; ")
    assert answer.headers["x-content-type-options"] == "nosniff"
    refused = await desk.chief.get(f"{base}/{bad['id']}")
    assert (refused.status_code, refused.json()["type"].rpartition("/")[2]) == (403, "infected")


async def test_a_ticket_that_the_reader_may_not_see_is_not_named(desk: FormDesk) -> None:
    form = await desk.form(EMAIL)
    channel = UUID(await desk.connect(form))
    await desk.submit(form, {"email": "eva@kund.example"})
    await desk.run("update channels set open_to = 'teams' where id = %s", (channel,))
    await desk.run("update roles set sees = 'channels' where key = 'super_admin'")
    [shown] = await listed(desk, form)
    assert shown["ticket"] is None


async def test_the_number_of_statements_does_not_grow_with_the_list(desk: FormDesk) -> None:
    form = await desk.form(EMAIL)
    await desk.connect(form)
    ran = []
    for sent in (1, 5):
        for n in range(sent):
            await desk.submit(form, {"email": f"{sent}{n}@kund.example"})
        async with desk.db.transaction(desk.account) as tx:
            with counted(tx) as statements:
                await queries.page(tx, form.form_id, Asked(), Sight("true", {}), most=50)
            ran.append(len(statements))
    assert ran[0] == ran[1] <= 3
