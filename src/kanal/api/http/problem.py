"""Problem documents (RFC 9457): the one shape of every error, and the errors that only HTTP knows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec
from litestar import Response
from litestar.exceptions import HTTPException, ValidationException

MEDIA_TYPE = "application/problem+json"
FIELD_IN_MESSAGE = re.compile(r"Object (?:missing required|contains unknown) field `(?P<field>.+?)`")
PLACE_IN_LIST = re.compile(r"\[(\d+)\]")


class FieldError(msgspec.Struct):
    field: str
    message: str


class Problem(msgspec.Struct, omit_defaults=True):
    """`type` is stable and what programs look at; `title` is for people."""

    type: str
    title: str
    status: int
    detail: str = ""
    errors: list[FieldError] = []


class Invalid(Exception):
    """The input is well-formed, but the domain says no to a field of it."""

    def __init__(self, field: str, message: str, **more: msgspec.Struct) -> None:
        """`more` are members of the document besides the errors."""
        super().__init__(field, message)
        self.errors = [FieldError(field, message)]
        self.more = more


class Forbidden(Exception):
    """The caller may not do that."""


class ForeignOrigin(Exception):
    """A browser was sent by a page that is not ours."""


class NotReady(Exception):
    """Something this installation needs does not answer."""


def respond(
    type_: str, title: str, status: int, more: Mapping[str, Any] | None = None, headers: dict[str, str] | None = None
) -> Response[dict[str, Any]]:
    """`more` are members of the document besides the three that all have."""
    document = {"type": f"/problems/{type_}", "title": title, "status": status, **(more or {})}
    return Response(document, status_code=status, media_type=MEDIA_TYPE, headers=headers)


def invalid(errors: list[FieldError], title: str = "Some fields are wrong") -> Response[dict[str, Any]]:
    return respond("invalid", title, 422, {"errors": errors})


def of_validation(error: ValidationException) -> Response[dict[str, Any]]:
    """Litestar's findings, each with the full path of its field."""
    found = error.extra if isinstance(error.extra, list) else []
    return invalid([_field_error(one) for one in found] or [FieldError("body", error.detail)])


def of_http(error: HTTPException) -> Response[dict[str, Any]]:
    """What the framework itself refuses: a route, a method, a size, a body that is no JSON."""
    headers = dict(error.headers or {})
    if error.status_code == 400:
        return invalid([FieldError("body", _first_line(error.detail))], "The request cannot be read")
    type_, title = FRAMEWORK.get(error.status_code, ("http", "The request was refused"))
    return respond(type_, title, error.status_code, headers=headers)


FRAMEWORK = {
    401: ("sign-in", "Sign in first"),
    403: ("forbidden", "This is not yours to do"),
    404: ("not-found", "There is nothing here"),
    405: ("method-not-allowed", "This address does not take that method"),
    413: ("too-large", "The request is too large"),
    429: ("rate-limited", "Too many tries"),
    500: ("internal", "Something broke on our side"),
    503: ("not-ready", "The service is not ready"),
}


def _field_error(found: Mapping[str, Any]) -> FieldError:
    key = PLACE_IN_LIST.sub(r".\1", str(found.get("key") or ""))
    path = [] if key in ("", "data") else [key]
    message = str(found.get("message", ""))
    if match := FIELD_IN_MESSAGE.match(message):
        path.append(match["field"])
    return FieldError(".".join(path) or "body", message)


def _first_line(text: str) -> str:
    return text.partition("\n")[0]
