"""Taking submissions away takes all that was kept of them, and no ticket."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from kanal.channelkit.submissions import SubmittedFile
from kanal.forms.models import Definition
from kanal.forms.submissions.arriving import TakenFile
from kanal.kit.ids import new_id
from tests.make.form_desk import FormDesk
from tests.make.forms import field

EMAIL = field("email", "email", property="contact.email")
EVA = {"email": "eva@kund.example"}


async def with_photo(desk: FormDesk, form: Definition, content: bytes = b"photo") -> tuple[UUID, str]:
    """A submission with a file; what storage calls that."""
    blob = await desk.site.storage.put(content)
    file = SubmittedFile(name="a.png", content_type="image/png", size=len(content), blob=blob)
    return await desk.submit(form, EVA, files={"photo": [TakenFile(file=file)]}), blob


async def photo_form(desk: FormDesk) -> Definition:
    return await desk.form(EMAIL, field("photo", "file"))


async def deleted(desk: FormDesk) -> list[dict[str, Any]]:
    return await desk.rows("select data, contact_id from events where name = 'submission.deleted'")


async def test_row_and_files_go(desk: FormDesk) -> None:
    form = await photo_form(desk)
    submission, blob = await with_photo(desk, form)
    await desk.call("DELETE", f"forms/{form.form_id}/submissions/{submission}")
    assert await desk.rows("select id from form_submissions") == await desk.rows("select id from form_files") == []
    assert not await desk.site.storage.exists(blob)
    [told] = await deleted(desk)
    assert told["data"] == {"form_id": str(form.form_id), "submission_id": str(submission)}


async def test_a_ticket_stays_with_its_files_and_the_bytes_of_the_raw_event_go(desk: FormDesk) -> None:
    form = await photo_form(desk)
    await desk.connect(form)
    submission, blob = await with_photo(desk, form)
    await desk.call("DELETE", f"forms/{form.form_id}/submissions/{submission}")
    [raw] = await desk.rows("select body, blob, state from raw_events")
    assert raw == {"body": None, "blob": None, "state": "ticket"}
    assert (await desk.ticket())["contact_id"] is not None
    assert await desk.site.storage.exists(blob)


async def test_a_file_that_somebody_else_sent_too_stays(desk: FormDesk) -> None:
    form = await photo_form(desk)
    first, blob = await with_photo(desk, form)
    await with_photo(desk, form)
    await desk.call("DELETE", f"forms/{form.form_id}/submissions/{first}")
    assert await desk.site.storage.exists(blob)


async def test_what_was_not_yet_taken_in_becomes_no_ticket_any_more(desk: FormDesk) -> None:
    form = await photo_form(desk)
    await desk.connect(form)
    await desk.run("update channels set active = false where kind = 'form'")
    submission, _ = await with_photo(desk, form)
    await desk.call("DELETE", f"forms/{form.form_id}/submissions/{submission}")
    [raw] = await desk.rows("select body, state, reason from raw_events")
    assert raw == {"body": None, "state": "quarantined", "reason": "the submission was deleted"}


async def test_all_of_a_contacts_go_at_once(desk: FormDesk) -> None:
    one, other = await photo_form(desk), await desk.form(EMAIL)
    await with_photo(desk, one)
    await desk.submit(other, EVA)
    await desk.submit(other, {"email": "olle@kund.example"})
    [contact] = await desk.rows("select contact_id as id from handles where key = 'eva@kund.example'")
    assert await desk.call("DELETE", f"contacts/{contact['id']}/submissions") == {"deleted": 2}
    assert len(await desk.rows("select id from form_submissions")) == 1
    assert {told["contact_id"] for told in await deleted(desk)} == {contact["id"]}


async def test_what_is_not_there_is_not_found(desk: FormDesk) -> None:
    form, other = await photo_form(desk), await desk.form(EMAIL)
    submission, _ = await with_photo(desk, form)
    for path in (
        f"forms/{other.form_id}/submissions/{submission}",
        f"forms/{form.form_id}/submissions/{new_id()}",
        f"contacts/{new_id()}/submissions",
    ):
        assert (await desk.chief.delete(path)).status_code == 404
