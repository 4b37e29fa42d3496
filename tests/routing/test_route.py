"""Mail comes in through the SMTP door and is given to whom the channel's routing says (SPEC 11.1 and 11.2)."""

from __future__ import annotations

import pytest

from tests.make.mail_desk import MailDesk


@pytest.fixture
def desk(mail_desk: MailDesk) -> MailDesk:
    return mail_desk


async def test_route_4_none_leaves_tickets_unassigned_and_outside_the_queue(desk: MailDesk) -> None:
    await desk.member("ana")
    await desk.route(assign="none")
    ticket = await desk.mail()
    assert await desk.whose(ticket) == [None]
    assert await desk.outcome(ticket) == ("unassigned", "assign_none")
    assert await desk.queue() == []


async def test_route_5_users_and_members_of_teams_are_given_tickets(desk: MailDesk) -> None:
    ana, bo, _ = [await desk.member(name) for name in ("ana", "bo", "cia")]
    team = await desk.team("Lamps", bo)
    await desk.route(to={"users": [ana], "teams": [team]})
    tickets = await desk.mails(4)
    assert sorted(await desk.whose(*tickets), key=str) == sorted([ana, ana, bo, bo])


async def test_route_1_rules_belong_to_one_channel_and_are_set_by_whoever_holds_a_seat(desk: MailDesk) -> None:
    ana = await desk.member("ana")
    await desk.route(to={"users": [ana]})
    sales = await desk.call(
        "POST", "channels", kind="email", name="Sales", settings={"method": "forwarding", "address": "sales@a.example"}
    )
    assert sales["routing"]["assign"] == "none"
    ours, theirs = await desk.mail(), await desk.mail(to=sales["settings"]["forwarding_address"])
    assert await desk.whose(ours, theirs) == [ana, None]
    async with await desk.site.program("seatless", "admin", has_seat=False) as admin:
        path = f"/api/v1/channels/{desk.channel}"
        assert (await admin.patch(path, json={"routing": {"assign": "none"}})).status_code == 403
        assert (await admin.patch(path, json={"name": "New name"})).status_code == 200


async def test_k3_who_may_edit_routing_alone_changes_nothing_else_of_a_channel(desk: MailDesk) -> None:
    role = await desk.call(
        "POST", "roles", name="Router", permissions=["read", "answer", "edit_routing"], sees="channels"
    )
    ana = await desk.member("ana", role=role["key"])
    async with await desk.site.program("ana") as program:
        path = f"/api/v1/channels/{desk.channel}"
        wanted = {"routing": {"assign": "members", "to": {"users": [ana]}}}
        assert (await program.patch(path, json=wanted)).status_code == 200
        assert (await program.patch(path, json={"name": "New"})).status_code == 403
        assert (await program.patch(path, json=wanted | {"name": "New"})).status_code == 403


async def test_route_2_the_channel_sets_properties_of_its_new_tickets(desk: MailDesk) -> None:
    team = await desk.team("Lamps")
    await desk.call("POST", "properties", object="ticket", label="Product", type="text")
    pipeline = await desk.call(
        "POST",
        "pipelines",
        name="Returns",
        statuses=[{"name": "Asked", "key": "asked"}, {"name": "Sent back", "key": "back"}, _closed()],
    )
    given = {"pipeline": pipeline["id"], "status": "back", "priority": "high", "team": team, "product": "Lamp 3"}
    await desk.route(assign="none", properties=given)
    shown = await desk.call("GET", f"tickets/{await desk.mail()}")
    assert (shown["status"]["key"], shown["priority"], shown["team"]["id"]) == ("back", "high", team)
    assert shown["custom"] == {"product": "Lamp 3"}


async def test_route_2_a_property_that_became_invalid_is_passed_over_and_the_rest_is_set(desk: MailDesk) -> None:
    team = await desk.team("Lamps")
    await desk.route(assign="none", properties={"priority": "urgent", "team": team})
    await desk.call("DELETE", f"teams/{team}?force=true")
    shown = await desk.call("GET", f"tickets/{await desk.mail()}")
    assert (shown["priority"], shown["team"]) == ("urgent", None)
    channel = await desk.call("GET", f"channels/{desk.channel}")
    assert [problem["field"] for problem in channel["routing_problems"]] == ["routing.properties.team"]


async def test_route_3_and_22_the_first_rule_that_holds_asks_for_its_skills(desk: MailDesk) -> None:
    finnish, swedish = await desk.skills("Finnish", "Swedish")
    ana = await desk.member("ana", skills=[{"id": finnish, "level": "secondary"}, {"id": swedish, "level": "main"}])
    bo = await desk.member("bo", skills=[{"id": swedish, "level": "main"}])
    rules = [
        _rule("Suomi", "message.subject", "contains", "lamppu", require_skills=[finnish]),
        _rule("Svenska", "message.subject", "contains", "lamp", require_skills=[swedish]),
    ]
    await desk.route(to={"users": [ana, bo]}, rules=rules)
    first, second = await desk.mail(subject="Lamppu rikki"), await desk.mail(subject="Lampa")
    assert await desk.whose(first, second) == [ana, bo]
    why = await desk.why(first)
    assert (why["rule"]["name"], why["rule"]["number"]) == ("Suomi", 1)
    assert await desk.reasons(first) == {ana: ["chosen"], bo: ["lacks_skills"]}
    [bos] = [each for each in why["candidates"] if each["member"] == bo]
    assert bos["reasons"][0]["text"] == "lacks Finnish"


async def test_route_6_the_contacts_owner_is_given_the_ticket_and_needs_no_skill(desk: MailDesk) -> None:
    ana, bo = await desk.member("ana"), await desk.member("bo")
    [finnish] = await desk.skills("Finnish")
    await desk.call("PATCH", f"members/{bo}", skills=[{"id": finnish, "level": "main"}])
    first = await desk.mail()
    await desk.own("eva@kund.example", ana)
    rule = _rule("All", "message.subject", "contains", "lamp", require_skills=[finnish])
    await desk.route(assign="contact_owner", fallback={"users": [bo]}, rules=[rule])
    second, unknown = await desk.mail(), await desk.mail(sender="bea@kund.example")
    assert await desk.whose(first, second, unknown) == [None, ana, bo]
    assert (await desk.outcome(second), await desk.outcome(unknown)) == (("assigned", "owner"), ("assigned", "chosen"))


async def test_route_6_without_an_owner_and_a_fallback_nobody_has_it(desk: MailDesk) -> None:
    await desk.route(assign="contact_owner")
    ticket = await desk.mail()
    assert await desk.outcome(ticket) == ("unassigned", "no_owner")
    assert await desk.queue() == []


async def test_route_7_an_owner_who_is_away_is_mailed_what_the_customer_wrote(desk: MailDesk) -> None:
    ana = await desk.member("ana")
    await desk.mail()
    await desk.own("eva@kund.example", ana)
    await desk.away(ana, minutes=60)
    await desk.route(assign="contact_owner")
    ticket = await desk.mail(subject="Again")
    assert await desk.outcome(ticket) == ("waiting", "owner_away")
    [mail] = await desk.rows("select member_id, ticket_id, message_id from member_mails where kind = 'contact_owner'")
    assert (str(mail["member_id"]), str(mail["ticket_id"])) == (ana, ticket)
    [said] = await desk.rows("select subject from messages where id = %s", (mail["message_id"],))
    assert said["subject"] == "Again"


async def test_k6_the_owner_is_waited_for_and_shown_in_the_queue(desk: MailDesk) -> None:
    ana, bo = await desk.member("ana"), await desk.member("bo")
    await desk.mail()
    await desk.own("eva@kund.example", ana)
    await desk.away(ana, minutes=60)
    await desk.route(assign="contact_owner", fallback={"users": [bo]})
    ticket = await desk.mail()
    place = (await desk.why(ticket))["queue"]
    assert (place["owner"]["id"], place["position"], place["why"]) == (ana, 1, "owner_away")
    assert place["owner_until"] is not None
    assert await desk.reasons(ticket) == {ana: ["away"]}


async def test_k6_an_owner_who_is_away_for_longer_is_not_waited_for(desk: MailDesk) -> None:
    ana, bo = await desk.member("ana"), await desk.member("bo")
    await desk.mail()
    await desk.own("eva@kund.example", ana)
    await desk.route(assign="contact_owner", fallback={"users": [bo]}, owner_wait_hours=4)
    await desk.away(ana, minutes=5 * 60)
    assert await desk.whose(await desk.mail()) == [bo]
    assert len(await desk.rows("select id from member_mails where kind = 'contact_owner'")) == 1
    await desk.call("POST", f"members/{ana}/deactivate", tickets="keep")
    gone = await desk.mail()
    assert await desk.whose(gone) == [bo]
    assert await desk.reasons(gone) == {bo: ["chosen"], ana: ["deactivated"]}


async def test_k6_with_only_available_off_the_absent_owner_has_it_and_is_mailed(desk: MailDesk) -> None:
    ana = await desk.member("ana")
    await desk.mail()
    await desk.own("eva@kund.example", ana)
    await desk.away(ana)
    await desk.route(assign="contact_owner", only_available=False)
    assert await desk.whose(await desk.mail()) == [ana]
    assert len(await desk.rows("select id from member_mails where kind = 'contact_owner'")) == 1


async def test_k6_an_owner_who_is_full_is_passed_over_at_once(desk: MailDesk) -> None:
    ana, bo = await desk.member("ana", capacity={"total": 1}), await desk.member("bo")
    await desk.mail()
    await desk.own("eva@kund.example", ana)
    await desk.route(assign="contact_owner", fallback={"users": [bo]})
    first, second = await desk.mail(), await desk.mail()
    assert await desk.whose(first, second) == [ana, bo]
    assert (await desk.reasons(second))[ana] == ["full"]


async def test_route_8_only_available_people_are_given_tickets_unless_that_is_switched_off(desk: MailDesk) -> None:
    ana = await desk.member("ana", away=True)
    await desk.route(to={"users": [ana]})
    waiting = await desk.mail()
    assert await desk.whose(waiting) == [None]
    assert await desk.reasons(waiting) == {ana: ["away"]}
    assert "away since 2" in (await desk.why(waiting))["candidates"][0]["reasons"][0]["text"]
    await desk.route(to={"users": [ana]}, only_available=False)
    assert await desk.whose(await desk.mail()) == [ana]


async def test_route_9_and_k3_only_seat_holders_can_be_named(desk: MailDesk) -> None:
    ana, bo = await desk.member("ana"), await desk.member("bo", seat=False)
    rules = [{"to": {"users": [ana]}}, {"to": {"users": [ana, bo]}}]
    refused = await desk.refused(to={"users": [bo]}, fallback={"users": [bo]}, rules=rules)
    assert set(refused) == {"routing.to.users.0", "routing.fallback.users.0", "routing.rules.1.to.users.1"}
    assert "has no seat; give them one, or take them out" in refused["routing.to.users.0"]


async def test_route_10_without_rules_nobody_has_it_and_any_agent_gives_it_to_whom_they_like(desk: MailDesk) -> None:
    bo, cia = await desk.member("bo"), await desk.member("cia")
    ticket = await desk.mail()
    async with await desk.site.program("bo") as program:
        answer = await program.patch(f"/api/v1/tickets/{ticket}", json={"assignee": cia})
        assert answer.status_code == 200
    why = await desk.why(ticket)
    assert (why["assignee"]["id"], why["decision"]["why"], why["decision"]["actor"]) == (cia, "by_hand", bo)
    assert [each["why"] for each in why["history"]] == ["assign_none"]
    assert why["decision"]["text"] == "Given to Cia Agent by hand."


async def test_a_change_of_something_else_is_no_decision(desk: MailDesk) -> None:
    ana = await desk.member("ana")
    ticket = await desk.mail()
    await desk.run("update tickets set assignee_id = %s", (ana,))
    await desk.call("PATCH", f"tickets/{ticket}", priority="high")
    await desk.call("POST", f"tickets/{ticket}/replies", text="We look into it")
    assert await desk.outcome(ticket) == ("unassigned", "assign_none")


async def test_route_11_whoever_may_not_answer_is_not_routed_to(desk: MailDesk) -> None:
    ana, bo = await desk.member("ana"), await desk.member("bo")
    team = await desk.team("Lamps", ana, bo)
    await desk.route(to={"users": [ana], "teams": [team]})
    await desk.call("PATCH", f"members/{ana}", role="viewer")
    ticket = await desk.mail()
    assert await desk.whose(ticket) == [bo]
    assert await desk.reasons(ticket) == {bo: ["chosen"], ana: ["may_not_answer"]}
    assert "routing.to.users.0" in await desk.refused(to={"users": [await desk.member("cia", role="viewer")]})


async def test_route_12_only_main_members_of_a_team_are_given_tickets(desk: MailDesk) -> None:
    ana, bo = await desk.member("ana"), await desk.member("bo")
    team = await desk.team("Lamps", ana, extras=(bo,))
    await desk.route(to={"teams": [team]})
    tickets = await desk.mails(3)
    assert await desk.whose(*tickets) == [ana] * 3
    assert (await desk.reasons(tickets[2]))[bo] == ["extra_member"]
    shown = await desk.call("GET", f"tickets/{tickets[0]}")
    assert shown["team"]["id"] == team


async def test_a_ticket_for_one_team_is_the_teams_while_it_waits_and_one_set_before_stays(desk: MailDesk) -> None:
    ana = await desk.member("ana", away=True)
    lamps, fans = await desk.team("Lamps", ana), await desk.team("Fans")
    await desk.route(to={"teams": [lamps]})
    waiting = await desk.call("GET", f"tickets/{await desk.mail()}")
    assert (waiting["assignee"], waiting["team"]["id"]) == (None, lamps)
    await desk.route(to={"teams": [lamps]}, properties={"team": fans})
    assert (await desk.call("GET", f"tickets/{await desk.mail()}"))["team"]["id"] == fans


async def test_route_13_the_fewest_open_then_whoever_waited_longest_for_one(desk: MailDesk) -> None:
    ana, bo = await desk.member("ana"), await desk.member("bo")
    await desk.route(to={"users": [ana, bo]})
    one, two, three = await desk.mails(3)
    first, second = await desk.whose(one, two)
    assert {first, second} == {ana, bo}
    assert await desk.whose(three) == [first]
    assert (await desk.reasons(three))[str(second)] == ["had_one_later"]
    four = await desk.mail()
    assert await desk.whose(four) == [second]
    [other] = [each for each in (await desk.why(four))["candidates"] if each["member"] == first]
    [reason] = other["reasons"]
    assert (reason["code"], reason["open"], reason["than"]) == ("has_more_open", 2, 1)
    assert reason["text"] == "had 2 open, whoever was chosen 1"


async def test_route_13_a_batch_goes_on_where_the_one_before_ended(desk: MailDesk) -> None:
    members = [await desk.member(name) for name in ("ana", "bo", "cia")]
    await desk.route(to={"users": members}, distribution="round_robin")
    first, second = await desk.mails(4), await desk.mails(2)
    given = await desk.whose(*first, *second)
    assert given == (given[:3] * 2)


async def test_route_14_the_fallback_stands_behind_the_owner(desk: MailDesk) -> None:
    bo = await desk.member("bo")
    team = await desk.team("Lamps", bo)
    await desk.route(assign="contact_owner", fallback={"teams": [team]})
    assert await desk.whose(await desk.mail()) == [bo]


async def test_route_17_whoever_lost_their_seat_stays_listed_with_a_mark_and_is_skipped(desk: MailDesk) -> None:
    ana, bo, cia = [await desk.member(name) for name in ("ana", "bo", "cia")]
    await desk.route(to={"users": [ana, bo, cia]})
    await desk.call("PATCH", f"members/{ana}", seat=False)
    await desk.call("POST", f"members/{bo}/deactivate", tickets="keep")
    channel = await desk.call("GET", f"channels/{desk.channel}")
    assert channel["routing"]["to"]["users"] == [ana, bo, cia]
    marked = {problem["field"]: problem["code"] for problem in channel["routing_problems"]}
    assert marked == {"routing.to.users.0": "no_seat", "routing.to.users.1": "deactivated"}
    ticket = await desk.mail()
    assert await desk.whose(ticket) == [cia]
    assert await desk.reasons(ticket) == {cia: ["chosen"], ana: ["no_seat"], bo: ["deactivated"]}
    again = await desk.route(to={"users": [ana, bo, cia]}, only_available=False)
    assert again["routing"]["only_available"] is False


async def test_route_18_switched_off_the_ticket_stays_unassigned_until_somebody_takes_it(desk: MailDesk) -> None:
    ana = await desk.member("ana", away=True)
    await desk.route(to={"users": [ana]}, give_out_waiting=False)
    ticket = await desk.mail()
    assert await desk.outcome(ticket) == ("unassigned", "nobody_available")
    assert await desk.queue() == []
    await desk.back(ana)
    await desk.answer(ticket)
    assert await desk.whose(ticket) == [None]


async def test_k9_switched_on_it_waits_at_the_place_of_its_arrival(desk: MailDesk) -> None:
    ana = await desk.member("ana", away=True)
    await desk.route(to={"users": [ana]})
    first, second = await desk.mail(), await desk.mail()
    assert await desk.queue() == [first, second]
    assert (await desk.why(second))["queue"]["position"] == 2
    assert (await desk.why(second))["queue"]["why_text"] == "Nobody who could have it is available."
    await desk.call("PATCH", f"tickets/{first}", assignee="me")
    assert await desk.queue() == [second]
    await desk.call("PATCH", f"tickets/{second}", status="closed")
    assert await desk.queue() == []


async def test_k17_whoever_does_not_see_the_channel_is_not_given_its_tickets(desk: MailDesk) -> None:
    ana, bo = await desk.member("ana"), await desk.member("bo")
    team = await desk.team("Lamps", bo)
    await desk.route(to={"users": [ana, bo]})
    await desk.call("PATCH", f"channels/{desk.channel}", open_to="teams", team_ids=[team])
    ticket = await desk.mail()
    assert await desk.whose(ticket) == [bo]
    assert (await desk.reasons(ticket))[ana] == ["does_not_see_channel"]


async def test_eml_18_routing_can_be_set_while_a_channel_is_connected(desk: MailDesk) -> None:
    ana = await desk.member("ana")
    [swedish] = await desk.skills("Swedish")
    await desk.call("PATCH", f"members/{ana}", skills=[{"id": swedish, "level": "main"}])
    rule = _rule("Svenska", "message.subject", "contains", "lampa", require_skills=[swedish])
    routing = {"properties": {"priority": "high"}, "rules": [rule], "assign": "members", "to": {"users": [ana]}}
    settings = {"method": "forwarding", "address": "sales@a.example"}
    sales = await desk.call("POST", "channels", kind="email", name="Sales", settings=settings, routing=routing)
    ticket = await desk.mail(subject="Lampa", to=sales["settings"]["forwarding_address"])
    shown = await desk.call("GET", f"tickets/{ticket}")
    assert (shown["assignee"]["id"], shown["priority"]) == (ana, "high")
    assert (await desk.why(ticket))["rule"]["name"] == "Svenska"
    wrong = {"assign": "members", "to": {"users": [str(desk.channel)]}}
    body = {"kind": "email", "name": "X", "settings": settings, "routing": wrong}
    assert (await desk.chief.post("channels", json=body)).json()["errors"][0]["field"] == "routing.to.users.0"


def _rule(name: str, field: str, operator: str, value: str, **more: object) -> dict[str, object]:
    return {"name": name, "when": {"field": field, "operator": operator, "value": value}} | more


def _closed() -> dict[str, object]:
    return {"name": "Closed", "key": "closed", "is_closed": True}
