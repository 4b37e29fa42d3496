"""The API's description at /api/openapi.json and a page to read it at /api/docs. The page is ours, scripts and all:
nothing of it comes from another origin, and no inline script weakens the content policy."""

from __future__ import annotations

import importlib.metadata
import json
import re
from pathlib import Path
from typing import Any

import msgspec
from litestar import MediaType, Request, Response, Router, get
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import OpenAPIRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme

from kanal.api.http.problem import MEDIA_TYPE

PAGE_OF = re.compile(r"Page_(?:\w+\.)*(\w+)_")
FILES = Path(__file__).parent / "docs"
PROBLEM_SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "An error (RFC 9457). `type` is stable; some types have further members.",
    "required": ["type", "title", "status"],
    "additionalProperties": True,
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "description": "Which fields are wrong, where some are.",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
}
PROBLEM_ANSWER = {
    "description": "A problem",
    "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


def config() -> OpenAPIConfig:
    return OpenAPIConfig(
        title="Kanal",
        version=importlib.metadata.version("kanal"),
        description="Lists are pages: `items`, and `next` to pass as `after`. Unsafe calls take `Idempotency-Key`.",
        path="/api",
        openapi_router=Router(
            path="/api",
            route_handlers=[docs_script, docs_style],
            opt={"exclude_from_auth": True},
            include_in_schema=False,
        ),
        render_plugins=[Described(path="/openapi.json"), Page(path="/docs")],
        use_handler_docstrings=True,
        operation_id_creator=lambda handler, *_: handler.handler_name,
        components=Components(
            security_schemes={
                "token": SecurityScheme(type="http", scheme="bearer", description="`kanal token create` prints one."),
                "session": SecurityScheme(type="apiKey", name="kanal_session", security_scheme_in="cookie"),
            }
        ),
        security=[{"token": []}, {"session": []}],
    )


class Described(OpenAPIRenderPlugin):
    """The document itself, with our errors in place of the framework's."""

    def __init__(self, *, path: str) -> None:
        super().__init__(path=path, media_type=MediaType.JSON)
        self._made: bytes | None = None

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        if self._made is None:
            self._made = msgspec.json.encode(finished(openapi_schema))
        return self._made


class Page(OpenAPIRenderPlugin):
    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        return (FILES / "docs.html").read_bytes()


@get("/docs/docs.js", include_in_schema=False)
async def docs_script() -> Response[bytes]:
    return Response((FILES / "docs.js").read_bytes(), media_type="text/javascript")


@get("/docs/docs.css", include_in_schema=False)
async def docs_style() -> Response[bytes]:
    return Response((FILES / "docs.css").read_bytes(), media_type="text/css")


def finished(document: dict[str, Any]) -> dict[str, Any]:
    """The document that Litestar made, as we show it."""
    return with_readable_names(with_problems(with_whole_answers(document)))


def with_whole_answers(document: dict[str, Any]) -> dict[str, Any]:
    """What is only answered has all its fields, also those that have a default where they are made."""
    schemas = document.get("components", {}).get("schemas", {})
    operations = [each for path in document.get("paths", {}).values() for each in path.values()]
    given = {name for each in operations for name in _named(each.get("requestBody"), schemas)}
    answered = {name for each in operations for name in _named(each.get("responses"), schemas)}
    for name in answered - given:
        shapes = schemas[name].get("properties")
        if shapes:
            schemas[name]["required"] = sorted(shapes)
            for shape in shapes.values():
                shape.pop("default", None)
    return document


def _named(part: Any, schemas: dict[str, Any], seen: frozenset[str] = frozenset()) -> set[str]:
    """The schemas that a part of the document names, and those which they name."""
    if isinstance(part, dict) and "$ref" in part:
        name = part["$ref"].rpartition("/")[2]
        return set() if name in seen else {name} | _named(schemas.get(name), schemas, seen | {name})
    parts = part.values() if isinstance(part, dict) else part if isinstance(part, list) else []
    return {name for each in parts for name in _named(each, schemas, seen)}


def with_problems(document: dict[str, Any]) -> dict[str, Any]:
    """Every operation answers errors with the same document, and is summed up by what its docstring says."""
    document.setdefault("components", {}).setdefault("schemas", {})["Problem"] = PROBLEM_SCHEMA
    for operations in document.get("paths", {}).values():
        for operation in operations.values():
            if isinstance(operation, dict) and "responses" in operation:
                operation["summary"] = operation.pop("description", operation.get("summary", ""))
                answers = operation["responses"]
                kept = {status: answer for status, answer in answers.items() if status[0] in "123"}
                operation["responses"] = {**kept, "default": PROBLEM_ANSWER}
    return document


def with_readable_names(document: dict[str, Any]) -> dict[str, Any]:
    """`Page[Ticket]` is a TicketPage; Litestar's name for it holds the module in which a Ticket lives."""
    renamed: dict[str, Any] = json.loads(PAGE_OF.sub(r"\1Page", json.dumps(document)))
    return renamed
