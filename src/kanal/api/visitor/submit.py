"""POST /f/{key}: what a visitor sent is read, held against the form, judged and stored; then they are thanked. Pages
are answered with pages, in which everything that was typed still stands, programs and scripts with JSON."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import psycopg
import structlog
from litestar import Response, post
from litestar.datastructures import Cookie

from kanal.api.http import problem
from kanal.api.http.given import FromPath, Given
from kanal.api.http.problem import FieldError
from kanal.api.visitor import answers, bodies, uploads
from kanal.api.visitor.answers import AnyRequest
from kanal.api.visitor.bodies import Body, TooLarge, Unreadable
from kanal.api.visitor.door import Door
from kanal.api.visitor.origins import OriginNotAllowed, cors, refuse_others
from kanal.api.visitor.sent import COOKIE, Sent, sent
from kanal.forms import spam
from kanal.forms.definitions.rules import is_closed
from kanal.forms.errors import FormDeleted
from kanal.forms.files import ScannerAway
from kanal.forms.filling import NotFilled, fill
from kanal.forms.models import Definition
from kanal.forms.pages import render
from kanal.forms.pages.models import Notice
from kanal.forms.spam import TooMany
from kanal.forms.submissions.arriving import Accepted, NewSubmission
from kanal.kit import clock
from kanal.kit.db import NotFound, is_passing
from kanal.kit.settings import Settings

AT_ONCE = {"retry-after": "1"}
VISITOR_KEPT = timedelta(days=365)
log = structlog.get_logger("kanal.forms")


@post("/f/{key:str}", exclude_from_auth=True, any_origin=True, include_in_schema=False, request_max_body_size=None)
async def submit(request: AnyRequest, door: Given[Door], key: FromPath[str]) -> Response[Any]:
    try:
        definition = await door.finder.find(key)
    except NotFound:
        return _refuse(request, "missing")
    except FormDeleted:
        return _refuse(request, "gone")
    except psycopg.OperationalError as trouble:
        return _refuse(request, _why_not_now(trouble), headers=AT_ONCE)
    try:
        refuse_others(request, definition.options, door.settings)
        if is_closed(definition.options, clock.now()):
            return _refuse(request, "closed", definition)
        with ExitStack() as leaving:
            body = await bodies.read(request, definition.fields, leaving)
            return await _take(request, door, definition, body)
    except OriginNotAllowed:
        return _refuse(request, "not_here", definition)
    except TooLarge:
        return _refuse(request, "too_large", definition)
    except Unreadable as trouble:
        return problem.invalid([FieldError("body", str(trouble))], "The request cannot be read")


async def _take(request: AnyRequest, door: Door, definition: Definition, body: Body) -> Response[Any]:
    came = sent(request, body, door.settings)
    try:
        accepted = await _accepted(door, definition, body, came)
    except NotFilled as wrong:
        return await _again(request, door, definition, came, wrong.errors)
    except TooMany as flood:
        return await _not_now(request, door, definition, came, "too_many", flood.retry_after)
    except ScannerAway as trouble:
        return await _not_now(request, door, definition, came, "busy", trouble.retry_after)
    except psycopg.OperationalError as trouble:
        return await _not_now(request, door, definition, came, _why_not_now(trouble), 1)
    return _thank(request, door.settings, definition, came, accepted)


async def _accepted(door: Door, definition: Definition, body: Body, came: Sent) -> Accepted:
    """Stored for good. Raises NotFilled, TooMany and ScannerAway."""
    now = clock.now()
    files = await uploads.seen(body.uploads, definition.fields, door.settings)
    filled = fill(definition, came.given, uploads.facts(files))
    caught = await spam.suspicion(
        door.rates, door.keyring, door.settings, definition, body.values, came.sender, came.source, now
    )
    new = NewSubmission(
        definition=definition,
        filled=filled,
        files=await uploads.taken(files, filled.answers, door.storage),
        token=came.token,
        source=came.source,
        page=came.page,
        visitor=came.visitor,
        address_hash=spam.address_hash(door.keyring, came.sender),
        network_hash=spam.network_hash(door.keyring, came.sender),
        caught=caught or (spam.VIRUS if uploads.virus(files) else ""),
        received_at=now,
    )
    return await door.acceptor.accept(new)


def _why_not_now(trouble: psycopg.OperationalError) -> Notice:
    if not is_passing(trouble):
        raise trouble
    log.warning("submission.database_away", error=type(trouble).__name__)
    return "busy"


# Answers


def _thank(
    request: AnyRequest, settings: Settings, definition: Definition, came: Sent, accepted: Accepted
) -> Response[Any]:
    options = definition.options
    redirect = options.redirect_url if options.after == "redirect" else ""
    headers = {"cache-control": "no-store", **cors(request, options)}
    if _wants_json(request):
        content = {"id": accepted.id, "thanks": {"text": options.thanks or None}, "redirect": redirect or None}
        return Response(content, status_code=201, headers=headers, cookies=_visitor(settings, came))
    headers["location"] = redirect or f"/f/{definition.key}/thanks"
    return Response(None, status_code=303, headers=headers, cookies=_visitor(settings, came))


def _visitor(settings: Settings, came: Sent) -> list[Cookie]:
    """On our own page, and not before something was sent."""
    if came.source != "hosted":
        return []
    return [
        Cookie(
            COOKIE,
            value=came.visitor,
            max_age=int(VISITOR_KEPT.total_seconds()),
            path="/f/",
            httponly=True,
            secure=settings.secure,
            samesite="lax",
        )
    ]


async def _again(
    request: AnyRequest,
    door: Door,
    definition: Definition,
    came: Sent,
    errors: Mapping[str, str],
    status: int = 422,
    headers: Mapping[str, str] | None = None,
) -> Response[Any]:
    """The mend beside each field; "" is the whole form."""
    if _wants_json(request):
        listed = [FieldError(field, message) for field, message in errors.items()]
        return problem.respond(
            "invalid", "Some fields are wrong", status, {"errors": listed}, dict(cors(request, definition.options))
        )
    captcha = None
    if definition.options.captcha:
        async with door.db.transaction(definition.account_id) as tx:
            captcha = await answers.captcha_of(tx, door.keyring, door.settings, definition)
    return answers.form_page(
        definition,
        door.keyring,
        captcha,
        came.given,
        errors,
        token=came.token,
        since=came.since,
        status=status,
        headers=headers,
    )


async def _not_now(
    request: AnyRequest, door: Door, definition: Definition, came: Sent, what: Notice, seconds: int
) -> Response[Any]:
    headers = {"retry-after": str(seconds)}
    if _wants_json(request):
        return answers.refusal(request, what, definition, headers=headers)
    _, text = render.said(what, definition.options.language)
    return await _again(request, door, definition, came, {"": text}, answers.PROBLEMS[what][1], headers)


def _refuse(
    request: AnyRequest,
    what: Notice,
    definition: Definition | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response[Any]:
    if _wants_json(request):
        return answers.refusal(request, what, definition, headers=headers)
    if what == "closed" and definition is not None:
        return answers.show(render.closed(definition), answers.PROBLEMS[what][1])
    return answers.notice(request, what, definition.options.language if definition else None, headers)


def _wants_json(request: AnyRequest) -> bool:
    return bodies.content_type(request) == bodies.JSON or bodies.JSON in request.headers.get("accept", "")
