"""What is wrong with a routing is refused with its field and the mend, or marked where it became wrong later."""

from __future__ import annotations

from typing import Any

import pytest

from kanal.kit.ids import new_id
from tests.make.mail_desk import MailDesk

NOBODY = str(new_id())


@pytest.fixture
def desk(mail_desk: MailDesk) -> MailDesk:
    return mail_desk


@pytest.mark.parametrize(
    ("routing", "field", "mend"),
    [
        ({"to": {"users": [NOBODY]}}, "to.users.0", "there is no such member; take them out"),
        ({"to": {"teams": [NOBODY]}}, "to.teams.0", "there is no such team any more; take it out"),
        ({"rules": [{"require_skills": [NOBODY]}]}, "rules.0.require_skills.0", "no such skill"),
        ({"properties": {"colour": "red"}}, "properties.colour", "there is no property with this key"),
        ({"properties": {"priority": "huge"}}, "properties.priority", "write one of low, normal, high, urgent"),
        ({"properties": {"status": "lost"}}, "properties.status", "no such open status"),
        ({"properties": {"status": "closed"}}, "properties.status", "no such open status"),
        ({"properties": {"pipeline": NOBODY}}, "properties.pipeline", "there is no such pipeline any more"),
        ({"fallback": {"assign": "contact_owner"}}, "fallback.assign", "would lead back to the contact's owner"),
        ({"rules": [{"to": {"contact_owner": True}}]}, "rules.0.to.contact_owner", "would lead back"),
        ({"working_hours": {"mon": [["17:00", "09:00"]]}}, "working_hours.mon.0", "does not end after it begins"),
        ({"timezone": "Europe/Stokholm"}, "timezone", "id you mean Europe/Stockholm?"),
        ({"rules": [{"when": {"field": "ticket.colour", "operator": "is"}}]}, "rules.0.when.field", "choose another"),
        ({"rules": [{}, {"when": {"any": []}}]}, "rules.1.when.any", "add a condition"),
        ({"answer_limit_hours": -1}, "answer_limit_hours", "write a number from 0 to 10,000"),
        ({"waiting_too_long_minutes": 0}, "waiting_too_long_minutes", "write a number from 1 to 100,000"),
        ({"rules": [{"fewer_skills_after": 0}]}, "rules.0.fewer_skills_after", "write a number from 1 to 100,000"),
        ({"rules": [{"name": "x" * 201}]}, "rules.0.name", "one line of at most 200 characters"),
        ({"only_available": "yes"}, "only_available", "Expected `bool`, got `str`"),
        ({"rules": [{"to": {"users": ["ana"]}}]}, "rules.0.to.users.0", "Invalid UUID"),
        ({"sort": "up"}, "sort", "there is no such part of a routing"),
    ],
)
async def test_bad_input_is_refused_by_field(desk: MailDesk, routing: dict[str, Any], field: str, mend: str) -> None:
    refused = await desk.refused(**routing)
    assert list(refused) == [f"routing.{field}"]
    assert mend in refused[f"routing.{field}"]
    assert (await desk.call("GET", f"channels/{desk.channel}"))["routing_version"] == 1


async def test_skills_that_no_seat_holder_has_together_are_refused(desk: MailDesk) -> None:
    finnish, swedish = await desk.skills("Finnish", "Swedish")
    await desk.member("ana", skills=[{"id": finnish, "level": "main"}])
    bo = await desk.member("bo", skills=[{"id": swedish, "level": "main"}])
    refused = await desk.refused(rules=[{"require_skills": [finnish, swedish]}])
    assert refused == {
        "routing.rules.0.require_skills": "nobody with a seat has Finnish and Swedish; give somebody the skill, or ask "
        "for less"
    }
    await desk.route(to={"users": [bo]}, rules=[{"require_skills": [swedish]}])
    await desk.call("PATCH", f"members/{bo}", seat=False)
    channel = await desk.call("GET", f"channels/{desk.channel}")
    assert {each["code"] for each in channel["routing_problems"]} == {"no_seat", "skills_nobody_has"}


async def test_what_may_not_be_as_it_was_meant_is_a_warning(desk: MailDesk) -> None:
    [finnish] = await desk.skills("Finnish")
    ana = await desk.member("ana", skills=[{"id": finnish, "level": "main"}], away=True)
    bo, team = await desk.member("bo"), await desk.team("Empty")
    rules = [{"require_skills": [finnish]}, {"require_skills": [finnish], "to": {"users": [bo]}}, {"to": {}}]
    channel = await desk.route(to={"users": [ana], "teams": [team]}, rules=rules)
    assert [(each["field"], each["code"], each["warning"]) for each in channel["routing_problems"]] == [
        ("routing.rules.0.require_skills", "nobody_with_skills_at_work", True),
        ("routing.rules.1.require_skills", "skills_none_of_the_targets_has", True),
        ("routing.rules.2.to", "no_targets", True),
        ("routing.to.teams.0", "team_without_main_members", True),
    ]


async def test_rules_are_given_ids_that_stay_with_them(desk: MailDesk) -> None:
    first = await desk.route(rules=[{"name": "A"}, {"name": "B"}])
    a, b = first["routing"]["rules"]
    again = await desk.route(rules=[b, a, a | {"name": "C"}])
    ids = [rule["id"] for rule in again["routing"]["rules"]]
    assert ids[:2] == [b["id"], a["id"]]
    assert len(set(ids)) == 3
    assert (first["routing_version"], again["routing_version"]) == (2, 3)


async def test_k8_what_is_left_out_is_as_it_always_was(desk: MailDesk) -> None:
    channel = await desk.call("GET", f"channels/{desk.channel}")
    assert channel["routing"] == {
        "properties": {},
        "rules": [],
        "assign": "none",
        "to": {"users": [], "teams": []},
        "fallback": {"users": [], "teams": []},
        "only_available": True,
        "give_out_waiting": True,
        "distribution": "fewest_open",
        "answer_limit_hours": 4,
        "owner_wait_hours": 4,
        "waiting_too_long_minutes": None,
        "working_hours": None,
        "timezone": "UTC",
    }
    assert channel["routing_problems"] == []
