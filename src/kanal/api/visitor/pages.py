"""A form where visitors meet it: the hosted page, the script that puts it on another site and what that script asks
for, the thank-you. What they send is taken by forms.py beside it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from litestar import Response, get, post

from kanal.api.http.given import Config, Db, FromPath, Given, Keys
from kanal.api.visitor import answers
from kanal.api.visitor.answers import AnyRequest
from kanal.api.visitor.origins import OriginNotAllowed, cors, refuse_others
from kanal.api.visitor.script import script
from kanal.forms.definitions.queries import published
from kanal.forms.definitions.rules import is_closed
from kanal.forms.errors import FormDeleted
from kanal.forms.models import Definition
from kanal.forms.pages import render, started
from kanal.forms.pages.behaviour import behaviour
from kanal.forms.pages.controls import prefilled
from kanal.forms.pages.look import form_css
from kanal.forms.submissions.counting import Counter
from kanal.kit import clock
from kanal.kit.db import Database, NotFound

FRESH = timedelta(hours=1)
STALE = timedelta(days=7)
NOT_BUILT = b'console.warn("Kanal: the script of forms is not built; `make run` builds it.");'


@get("/f/{key:str}", exclude_from_auth=True, any_origin=True, include_in_schema=False)
async def hosted_page(
    request: AnyRequest, db: Db, keyring: Keys, settings: Config, counter: Given[Counter], key: FromPath[str]
) -> Response[Any]:
    """Also /f/{key}.js, since a path's last part is one."""
    if key.endswith(".js"):
        return _script(request)
    try:
        async with db.transaction(None) as tx:
            definition = await published(tx, key)
            captcha = await answers.captcha_of(tx, keyring, settings, definition)
    except NotFound:
        return answers.notice(request, "missing")
    except FormDeleted:
        return answers.notice(request, "gone")
    if is_closed(definition.options, clock.now()):
        return answers.show(render.closed(definition), 410)
    if not _is_fetched_ahead(request):
        counter.viewed(definition)
    return answers.form_page(definition, keyring, captcha, prefilled(definition.fields, request.query_params.dict()))


@get("/f/{key:str}/definition", exclude_from_auth=True, any_origin=True, include_in_schema=False)
async def definition_for_embedding(
    request: AnyRequest, db: Db, keyring: Keys, settings: Config, counter: Given[Counter], key: FromPath[str]
) -> Response[dict[str, Any]]:
    """What the script puts into the page that it stands on."""
    try:
        async with db.transaction(None) as tx:
            definition = await published(tx, key)
            captcha = await answers.captcha_of(tx, keyring, settings, definition)
        refuse_others(request, definition.options, settings)
    except NotFound:
        return answers.refusal_to_show(request, "missing")
    except FormDeleted:
        return answers.refusal_to_show(request, "gone")
    except OriginNotAllowed:
        return answers.refusal_to_show(request, "not_here", definition)
    now = clock.now()
    options = definition.options
    if is_closed(options, now):
        return answers.refusal_to_show(request, "closed", definition)
    counter.viewed(definition)
    token, since = answers.new_token(), started.make(keyring, definition.form_id, now)
    content = {
        "html": render.form(
            definition, None, {}, token, since, action=_address(settings.public_url, definition), captcha=captcha
        ),
        "css": form_css(options.look),
        "token": token,
        "started": since,
        **behaviour(definition, captcha),
    }
    return Response(content, headers={"cache-control": "no-store", **cors(request, options)})


@get("/f/{key:str}/thanks", exclude_from_auth=True, any_origin=True, include_in_schema=False)
async def thanks_page(request: AnyRequest, db: Db, key: FromPath[str]) -> Response[str]:
    try:
        definition = await _published(db, key)
    except NotFound:
        return answers.notice(request, "missing")
    except FormDeleted:
        return answers.notice(request, "gone")
    return answers.show(render.thanks(definition))


@post("/f/{key:str}/started", exclude_from_auth=True, any_origin=True, include_in_schema=False, status_code=204)
async def count_start(request: AnyRequest, db: Db, counter: Given[Counter], key: FromPath[str]) -> Response[None]:
    """Somebody wrote the first letter; nothing else is told."""
    try:
        counter.started(await _published(db, key))
    except (NotFound, FormDeleted):
        return Response(None, status_code=404, headers=cors(request))
    return Response(None, status_code=204, headers=cors(request))


async def _published(db: Database, key: str) -> Definition:
    async with db.transaction(None) as tx:
        return await published(tx, key)


def _script(request: AnyRequest) -> Response[bytes]:
    """Asked for by its version it never changes; else it is looked at again within the hour."""
    built = script()
    shared = {"access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin"}
    if built is None:
        return Response(NOT_BUILT, status_code=503, media_type="text/javascript", headers=shared)
    pinned = request.query_params.get("v") == built.version
    keep = f"max-age={FRESH.total_seconds():.0f}, stale-while-revalidate={STALE.total_seconds():.0f}"
    headers = {
        **shared,
        "etag": f'"{built.version}"',
        "vary": "accept-encoding",
        "cache-control": "public, max-age=31536000, immutable" if pinned else f"public, {keep}",
    }
    if built.version in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, media_type="text/javascript", headers=headers)
    packed = "gzip" in request.headers.get("accept-encoding", "")
    if packed:
        headers["content-encoding"] = "gzip"
    return Response(built.packed if packed else built.content, media_type="text/javascript", headers=headers)


def _is_fetched_ahead(request: AnyRequest) -> bool:
    """By a browser that guesses where somebody will go."""
    return "prefetch" in request.headers.get("sec-purpose", "")


def _address(public_url: str, definition: Definition) -> str:
    return f"{public_url}/f/{definition.key}"
