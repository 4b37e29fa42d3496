"""What was caught is let in by a person, from the dashboard or from the quarantine."""

from __future__ import annotations

from uuid import UUID

from tests.make.form_desk import FormDesk
from tests.make.forms import field

EMAIL = field("email", "email", property="contact.email")
NAME = field("name", property="contact.name")
EVA = {"email": "eva@kund.example", "name": "Eva Ek"}
CAUGHT = "too many from one address"


async def states(desk: FormDesk) -> list[str]:
    return [row["state"] for row in await desk.rows("select state from raw_events")]


async def test_what_is_caught_is_quarantined_with_the_reason_and_knows_no_contact(desk: FormDesk) -> None:
    form = await desk.form(EMAIL, NAME)
    await desk.connect(form)
    await desk.submit(form, EVA, caught=CAUGHT)
    [shown] = (await desk.call("GET", f"forms/{form.form_id}/submissions"))["items"]
    assert (shown["caught"], shown["contact"]) == (CAUGHT, None)
    assert shown["fate"] == f"quarantined: {CAUGHT}"
    assert await desk.rows("select id from tickets") == []


async def test_let_in_it_gets_its_contact_and_its_ticket(desk: FormDesk) -> None:
    form = await desk.form(EMAIL, NAME)
    await desk.connect(form)
    submission = await desk.submit(form, EVA, caught=CAUGHT)
    shown = await desk.call("POST", f"forms/{form.form_id}/submissions/{submission}/release")
    assert (shown["caught"], shown["contact"]["name"]) == ("", "Eva Ek")
    await desk.drain_all()
    assert (await desk.ticket())["contact_id"] == UUID(shown["contact"]["id"])
    [day] = await desk.rows("select submissions, caught from form_days")
    assert day == {"submissions": 1, "caught": 0}
    [told] = await desk.rows("select data from events where name = 'submission.released'")
    assert told["data"]["why"] == CAUGHT


async def test_let_in_from_the_quarantine_it_is_let_in_on_the_dashboard_too(desk: FormDesk) -> None:
    form = await desk.form(EMAIL, NAME)
    await desk.connect(form)
    submission = await desk.submit(form, EVA, caught=CAUGHT)
    [raw] = await desk.rows("select id from raw_events")
    await desk.call("POST", f"raw-events/{raw['id']}/replay")
    await desk.drain_all()
    shown = await desk.call("GET", f"forms/{form.form_id}/submissions/{submission}")
    assert (shown["caught"], shown["contact"]["name"]) == ("", "Eva Ek")
    assert shown["ticket"] is not None


async def test_without_a_channel_it_is_let_in_all_the_same(desk: FormDesk) -> None:
    form = await desk.form(EMAIL, NAME)
    submission = await desk.submit(form, EVA, caught=CAUGHT)
    shown = await desk.call("POST", f"forms/{form.form_id}/submissions/{submission}/release")
    assert (shown["caught"], shown["contact"]["name"], shown["fate"]) == ("", "Eva Ek", "")


async def test_while_its_channel_is_off_it_waits_and_is_believed_when_that_is_on_again(desk: FormDesk) -> None:
    form = await desk.form(EMAIL, NAME)
    channel = await desk.connect(form)
    submission = await desk.submit(form, EVA, caught=CAUGHT)
    await desk.call("PATCH", f"channels/{channel}", active=False)
    await desk.call("POST", f"forms/{form.form_id}/submissions/{submission}/release")
    assert await states(desk) == ["quarantined"]
    await desk.call("PATCH", f"channels/{channel}", active=True)
    [raw] = await desk.rows("select id from raw_events")
    await desk.call("POST", f"raw-events/{raw['id']}/replay")
    await desk.drain_all()
    assert await states(desk) == ["ticket"]


async def test_what_is_no_spam_cannot_be_let_in(desk: FormDesk) -> None:
    form = await desk.form(EMAIL, NAME)
    submission = await desk.submit(form, EVA)
    answer = await desk.chief.post(f"forms/{form.form_id}/submissions/{submission}/release")
    assert answer.status_code == 409
