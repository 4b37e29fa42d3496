"""Every route of the API, tried as nobody, as somebody of another account, and as each role. Routes are read from the
application, so a new one is tried too; one that changes something needs a body in BODIES."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2
import msgspec
import psycopg
import pytest
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute

from kanal.api.http.signin import SAFE
from kanal.automation import actions as automation
from kanal.automation.models import AddTag, NewRule
from kanal.forms.definitions import actions as forms
from kanal.forms.definitions.models import NewForm
from kanal.kit import clock
from kanal.kit.db import Database, Transaction
from kanal.people import actions as people
from kanal.people.availability import out_of_office
from kanal.people.models import Role
from kanal.people.skills import actions as skills
from kanal.views.saved import actions as views
from kanal.views.saved.models import NewView, Who
from tests.make import accounts, rows, web
from tests.make.forms import put_file, put_submission
from tests.make.inboxes import office
from tests.make.said import said
from tests.make.site import Site

SECRETS = ("eva@kund.example", "Eva Ek", "Top secret lamp")
OPEN = {
    "POST /session",
    "POST /password-resets",
    "GET /one-time-links/{token}",
    "POST /one-time-links/{token}",
}
"""The only routes for people who are not signed in."""
IDS = {
    "attachment_id": "attachments",
    "category_id": "skill_categories",
    "channel_id": "channels",
    "contact_id": "contacts",
    "delivery_id": "deliveries",
    "file_id": "form_files",
    "form_id": "forms",
    "hand_over_id": "hand_overs",
    "job_id": "bulk_jobs",
    "macro_id": "macros",
    "mail_id": "member_mails",
    "member_id": "members",
    "merge_id": "ticket_merges",
    "message_id": "messages",
    "period_id": "out_of_office",
    "pipeline_id": "pipelines",
    "property_id": "properties",
    "raw_id": "raw_events",
    "sender_id": "sender_rules",
    "simulation_id": "simulations",
    "rule_id": "automation_rules",
    "skill_id": "skills",
    "submission_id": "form_submissions",
    "team_id": "teams",
    "ticket_id": "tickets",
    "ticket_ref": "tickets",
    "view_key": "saved_views",
    "other_ref": "tickets",
}
EMAIL_SETTINGS = {"method": "forwarding", "address": "new@b.example"}
AUTOMATION = {"name": "New", "trigger": "created", "actions": [{"do": "tag", "name": "New"}]}
BODIES: dict[str, Any] = {
    "POST /macros": {"name": "New", "body_text": "New"},
    "PATCH /macros/{macro_id}": {"name": "New"},
    "POST /macros/preview": {"ticket": "1"},
    "POST /macros/{macro_id}/preview": {"ticket": "1"},
    "POST /tickets/{ticket_ref}/macro": {"macro": "01a20b69-cc2a-75b5-8601-324f80179e61"},
    "POST /bulk": {"which": {"view": "open"}, "action": {"priority": "low"}},
    "POST /channels": {"kind": "email", "name": "New", "settings": EMAIL_SETTINGS},
    "PATCH /channels/{channel_id}": {"name": "New"},
    "DELETE /channels/{channel_id}": {"confirm_name": "Support"},
    "POST /channels/{channel_id}/test-mail": {"to": "x@b.example"},
    "POST /channels/{channel_id}/ledger/replay": {"folder": "INBOX", "key": "1:1"},
    "POST /channels/preview": {"settings": EMAIL_SETTINGS},
    "POST /channels/{channel_id}/route-preview": {"message": {"from": "eva@kund.example"}},
    "POST /channels/{channel_id}/simulations": {"routing": {}},
    "PATCH /contacts/{contact_id}": {"name": "New"},
    "POST /forms": {"name": "New"},
    "POST /forms/check": {"name": "New", "fields": []},
    "POST /forms/preview": {"name": "New", "fields": []},
    "PATCH /forms/{form_id}": {"name": "New"},
    "DELETE /forms/{form_id}": {"confirm_name": "New"},
    "POST /forms/{form_id}/copy": {"name": "Newer"},
    "POST /members": {"email": "new@b.example"},
    "PATCH /members/{member_id}": {"title": "New"},
    "POST /members/{member_id}/deactivate": {"tickets": "keep"},
    "PUT /members/{member_id}/availability": {"state": "away"},
    "POST /members/{member_id}/out-of-office": {"from": "2026-01-01T09:00:00Z", "to": "2026-01-02T09:00:00Z"},
    "PATCH /desk-settings": {"capacity_max_age_days": 30},
    "POST /skill-categories": {"name": "New"},
    "PATCH /skill-categories/{category_id}": {"name": "Newer"},
    "POST /skills": {"languages": ["fi"]},
    "PATCH /skills/{skill_id}": {"name": "Newer"},
    "POST /notices/read": {"all": True},
    "POST /notices/unread": {"ids": ["00000000-0000-7000-8000-000000000001"]},
    "PUT /me/notice-times": {"every": "hour"},
    "PUT /me/notice-preferences": {"assigned": {"app": True, "desktop": False, "mail": True}},
    "POST /pipelines": {"name": "New"},
    "PATCH /pipelines/{pipeline_id}": {"name": "New"},
    "DELETE /pipelines/{pipeline_id}": {},
    "POST /properties": {"object": "ticket", "label": "New", "type": "text"},
    "PATCH /properties/{property_id}": {"label": "New"},
    "POST /roles": {"name": "New", "permissions": ["read"], "sees": "own"},
    "PATCH /roles/{role_key}": {"name": "Newer"},
    "POST /conversations/{conversation_id}/spam": {"spam": True},
    "PATCH /conversations/{conversation_id}": {"state": "closed"},
    "POST /conversations/{conversation_id}/comments": {"text": "New"},
    "POST /conversations/{conversation_id}/replies": {"text": "New"},
    "PUT /conversations/{conversation_id}/draft": {"html": "New", "mode": "reply"},
    "POST /conversations/{conversation_id}/ticket": {"subject": "New"},
    "POST /inboxes": {"name": "New"},
    "PATCH /inboxes/{inbox_id}": {"name": "New"},
    "POST /me/addresses": {"address": "a@x.example"},
    "POST /me/addresses/{address}/proof": {"code": "123456"},
    "POST /sender-rules": {"verdict": "deny", "entry": "new.example"},
    "POST /teams": {"name": "New"},
    "PATCH /teams/{team_id}": {"name": "Newer"},
    "POST /tickets": {"subject": "New"},
    "POST /tickets/{ticket_ref}/tags": {"name": "New"},
    "POST /channels/{channel_id}/automations": AUTOMATION,
    "PUT /channels/{channel_id}/automations/order": {"ids": []},
    "PATCH /automations/{rule_id}": {"name": "New"},
    "POST /acknowledgements/preview": {"acknowledgement": {}},
    "PATCH /tickets/{ticket_ref}": {"priority": "high"},
    "POST /tickets/{ticket_ref}/snooze": {"until": "2100-01-01T08:00:00Z"},
    "POST /tickets/{ticket_ref}/links": {"other": 1},
    "POST /tickets/{ticket_ref}/merge": {"into": 1},
    "POST /tickets/{ticket_ref}/split": {"messages": []},
    "POST /tickets/{ticket_ref}/comments": {"text": "New"},
    "POST /messages/{message_id}/sender": {"choice": "original"},
    "POST /tickets/{ticket_ref}/replies": {"text": "New"},
    "PUT /tickets/{ticket_ref}/draft": {"html": "New", "mode": "reply"},
    "PATCH /messages/{message_id}": {"send_at": None},
    "POST /messages/{message_id}/forward": {"to": ["x@b.example"]},
    "POST /messages/{message_id}/invitation": {"answer": "accepted"},
    "POST /views": {"name": "New"},
    "POST /views/try": {"filter": {}},
    "PUT /views/order": {"order": []},
    "PATCH /views/{view_key}": {"name": "Newer"},
    "PUT /views/{view_key}/own": {"layout": "board"},
}
NOT_FOR_VIEWERS = {
    "GET /contacts",
    "GET /tickets/{ticket_ref}/mentionable",
    "GET /tickets/{ticket_ref}/draft",
    "POST /macros",
    "PATCH /macros/{macro_id}",
    "DELETE /macros/{macro_id}",
    "POST /macros/{macro_id}/restore",
    "POST /macros/{macro_id}/used",
    "POST /tickets/{ticket_ref}/macro",
    "POST /bulk",
    "POST /bulk/{job_id}/undo",
    "POST /bulk/{job_id}/stop",
    "POST /tickets",
    "PATCH /tickets/{ticket_ref}",
    "DELETE /tickets/{ticket_ref}",
    "POST /tickets/{ticket_ref}/restore",
    "POST /tickets/{ticket_ref}/snooze",
    "DELETE /tickets/{ticket_ref}/snooze",
    "POST /tickets/{ticket_ref}/links",
    "DELETE /tickets/{ticket_ref}/links/{other_ref}",
    "POST /tickets/{ticket_ref}/merge",
    "POST /tickets/{ticket_ref}/split",
    "DELETE /merges/{merge_id}",
    "POST /tickets/{ticket_ref}/comments",
    "POST /tickets/{ticket_ref}/tags",
    "DELETE /tickets/{ticket_ref}/tags/{name}",
    "POST /messages/{message_id}/sender",
    "POST /tickets/{ticket_ref}/replies",
    "PUT /tickets/{ticket_ref}/draft",
    "DELETE /tickets/{ticket_ref}/draft",
    "DELETE /messages/{message_id}",
    "PATCH /messages/{message_id}",
    "POST /messages/{message_id}/forward",
    "POST /messages/{message_id}/invitation",
    "POST /messages/{message_id}/receipt",
    "GET /tickets/{ticket_ref}/reply",
    "GET /new-mail",
    "POST /deliveries/{delivery_id}/retry",
    "POST /deliveries/{delivery_id}/confirm",
    "POST /attachments",
    "DELETE /attachments/{attachment_id}",
    "PATCH /contacts/{contact_id}",
    "POST /conversations/{conversation_id}/spam",
    "PATCH /conversations/{conversation_id}",
    "POST /conversations/{conversation_id}/comments",
    "GET /conversations/{conversation_id}/reply",
    "POST /conversations/{conversation_id}/replies",
    "GET /conversations/{conversation_id}/draft",
    "PUT /conversations/{conversation_id}/draft",
    "DELETE /conversations/{conversation_id}/draft",
    "POST /conversations/{conversation_id}/ticket",
    "GET /conversations/{conversation_id}/mentionable",
    "POST /me/addresses",
    "POST /me/addresses/{address}/proof",
    "DELETE /me/addresses/{address}",
}
NOT_FOR_AGENTS = {
    "GET /forms",
    "POST /forms",
    "POST /forms/check",
    "POST /forms/preview",
    "GET /forms/{form_id}",
    "PATCH /forms/{form_id}",
    "DELETE /forms/{form_id}",
    "POST /forms/{form_id}/copy",
    "GET /forms/{form_id}/versions",
    "GET /forms/{form_id}/versions/{version}",
    "POST /forms/{form_id}/versions/{version}/restore",
    "GET /forms/{form_id}/submissions",
    "GET /forms/{form_id}/submissions/counts",
    "GET /forms/{form_id}/submissions/{submission_id}",
    "DELETE /forms/{form_id}/submissions/{submission_id}",
    "POST /forms/{form_id}/submissions/{submission_id}/release",
    "GET /forms/{form_id}/submissions/{submission_id}/files/{file_id}",
    "GET /forms/{form_id}/export",
    "GET /forms/{form_id}/figures",
    "POST /forms/{form_id}/make-tickets",
    "DELETE /contacts/{contact_id}/submissions",
    "PATCH /views/{view_key}",
    "DELETE /views/{view_key}",
    "PUT /members/{member_id}/availability",
    "POST /members/{member_id}/out-of-office",
    "DELETE /out-of-office/{period_id}",
    "PATCH /desk-settings",
    "GET /sender-rules",
    "POST /sender-rules",
    "DELETE /sender-rules/{sender_id}",
    "POST /skill-categories",
    "PATCH /skill-categories/{category_id}",
    "DELETE /skill-categories/{category_id}",
    "POST /skills",
    "PATCH /skills/{skill_id}",
    "DELETE /skills/{skill_id}",
    "POST /pipelines",
    "PATCH /pipelines/{pipeline_id}",
    "DELETE /pipelines/{pipeline_id}",
    "POST /properties",
    "PATCH /properties/{property_id}",
    "DELETE /properties/{property_id}",
    "GET /team-now",
    "POST /hand-overs/{hand_over_id}/undo",
    "POST /inboxes",
    "PATCH /inboxes/{inbox_id}",
    "DELETE /inboxes/{inbox_id}",
    "POST /channels",
    "PATCH /channels/{channel_id}",
    "DELETE /channels/{channel_id}",
    "POST /channels/{channel_id}/test-mail",
    "GET /channels/{channel_id}/automations",
    "POST /channels/{channel_id}/automations",
    "PUT /channels/{channel_id}/automations/order",
    "GET /channels/{channel_id}/automation-runs",
    "PATCH /automations/{rule_id}",
    "DELETE /automations/{rule_id}",
    "POST /automations/{rule_id}/undelete",
    "GET /acknowledgements/languages",
    "POST /acknowledgements/preview",
    "POST /channels/{channel_id}/prove",
    "GET /channels/{channel_id}/ledger",
    "POST /channels/{channel_id}/ledger/replay",
    "POST /channels/check",
    "POST /channels/discover",
    "POST /channels/preview",
    "POST /channels/{channel_id}/route-preview",
    "POST /channels/{channel_id}/simulations",
    "GET /simulations/{simulation_id}",
    "DELETE /simulations/{simulation_id}",
    "POST /channels/{channel_id}/routing/history/{version}/restore",
    "GET /contacts/{contact_id}/data",
    "POST /raw-events/{raw_id}/replay",
    "GET /raw-events/{raw_id}/raw",
}
NOT_FOR_ADMINS = {
    "GET /member-mails",
    "POST /member-mails/{mail_id}/retry",
    "POST /members",
    "PATCH /members/{member_id}",
    "DELETE /members/{member_id}",
    "POST /members/{member_id}/invitation",
    "POST /members/{member_id}/deactivate",
    "POST /members/{member_id}/reactivate",
    "PUT /members/{member_id}/photo",
    "DELETE /members/{member_id}/photo",
    "POST /roles",
    "PATCH /roles/{role_key}",
    "DELETE /roles/{role_key}",
    "POST /teams",
    "PATCH /teams/{team_id}",
    "DELETE /teams/{team_id}",
}
ROLE = "night_shift"
MADE_UP = (
    "attachments",
    "bulk_jobs",
    "deliveries",
    "hand_overs",
    "macros",
    "member_mails",
    "properties",
    "sender_rules",
    "simulations",
    "ticket_merges",
)


class Route(msgspec.Struct, frozen=True):
    method: str
    path: str
    for_account: bool
    """False for what a user does outside of any account."""

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def names_a_row(self) -> bool:
        return "{" in self.path


class Desk(msgspec.Struct):
    """Account `a`, in which a customer has written, with a row in every table; and account `b` beside it."""

    site: Site
    other: int
    ids: dict[str, UUID]

    def routes(self) -> list[Route]:
        return sorted(_routes(self.site), key=str)

    async def call(self, client: httpx2.AsyncClient, route: Route) -> httpx2.Response:
        others = {"token": "x", "session_id": self.ids["ticket_id"], "role_key": ROLE, "version": 1}
        others["address"], others["name"] = "a@x.example", "New"
        address = "/api/v1" + route.path.format(**self.ids, **others)
        return await client.request(route.method, address, json=BODIES.get(str(route)))


@pytest.fixture
async def desk(db: Database, database_url: str, tmp_path: Path) -> Desk:
    site = await Site(db, tmp_path).open("a")
    await site.hear(said("Top secret lamp", subject="Top secret lamp"))
    await site.member("mia")
    async with db.transaction(site.account) as tx:
        await people.create_role(tx, "Night shift", ["read"], "all", actor=None)
        await people.create_team(tx, "Lamps", [])
        await _abilities(tx, site.members["mia"])
        form = await forms.create(tx, NewForm(name="Contact us"), None)
        await put_file(tx, await put_submission(tx, form))
        rule = NewRule(name="New", trigger="created", actions=[AddTag(name="New")])
        await automation.create(tx, site.channel, rule, None)
        chief = Who(member=site.members["mia"], may_manage=True, may_restore=True)
        await views.create(tx, NewView(name="New", shared_with="everyone"), chief)
    with psycopg.connect(database_url) as connection:
        for table in MADE_UP:
            rows.put(connection, table, site.account)
        ids = {name: _an_id(connection, table) for name, table in IDS.items()}
    beside = await office(db, site.account, address="office@a.example")
    ids |= {"inbox_id": beside.inbox, "conversation_id": await beside.conversation()}
    return Desk(site, await accounts.account(db, "b"), ids)


async def _abilities(tx: Transaction, member: UUID) -> None:
    category = await skills.create_category(tx, "Products", None)
    await skills.add(tx, category.id, ["Lamps"], None)
    await out_of_office.add(tx, member, clock.now(), clock.now() + timedelta(days=1), "", None)


@pytest.fixture
async def stranger(desk: Desk) -> AsyncIterator[httpx2.AsyncClient]:
    """Who may do anything, in the other account."""
    member = await accounts.member(desk.site.db, desk.other, "bo@b.example", "super_admin")
    async with web.program(desk.site.app, await accounts.token(desk.site.db, desk.other, member)) as client:
        yield client


async def test_nobody_gets_past_the_routes_for_signing_in(desk: Desk) -> None:
    async with web.program(desk.site.app) as nobody:
        answers = {str(route): (await desk.call(nobody, route)).status_code for route in desk.routes()}
    assert len(answers) > 30
    assert {name for name, status in answers.items() if status != 401} == OPEN


async def test_rows_of_another_account_are_not_there(desk: Desk, stranger: httpx2.AsyncClient) -> None:
    routes = [route for route in desk.routes() if route.for_account and route.names_a_row]
    answers = {str(route): (await desk.call(stranger, route)).status_code for route in routes}
    assert len(answers) > 10
    assert {name: status for name, status in answers.items() if status != 404} == {}


async def test_their_own_people_find_them(desk: Desk) -> None:
    """Otherwise the 404 above would prove nothing."""
    made_up = {
        "GET /attachments/{attachment_id}",
        "GET /bulk/{job_id}",
        "GET /macros/{macro_id}",
        "GET /forms/{form_id}/submissions/{submission_id}/files/{file_id}",
        "GET /members/{member_id}/photo",
        "GET /messages/{message_id}/remote-image",
        "GET /raw-events/{raw_id}/raw",
        "GET /simulations/{simulation_id}",
        "GET /spam/{conversation_id}",
    }
    routes = [
        r for r in desk.routes() if r.for_account and r.names_a_row and r.method == "GET" and str(r) not in made_up
    ]
    async with await desk.site.program(role="super_admin") as ann:
        answers = {str(route): (await desk.call(ann, route)).status_code for route in routes}
    assert {name: status for name, status in answers.items() if status not in (200, 204)} == {}


async def test_nothing_of_another_account_is_told_or_changed(
    desk: Desk, stranger: httpx2.AsyncClient, database_url: str
) -> None:
    before = _all_of(database_url, desk.site.account)
    for route in desk.routes():
        if route.for_account:
            answer = await desk.call(stranger, route)
            told = [word for word in (*SECRETS, *map(str, desk.ids.values())) if word in answer.text]
            assert told == [], route
            assert answer.status_code < 500, route
    assert _all_of(database_url, desk.site.account) == before
    assert any(SECRETS[0] in row for row in before)


async def test_session_of_another_account_finds_no_account(desk: Desk, stranger: httpx2.AsyncClient) -> None:
    stranger.headers["kanal-account"] = "a"
    answers = {str(r): (await desk.call(stranger, r)).status_code for r in desk.routes() if r.for_account}
    assert set(answers.values()) == {404}


@pytest.mark.parametrize(
    ("role", "has_seat", "refused"),
    [
        ("viewer", False, NOT_FOR_VIEWERS | NOT_FOR_AGENTS | NOT_FOR_ADMINS),
        ("agent", False, NOT_FOR_VIEWERS | NOT_FOR_AGENTS | NOT_FOR_ADMINS),
        ("agent", True, NOT_FOR_AGENTS | NOT_FOR_ADMINS),
        ("admin", True, NOT_FOR_ADMINS),
        ("super_admin", True, set()),
    ],
)
async def test_role_is_refused_what_is_not_its_own(desk: Desk, role: Role, has_seat: bool, refused: set[str]) -> None:
    routes = [route for route in desk.routes() if route.for_account]
    async with await desk.site.program(role=role, has_seat=has_seat) as client:
        answers = {str(route): await desk.call(client, route) for route in routes}
    forbidden = {name for name, answer in answers.items() if answer.status_code == 403}
    assert forbidden == refused & {str(route) for route in routes}
    assert {name for name, answer in answers.items() if answer.status_code >= 500} == set()


async def test_reading_never_changes_anything(desk: Desk, database_url: str) -> None:
    async with await desk.site.program(role="super_admin") as ann:
        before = _all_of(database_url, desk.site.account)
        for route in desk.routes():
            if route.for_account and route.method in SAFE:
                await desk.call(ann, route)
    assert _all_of(database_url, desk.site.account) == before


def _routes(site: Site) -> Iterator[Route]:
    for route in site.app.routes:
        if not isinstance(route, HTTPRoute) or not route.path_format.startswith("/api/v1/"):
            continue
        for handler in route.route_handlers:
            yield from _methods(route, handler)


def _methods(route: HTTPRoute, handler: HTTPRouteHandler) -> Iterator[Route]:
    for_account = not handler.opt.get("no_account") and not handler.opt.get("exclude_from_auth")
    for method in handler.http_methods:
        if method != "OPTIONS":
            yield Route(str(method), route.path_format.removeprefix("/api/v1"), for_account)


def _an_id(connection: rows.Connection, table: str) -> UUID:
    found = connection.execute(f"select id from {table} limit 1".encode()).fetchone()
    assert found, table
    return UUID(str(found[0]))


def _all_of(url: str, account: int) -> list[str]:
    """Every row of the account, as text."""
    with psycopg.connect(url) as connection:
        tables = connection.execute(
            "select c.relname from pg_class c where c.relrowsecurity and c.relkind = 'r' order by 1"
        ).fetchall()
        return [
            f"{table} {row}"
            for (table,) in tables
            for (row,) in connection.execute(
                f"select t::text from {table} t where account_id = {account} order by 1".encode()
            )
        ]
