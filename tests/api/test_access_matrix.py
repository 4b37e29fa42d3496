"""Every route of the application and the live socket, tried by everybody: nobody, people of another account, each role,
an agent without a seat, one who is in none of the channel's teams, and tokens that may only read. A new route has to be
placed in the table before this passes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

import httpx2
import pytest
from litestar.routes import HTTPRoute, WebSocketRoute
from websockets.exceptions import ConnectionClosed, InvalidStatus

from kanal.automation import actions as automation
from kanal.automation.models import AddTag, NewRule
from kanal.bulk import asking
from kanal.bulk.models import BulkAction, BulkWhich
from kanal.contacts.senders import actions as senders
from kanal.contacts.senders.models import NewSenderRule
from kanal.conversations import actions as conversations
from kanal.conversations.actions import NewConversation
from kanal.delivery import send
from kanal.delivery.models import Reply
from kanal.events import actions as events
from kanal.events.models import Event
from kanal.forms.definitions import actions as forms
from kanal.forms.definitions.models import NewForm
from kanal.inboxes import inboxes
from kanal.intake.models import Fate
from kanal.kit import clock
from kanal.kit.db import Database, Transaction
from kanal.kit.ids import new_id
from kanal.macros import actions as macros
from kanal.macros.models import NewMacro
from kanal.macros.rules import Powers
from kanal.people import actions as teams
from kanal.people import queries as people
from kanal.people import sessions, tokens
from kanal.people.availability import out_of_office
from kanal.people.models import Permission
from kanal.people.skills import actions as skills
from kanal.properties import actions as properties
from kanal.properties.models import NewProperty
from kanal.routing import hand_over
from kanal.routing.simulation import actions as simulations
from kanal.tickets import actions as tickets
from kanal.views.saved import actions as views
from kanal.views.saved.models import NewView, Who
from tests.make import accounts, web
from tests.make.forms import put_file, put_submission
from tests.make.live import everything, says, served
from tests.make.said import said
from tests.make.site import Site

SECRET = "Xylophon"
"""A word that only those who may see the ticket may read."""
Needs = Permission | Literal["open", "user"]
"""`open`: anybody; `user`: whoever signed in as a person, outside of any account."""

API: dict[str, Needs] = {
    "GET /session": "user",
    "POST /session": "open",
    "DELETE /session": "user",
    "GET /sessions": "user",
    "DELETE /sessions/{session_id:uuid}": "user",
    "POST /password-resets": "open",
    "GET /one-time-links/{token:str}": "open",
    "POST /one-time-links/{token:str}": "open",
    "PATCH /user": "user",
    "PUT /user/password": "user",
    "POST /user/totp": "user",
    "PUT /user/totp": "user",
    "DELETE /user/totp": "user",
    "GET /me": "read",
    "GET /members": "read",
    "POST /members": "manage_members",
    "GET /members/{member_id:uuid}": "read",
    "PATCH /members/{member_id:uuid}": "read",
    "DELETE /members/{member_id:uuid}": "manage_members",
    "POST /members/{member_id:uuid}/invitation": "manage_members",
    "POST /members/{member_id:uuid}/deactivate": "manage_members",
    "POST /members/{member_id:uuid}/reactivate": "manage_members",
    "PUT /members/{member_id:uuid}/photo": "manage_members",
    "GET /members/{member_id:uuid}/photo": "read",
    "DELETE /members/{member_id:uuid}/photo": "manage_members",
    "GET /members/{member_id:uuid}/availability": "read",
    "PUT /members/{member_id:uuid}/availability": "manage_availability",
    "GET /members/{member_id:uuid}/out-of-office": "read",
    "POST /members/{member_id:uuid}/out-of-office": "manage_availability",
    "DELETE /out-of-office/{period_id:uuid}": "manage_availability",
    "GET /me/addresses": "read",
    "POST /me/addresses": "answer",
    "POST /me/addresses/{address:str}/proof": "answer",
    "DELETE /me/addresses/{address:str}": "answer",
    "GET /spam": "read",
    "GET /spam/{conversation_id:uuid}": "read",
    "POST /conversations/{conversation_id:uuid}/spam": "answer",
    "GET /inboxes": "read",
    "POST /inboxes": "manage_channels",
    "PATCH /inboxes/{inbox_id:uuid}": "manage_channels",
    "DELETE /inboxes/{inbox_id:uuid}": "manage_channels",
    "GET /inboxes/{inbox_id:uuid}/conversations": "read",
    "GET /conversations/{conversation_id:uuid}": "read",
    "PATCH /conversations/{conversation_id:uuid}": "answer",
    "POST /conversations/{conversation_id:uuid}/read": "read",
    "GET /conversations/{conversation_id:uuid}/timeline": "read",
    "POST /conversations/{conversation_id:uuid}/comments": "answer",
    "GET /conversations/{conversation_id:uuid}/reply": "answer",
    "POST /conversations/{conversation_id:uuid}/replies": "answer",
    "GET /conversations/{conversation_id:uuid}/draft": "answer",
    "PUT /conversations/{conversation_id:uuid}/draft": "answer",
    "DELETE /conversations/{conversation_id:uuid}/draft": "answer",
    "POST /conversations/{conversation_id:uuid}/ticket": "answer",
    "GET /conversations/{conversation_id:uuid}/mentionable": "answer",
    "GET /sender-rules": "manage_desk",
    "POST /sender-rules": "manage_desk",
    "DELETE /sender-rules/{sender_id:uuid}": "manage_desk",
    "GET /holiday-countries": "read",
    "GET /holidays": "read",
    "GET /desk-settings": "read",
    "PATCH /desk-settings": "manage_desk",
    "GET /skill-categories": "read",
    "POST /skill-categories": "manage_desk",
    "PATCH /skill-categories/{category_id:uuid}": "manage_desk",
    "DELETE /skill-categories/{category_id:uuid}": "manage_desk",
    "POST /skills": "manage_desk",
    "PATCH /skills/{skill_id:uuid}": "manage_desk",
    "DELETE /skills/{skill_id:uuid}": "manage_desk",
    "GET /skills/{skill_id:uuid}/uses": "read",
    "GET /languages": "read",
    "GET /roles": "read",
    "POST /roles": "manage_members",
    "PATCH /roles/{role_key:str}": "manage_members",
    "DELETE /roles/{role_key:str}": "manage_members",
    "GET /teams": "read",
    "POST /teams": "manage_members",
    "PATCH /teams/{team_id:uuid}": "manage_members",
    "DELETE /teams/{team_id:uuid}": "manage_members",
    "GET /pipelines": "read",
    "POST /pipelines": "manage_desk",
    "PATCH /pipelines/{pipeline_id:uuid}": "manage_desk",
    "DELETE /pipelines/{pipeline_id:uuid}": "manage_desk",
    "GET /condition-fields": "read",
    "GET /properties": "read",
    "POST /properties": "manage_desk",
    "PATCH /properties/{property_id:uuid}": "manage_desk",
    "DELETE /properties/{property_id:uuid}": "manage_desk",
    "GET /kinds": "read",
    "GET /tickets": "read",
    "GET /views": "read",
    "GET /views/counts": "read",
    "POST /views": "read",
    "POST /views/try": "read",
    "PUT /views/order": "read",
    "GET /views/{view_key:str}": "read",
    "PATCH /views/{view_key:str}": "read",
    "DELETE /views/{view_key:str}": "read",
    "POST /views/{view_key:str}/restore": "read",
    "PUT /views/{view_key:str}/own": "read",
    "POST /tickets": "answer",
    "GET /tickets/{ticket_ref:str}": "read",
    "PATCH /tickets/{ticket_ref:str}": "answer",
    "POST /tickets/{ticket_ref:str}/read": "read",
    "DELETE /tickets/{ticket_ref:str}": "answer",
    "POST /tickets/{ticket_ref:str}/restore": "answer",
    "POST /tickets/{ticket_ref:str}/follow": "read",
    "DELETE /tickets/{ticket_ref:str}/follow": "read",
    "POST /tickets/{ticket_ref:str}/snooze": "answer",
    "DELETE /tickets/{ticket_ref:str}/snooze": "answer",
    "POST /tickets/{ticket_ref:str}/links": "answer",
    "DELETE /tickets/{ticket_ref:str}/links/{other_ref:str}": "answer",
    "GET /tickets/{ticket_ref:str}/times": "read",
    "POST /tickets/{ticket_ref:str}/merge": "answer",
    "POST /tickets/{ticket_ref:str}/split": "answer",
    "DELETE /merges/{merge_id:uuid}": "answer",
    "GET /tickets/{ticket_ref:str}/routing": "read",
    "GET /tickets/{ticket_ref:str}/timeline": "read",
    "GET /tags": "read",
    "GET /search": "read",
    "GET /search/complete": "read",
    "POST /tickets/{ticket_ref:str}/tags": "answer",
    "DELETE /tickets/{ticket_ref:str}/tags/{name:str}": "answer",
    "POST /tickets/{ticket_ref:str}/comments": "answer",
    "GET /tickets/{ticket_ref:str}/mentionable": "answer",
    "POST /messages/{message_id:uuid}/sender": "answer",
    "POST /tickets/{ticket_ref:str}/replies": "answer",
    "GET /tickets/{ticket_ref:str}/draft": "answer",
    "PUT /tickets/{ticket_ref:str}/draft": "answer",
    "DELETE /tickets/{ticket_ref:str}/draft": "answer",
    "GET /tickets/{ticket_ref:str}/reply": "answer",
    "GET /new-mail": "answer",
    "PATCH /messages/{message_id:uuid}": "answer",
    "POST /messages/{message_id:uuid}/forward": "answer",
    "POST /messages/{message_id:uuid}/invitation": "answer",
    "POST /messages/{message_id:uuid}/receipt": "answer",
    "GET /messages/{message_id:uuid}/remote-image": "read",
    "DELETE /messages/{message_id:uuid}": "answer",
    "POST /deliveries/{delivery_id:uuid}/retry": "answer",
    "POST /deliveries/{delivery_id:uuid}/confirm": "answer",
    "POST /attachments": "answer",
    "GET /attachments/{attachment_id:uuid}": "read",
    "DELETE /attachments/{attachment_id:uuid}": "answer",
    "GET /contacts": "answer",
    "GET /contacts/{contact_id:uuid}": "read",
    "PATCH /contacts/{contact_id:uuid}": "answer",
    "GET /contacts/{contact_id:uuid}/data": "see_raw",
    "GET /contacts/{contact_id:uuid}/timeline": "read",
    "DELETE /contacts/{contact_id:uuid}/submissions": "manage_forms",
    "GET /channels": "read",
    "POST /channels": "manage_channels",
    "GET /channels/{channel_id:uuid}": "read",
    "PATCH /channels/{channel_id:uuid}": "manage_channels",
    "DELETE /channels/{channel_id:uuid}": "manage_channels",
    "POST /channels/{channel_id:uuid}/test-mail": "manage_channels",
    "POST /channels/{channel_id:uuid}/prove": "manage_channels",
    "GET /channels/{channel_id:uuid}/ledger": "manage_channels",
    "POST /channels/{channel_id:uuid}/ledger/replay": "manage_channels",
    "POST /channels/check": "manage_channels",
    "POST /channels/discover": "manage_channels",
    "POST /channels/preview": "manage_channels",
    "GET /channels/{channel_id:uuid}/routing/history": "read",
    "POST /channels/{channel_id:uuid}/routing/history/{version:int}/restore": "edit_routing",
    "GET /channels/{channel_id:uuid}/automations": "manage_channels",
    "POST /channels/{channel_id:uuid}/automations": "manage_channels",
    "PUT /channels/{channel_id:uuid}/automations/order": "manage_channels",
    "GET /channels/{channel_id:uuid}/automation-runs": "manage_channels",
    "PATCH /automations/{rule_id:uuid}": "manage_channels",
    "DELETE /automations/{rule_id:uuid}": "manage_channels",
    "POST /automations/{rule_id:uuid}/undelete": "manage_channels",
    "GET /acknowledgements/languages": "manage_channels",
    "POST /acknowledgements/preview": "manage_channels",
    "POST /channels/{channel_id:uuid}/route-preview": "edit_routing",
    "POST /channels/{channel_id:uuid}/simulations": "edit_routing",
    "GET /simulations/{simulation_id:uuid}": "edit_routing",
    "DELETE /simulations/{simulation_id:uuid}": "edit_routing",
    "GET /forms": "manage_forms",
    "POST /forms": "manage_forms",
    "POST /forms/check": "manage_forms",
    "POST /forms/preview": "manage_forms",
    "GET /forms/{form_id:uuid}": "manage_forms",
    "PATCH /forms/{form_id:uuid}": "manage_forms",
    "DELETE /forms/{form_id:uuid}": "manage_forms",
    "POST /forms/{form_id:uuid}/copy": "manage_forms",
    "GET /forms/{form_id:uuid}/versions": "manage_forms",
    "GET /forms/{form_id:uuid}/versions/{version:int}": "manage_forms",
    "POST /forms/{form_id:uuid}/versions/{version:int}/restore": "manage_forms",
    "GET /forms/{form_id:uuid}/submissions": "manage_forms",
    "GET /forms/{form_id:uuid}/submissions/counts": "manage_forms",
    "GET /forms/{form_id:uuid}/submissions/{submission_id:uuid}": "manage_forms",
    "DELETE /forms/{form_id:uuid}/submissions/{submission_id:uuid}": "manage_forms",
    "POST /forms/{form_id:uuid}/submissions/{submission_id:uuid}/release": "manage_forms",
    "GET /forms/{form_id:uuid}/submissions/{submission_id:uuid}/files/{file_id:uuid}": "manage_forms",
    "GET /forms/{form_id:uuid}/export": "manage_forms",
    "GET /forms/{form_id:uuid}/figures": "manage_forms",
    "POST /forms/{form_id:uuid}/make-tickets": "manage_forms",
    "GET /raw-events": "read",
    "GET /raw-events/counts": "read",
    "GET /raw-events/{raw_id:uuid}/raw": "see_raw",
    "POST /raw-events/{raw_id:uuid}/replay": "see_raw",
    "GET /macros": "read",
    "GET /macros/tokens": "read",
    "POST /macros": "answer",
    "POST /macros/preview": "read",
    "GET /macros/{macro_id:uuid}": "read",
    "PATCH /macros/{macro_id:uuid}": "answer",
    "DELETE /macros/{macro_id:uuid}": "answer",
    "POST /macros/{macro_id:uuid}/restore": "answer",
    "POST /macros/{macro_id:uuid}/preview": "read",
    "POST /macros/{macro_id:uuid}/used": "answer",
    "POST /tickets/{ticket_ref:str}/macro": "answer",
    "POST /bulk": "answer",
    "GET /bulk": "read",
    "GET /bulk/{job_id:uuid}": "read",
    "POST /bulk/{job_id:uuid}/undo": "answer",
    "POST /bulk/{job_id:uuid}/stop": "answer",
    "GET /hand-overs/plan": "read",
    "POST /hand-overs": "read",
    "POST /hand-overs/{hand_over_id:uuid}/undo": "manage_availability",
    "GET /team-now": "lead",
    "GET /member-mails": "manage_members",
    "POST /member-mails/{mail_id:uuid}/retry": "manage_members",
    "GET /me/notice-preferences": "read",
    "PUT /me/notice-preferences": "read",
    "GET /me/notice-times": "read",
    "PUT /me/notice-times": "read",
    "GET /notices": "read",
    "POST /notices/read": "read",
    "POST /notices/unread": "read",
}
PAGES = {
    *(
        "/",
        "/signin",
        "/welcome",
        "/invitation",
        "/reset",
        "/a",
        "/a/{rest:path}",
        "/assets/{path:path}",
        "/{name:str}",
    ),
    *("/api", "/api/docs", "/api/docs/docs.js", "/api/docs/docs.css", "/api/openapi.json", "/api/{path:str}"),
    *("/health/live", "/health/ready", "/metrics"),
}
"""Open to anybody, and the same for all."""
VISITORS = {"/f/{key:str}", "/f/{key:str}/definition", "/f/{key:str}/started", "/f/{key:str}/thanks"}
"""Open to anybody who knows a form's key."""

GIVEN: dict[Needs, set[str]] = {
    "read": {"viewer", "unseated", "agent", "outsider", "admin", "chief", "reader"},
    "answer": {"agent", "outsider", "admin", "chief"},
    "manage_channels": {"admin", "chief"},
    "see_raw": {"admin", "chief"},
    "manage_members": {"chief"},
    "manage_desk": {"admin", "chief"},
    "lead": {"admin", "chief", "reader"},
    "manage_availability": {"admin", "chief"},
    "edit_routing": {"admin", "chief"},
    "manage_forms": {"admin", "chief"},
}
"""Who has which permission. `outsider` is an agent in none of the channel's teams, `reader` a token of the admin's that
may only read."""
CALLERS = ["nobody", "stranger", "intruder", "viewer", "unseated", "agent", "outsider", "admin", "chief", "reader"]
"""`stranger` is the chief of another account; `intruder` the same person's browser that names our account."""
OF_THE_CHANNEL = (
    "{ticket_ref",
    "{merge_id",
    "{channel_id",
    "{simulation_id",
    "{raw_id",
    "{message_id",
    "{delivery_id",
    "{attachment_id",
    "{conversation_id",
)
"""What only those find who may see the channel."""


AUTOMATION = {"name": "x", "trigger": "created", "actions": [{"do": "tag", "name": "x"}]}
BODIES: dict[str, dict[str, Any]] = {
    "PATCH /members/{member_id:uuid}": {},
    "POST /members/{member_id:uuid}/deactivate": {},
    "PUT /members/{member_id:uuid}/availability": {"state": "away"},
    "POST /members/{member_id:uuid}/out-of-office": {"from": "2026-01-01T09:00:00Z", "to": "2026-01-02T09:00:00Z"},
    "PATCH /skill-categories/{category_id:uuid}": {"name": "x"},
    "PATCH /skills/{skill_id:uuid}": {"name": "x"},
    "PATCH /roles/{role_key:str}": {"name": "x"},
    "PATCH /teams/{team_id:uuid}": {"name": "x"},
    "DELETE /teams/{team_id:uuid}": {},
    "PATCH /properties/{property_id:uuid}": {"label": "x"},
    "PATCH /pipelines/{pipeline_id:uuid}": {"name": "x"},
    "DELETE /pipelines/{pipeline_id:uuid}": {},
    "PATCH /tickets/{ticket_ref:str}": {"priority": "low"},
    "POST /tickets/{ticket_ref:str}/snooze": {"until": "2100-01-01T08:00:00Z"},
    "POST /tickets/{ticket_ref:str}/links": {"other": 1},
    "POST /tickets/{ticket_ref:str}/merge": {"into": 1},
    "POST /tickets/{ticket_ref:str}/split": {"messages": []},
    "POST /conversations/{conversation_id:uuid}/spam": {"spam": True},
    "PATCH /conversations/{conversation_id:uuid}": {"state": "closed"},
    "POST /conversations/{conversation_id:uuid}/comments": {"text": "x"},
    "POST /conversations/{conversation_id:uuid}/replies": {"text": "x"},
    "PUT /conversations/{conversation_id:uuid}/draft": {"html": "x"},
    "POST /conversations/{conversation_id:uuid}/ticket": {},
    "PATCH /inboxes/{inbox_id:uuid}": {"name": "x"},
    "POST /me/addresses/{address:str}/proof": {"code": "123456"},
    "POST /tickets/{ticket_ref:str}/comments": {"text": "x"},
    "POST /messages/{message_id:uuid}/sender": {"choice": "original"},
    "POST /tickets/{ticket_ref:str}/replies": {"text": "x"},
    "PUT /tickets/{ticket_ref:str}/draft": {"html": "x"},
    "PATCH /messages/{message_id:uuid}": {"send_at": None},
    "POST /messages/{message_id:uuid}/forward": {"to": ["x@y.example"]},
    "POST /messages/{message_id:uuid}/invitation": {"answer": "accepted"},
    "PATCH /contacts/{contact_id:uuid}": {"name": "x"},
    "PATCH /channels/{channel_id:uuid}": {"name": "x"},
    "PATCH /macros/{macro_id:uuid}": {"name": "x"},
    "POST /macros/{macro_id:uuid}/preview": {"ticket": "1"},
    "POST /tickets/{ticket_ref:str}/macro": {"macro": str(new_id())},
    "DELETE /channels/{channel_id:uuid}": {"confirm_name": "Support"},
    "PATCH /forms/{form_id:uuid}": {"name": "x"},
    "DELETE /forms/{form_id:uuid}": {"confirm_name": "Contact us"},
    "POST /forms/{form_id:uuid}/copy": {"name": "x"},
    "POST /channels/{channel_id:uuid}/test-mail": {"to": "x@kund.example"},
    "POST /channels/{channel_id:uuid}/ledger/replay": {"folder": "INBOX", "key": "1:1"},
    "POST /tickets/{ticket_ref:str}/tags": {"name": "x"},
    "POST /channels/{channel_id:uuid}/automations": AUTOMATION,
    "PUT /channels/{channel_id:uuid}/automations/order": {"ids": []},
    "PATCH /automations/{rule_id:uuid}": {"name": "x"},
    "POST /channels/{channel_id:uuid}/route-preview": {"message": {"from": "x@kund.example"}},
    "POST /channels/{channel_id:uuid}/simulations": {"routing": {}},
    "PATCH /views/{view_key:str}": {"name": "x"},
    "PUT /views/{view_key:str}/own": {"layout": "board"},
}
"""Bodies with which those who may would change something; the others must not even find it."""


@dataclass
class World:
    site: Site
    callers: dict[str, httpx2.AsyncClient] = field(default_factory=dict)
    bearers: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)

    def path(self, template: str) -> str:
        if template.startswith("/conversations/") and not template.endswith("/spam"):
            template = template.replace("{conversation_id:uuid}", self.ids["apart"])
        for name, value in self.ids.items():
            template = template.replace("{" + name + "}", value)
        assert "{" not in template, f"say which {template} is tried"
        return f"/api/v1{template}"

    async def call(self, caller: str, route: str) -> httpx2.Response:
        """Where they may do it, with a body that means nothing, so that nothing changes."""
        method, template = route.split(" ")
        body: dict[str, Any] = {} if method == "GET" else {"json": self._body(caller, route)}
        return await self.callers[caller].request(method, self.path(template), **body)

    def _body(self, caller: str, route: str) -> dict[str, Any]:
        return BODIES.get(route, NONSENSE) if caller in MUST_NOT_FIND else NONSENSE


NONSENSE = {"no_such_field": True}
MUST_NOT_FIND = ("stranger", "intruder", "outsider")


@pytest.fixture
async def world(db: Database, tmp_path: Path) -> AsyncIterator[World]:
    """One ticket on a channel that is open to one team, with something of everything."""
    site = await Site(db, tmp_path).open()
    world = World(site)
    await _people(world)
    await _things(world)
    yield world
    for client in world.callers.values():
        await client.aclose()


async def test_every_route_is_placed(db: Database, tmp_path: Path) -> None:
    routes = Site(db, tmp_path).app.routes
    http = [route for route in routes if isinstance(route, HTTPRoute)]
    ours = {
        f"{method} {route.path.removeprefix('/api/v1')}"
        for route in http
        if route.path.startswith("/api/v1/")
        for method in route.methods - {"OPTIONS", "HEAD"}
    }
    assert ours == set(API)
    others = [route for route in http if not route.path.startswith("/api/v1/")]
    assert {route.path for route in others} == PAGES | VISITORS
    pages = [route for route in others if route.path in PAGES]
    assert {method for route in pages for method in route.methods} <= {"GET", "HEAD", "OPTIONS"}
    assert {route.path for route in routes if isinstance(route, WebSocketRoute)} == {"/api/v1/live"}


@pytest.mark.parametrize("caller", CALLERS)
async def test_nobody_gets_what_is_not_theirs(world: World, caller: str) -> None:
    wrong = []
    for route, needs in sorted(API.items(), key=_destroys):
        answer = await world.call(caller, route)
        expected = _expected(caller, route, needs)
        if answer.status_code not in expected:
            wrong.append(f"{route}: {answer.status_code}, not {sorted(expected)}")
        if caller in ("nobody", "stranger", "intruder", "outsider") and SECRET in answer.text:
            wrong.append(f"{route}: tells the secret")
    assert wrong == []


async def test_those_who_may_do_get_it(world: World) -> None:
    """Against vacuous truth: what is hidden from the others is there."""
    of_inbox = "GET /conversations/{conversation_id:uuid}"
    for route in ("GET /tickets", "GET /tickets/{ticket_ref:str}", "GET /tickets/{ticket_ref:str}/timeline", of_inbox):
        for caller in ("viewer", "unseated", "agent", "admin", "chief", "reader"):
            assert SECRET in (await world.call(caller, route)).text, (caller, route)
    assert SECRET in (await world.call("admin", "GET /raw-events/{raw_id:uuid}/raw")).text


async def test_the_live_socket_lets_in_who_may_listen_and_tells_them_what_they_may_see(world: World) -> None:
    site = world.site
    heard: dict[str, list[str] | None] = {}
    async with served(site) as live:
        for caller in CALLERS:
            start = await site.hub.start_of(site.account)
            try:
                async with live.socket(world.bearers.get(caller, "wrong"), cursor=start) as socket:
                    await says(socket)
                    await site.hear(said(f"{SECRET} again", subject=caller))
                    await _more_happens(site)
                    heard[caller] = await everything(socket, "contact.changed")
            except (InvalidStatus, ConnectionClosed):
                heard[caller] = None
    assert [caller for caller in CALLERS if heard[caller] is None] == ["nobody", "stranger", "intruder"]
    mail = ["ticket.created", "message.received"]
    assert heard["outsider"] == ["contact.changed"]
    for caller in ("viewer", "unseated", "agent", "reader"):
        assert heard[caller] == [*mail, "contact.changed"], caller
    for caller in ("admin", "chief"):
        assert heard[caller] == [*mail, "raw_event.settled", "contact.changed"], caller


def _destroys(entry: tuple[str, Needs]) -> tuple[bool, bool]:
    """What takes away what others try stands last."""
    return entry[0].startswith("DELETE"), entry[0] == "DELETE /session"


def _expected(caller: str, route: str, needs: Needs) -> set[int]:
    if needs == "open":
        return {200, 202, 204, 404, 405, 422}
    if caller == "nobody":
        return {401}
    if needs == "user":
        return {200, 201, 204, 404, 409, 422} if caller == "intruder" else {403}
    if caller == "intruder":
        return {404}
    if caller == "stranger":
        return {404} if "{" in route else DONE
    if caller not in GIVEN[needs]:
        return {403}
    if caller == "outsider" and any(name in route for name in OF_THE_CHANNEL):
        return {404}
    return DONE if route not in CONFLICTS else DONE | {404, 409}


DONE = {200, 201, 202, 204, 422}
CONFLICTS = {
    "DELETE /tickets/{ticket_ref:str}/follow",
    "DELETE /tickets/{ticket_ref:str}/snooze",
    "DELETE /tickets/{ticket_ref:str}/tags/{name:str}",
    "DELETE /tickets/{ticket_ref:str}/draft",
    "DELETE /tickets/{ticket_ref:str}/links/{other_ref:str}",
    "POST /me/addresses/{address:str}/proof",
    "DELETE /me/addresses/{address:str}",
    "DELETE /out-of-office/{period_id:uuid}",
    "DELETE /skills/{skill_id:uuid}",
    "DELETE /skill-categories/{category_id:uuid}",
    "DELETE /members/{member_id:uuid}",
    "POST /members/{member_id:uuid}/invitation",
    "POST /automations/{rule_id:uuid}/undelete",
    "GET /members/{member_id:uuid}/photo",
    "POST /deliveries/{delivery_id:uuid}/retry",
    "POST /deliveries/{delivery_id:uuid}/confirm",
    "DELETE /messages/{message_id:uuid}",
    "PATCH /messages/{message_id:uuid}",
    "GET /messages/{message_id:uuid}/remote-image",
    "DELETE /attachments/{attachment_id:uuid}",
    "POST /raw-events/{raw_id:uuid}/replay",
    "POST /member-mails/{mail_id:uuid}/retry",
    "POST /forms/{form_id:uuid}/make-tickets",
    "GET /macros/{macro_id:uuid}",
    "PATCH /macros/{macro_id:uuid}",
    "DELETE /macros/{macro_id:uuid}",
    "POST /macros/{macro_id:uuid}/restore",
    "POST /macros/{macro_id:uuid}/preview",
    "POST /macros/{macro_id:uuid}/used",
    *(f"{method} /views/{{view_key:str}}" for method in ("GET", "PATCH", "DELETE")),
    "POST /views/{view_key:str}/restore",
    "PUT /views/{view_key:str}/own",
    "DELETE /inboxes/{inbox_id:uuid}",
    "GET /bulk/{job_id:uuid}",
    "POST /bulk/{job_id:uuid}/undo",
    "POST /bulk/{job_id:uuid}/stop",
}
"""Routes that depend on the state of what they name, or on who made it."""


async def _people(world: World) -> None:
    site = world.site
    await site.member("viewer", "viewer", has_seat=False)
    await site.member("unseated", "agent", has_seat=False)
    await site.member("agent", "agent")
    await site.member("outsider", "agent")
    await site.member("admin", "admin")
    await site.member("chief", "super_admin")
    await site.member("colleague", "agent")
    for name in site.members:
        world.bearers[name] = await site.token(site.members[name])
    async with site.db.transaction(site.account) as tx:
        admin = (await people.member(tx, site.members["admin"])).user_id
        world.bearers["reader"] = await tokens.create(tx, admin, "reads", ["read"])
    cookie = await _of_another_account(world)
    for name in CALLERS:
        world.callers[name] = web.program(site.app, world.bearers.get(name))
    intruder = web.browser(site.app)
    intruder.headers |= {"cookie": f"__Host-kanal_session={cookie}", "kanal-account": "a"}
    world.callers["intruder"] = intruder


async def _of_another_account(world: World) -> str:
    """The chief of account b, by token and by cookie."""
    db = world.site.db
    other = await accounts.account(db, "b")
    chief = await accounts.member(db, other, "eve@b.example", "super_admin", name="Eve")
    world.bearers["stranger"] = await accounts.token(db, other, chief)
    async with db.transaction(other) as tx:
        user = (await people.member(tx, chief)).user_id
    async with db.transaction(None) as tx:
        return await sessions.start(tx, user, "203.0.113.7", "Browser")


async def _things(world: World) -> None:
    site = world.site
    [fate] = await site.hear(said(f"The {SECRET} is broken", subject=SECRET))
    await site.hear(said(f"{SECRET} for sale", "ads@shop.example", bulk="newsletter"))
    assert fate.ticket_id is not None
    merged = await site.hear(said("Two", "bo@kund.example"), said("Three", "cy@kund.example"))
    async with site.db.transaction(site.account) as tx:
        insiders = [site.members[name] for name in ("viewer", "unseated", "agent")]
        team = await teams.create_team(tx, "Insiders", insiders)
        await tx.run("update channels set open_to = 'teams'")
        await tx.insert("channel_teams", [{"channel_id": site.channel, "team_id": team.id}])
        asked = Reply(ticket_id=fate.ticket_id, author_id=site.members["agent"], text=f"A new {SECRET} comes.")
        queued = await send.reply(tx, site.carriers, asked)
        await tickets.comment(tx, fate.ticket_id, author=site.members["agent"], text=SECRET, html="")
        await tx.run("update raw_events set body = %s", (SECRET.encode(),))
        role = await teams.create_role(tx, "Night shift", ["read"], "all", actor=None)
        ids = {
            "member_id:uuid": site.members["colleague"],
            "role_key:str": role.key,
            "team_id:uuid": (await teams.create_team(tx, "Lamps", [])).id,
            "ticket_ref:str": fate.ticket_id,
            "other_ref:str": fate.ticket_id,
            "merge_id:uuid": await _merge(tx, merged),
            "channel_id:uuid": site.channel,
            "raw_id:uuid": fate.raw_id,
            "message_id:uuid": queued.message_id,
            "delivery_id:uuid": queued.delivery_id,
            "attachment_id:uuid": await _attachment(world, tx, queued.message_id),
            "contact_id:uuid": await tx.value("select contact_id from tickets"),
            "macro_id:uuid": await macros.create(tx, NewMacro(name="x", body_text=SECRET), _all_powers(site)),
            "job_id:uuid": await asking.ask(
                tx, site.members["colleague"], BulkWhich(tickets=[fate.ticket_id]), BulkAction(priority="low")
            ),
            "hand_over_id:uuid": await hand_over.make(
                tx, from_member=site.members["colleague"], why="other", tickets=None, to=None, actor=None
            ),
            "mail_id:uuid": new_id(),
            "session_id:uuid": new_id(),
            "address:str": "nobody@x.example",
            "conversation_id:uuid": await tx.value("select id from conversations where spam_at is not null"),
            "sender_id:uuid": (await senders.put(tx, NewSenderRule(verdict="deny", entry="x.example"), None)).id,
            "pipeline_id:uuid": await tx.value("select id from pipelines"),
            "property_id:uuid": await _property(tx),
            "token:str": "no-such-link",
            **await _abilities(tx, site.members["colleague"]),
            "version:int": 1,
            "name:str": "x",
            "rule_id:uuid": await automation.create(
                tx, site.channel, NewRule(name="x", trigger="created", actions=[AddTag(name="x")]), None
            ),
            **await _form(world, tx),
            "view_key:str": (await views.create(tx, NewView(name="x"), _owner(site))).key,
            "simulation_id:uuid": await simulations.ask(tx, site.channel, {}, actor=None),
            **await _apart(tx, site.channel),
        }
    world.ids = {name: str(value) for name, value in ids.items()}


async def _apart(tx: Transaction, channel: UUID) -> dict[str, UUID]:
    """A conversations inbox, and a conversation in it that came by the same channel."""
    inbox, conversation = await inboxes.create(tx, "Office", None), new_id()
    new = NewConversation(
        id=conversation,
        inbox_id=inbox,
        channel_id=channel,
        contact_id=None,
        subject=SECRET,
        subject_key="",
        thread_key="",
        at=clock.now(),
        apart=True,
        snippet=SECRET,
    )
    await conversations.open_many(tx, [new])
    return {"inbox_id:uuid": inbox, "apart": conversation}


async def _merge(tx: Transaction, fates: list[Fate]) -> UUID:
    part, whole = [each.ticket_id for each in fates if each.ticket_id]
    return await tickets.merge(tx, part, whole, None)


def _all_powers(site: Site) -> Powers:
    return Powers(member=site.members["chief"], manages=True, leads=True, teams=frozenset())


def _owner(site: Site) -> Who:
    """The view is the outsider's own."""
    return Who(member=site.members["outsider"], may_manage=False, may_restore=True)


async def _abilities(tx: Transaction, member: UUID) -> dict[str, UUID]:
    """A skill that nobody has, and when somebody is away."""
    category = await skills.create_category(tx, "Products", None)
    [skill] = await skills.add(tx, category.id, ["Lamps"], None)
    now = clock.now()
    period = await out_of_office.add(tx, member, now, now + timedelta(days=1), "", None)
    return {"category_id:uuid": category.id, "skill_id:uuid": skill.id, "period_id:uuid": period.id}


async def _property(tx: Transaction) -> UUID:
    made = await properties.create(tx, NewProperty(object="ticket", label="Order", type="text"), None)
    assert made.id is not None
    return made.id


async def _form(world: World, tx: Transaction) -> dict[str, UUID]:
    form = await forms.create(tx, NewForm(name="Contact us"), None)
    submission = await put_submission(tx, form, caught="too fast")
    file = await put_file(tx, submission, await world.site.storage.put(b"x"))
    return {"form_id:uuid": form, "submission_id:uuid": submission, "file_id:uuid": file}


async def _attachment(world: World, tx: Transaction, message: UUID) -> UUID:
    row: dict[str, Any] = {
        "id": new_id(),
        "message_id": message,
        "blob": await world.site.storage.put(SECRET.encode()),
        "name": f"{SECRET}.txt",
        "content_type": "text/plain",
        "size": len(SECRET),
        "position": 0,
        "inline": False,
        "content_id": "",
        "created_at": clock.now(),
    }
    await tx.insert("attachments", [row])
    return UUID(str(row["id"]))


async def _more_happens(site: Site) -> None:
    async with site.db.transaction(site.account) as tx:
        events.emit(tx, Event(name="raw_event.settled", channel_id=site.channel))
        events.emit(tx, Event(name="contact.changed"))
