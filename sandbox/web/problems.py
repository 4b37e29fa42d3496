"""Faults → answers: problem documents (RFC 9457) for programs under /api, a plain page for people."""

import logging
import re
import traceback
from typing import Any, TypeVar
from urllib.parse import urlsplit

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException, PermissionDeniedException

from sandbox.errors import InvalidInput, NotFound
from sandbox.web.layout import notice, page
from sandbox.web.markup import tag

T = TypeVar("T")
log = logging.getLogger("sandbox")


def decode(body: bytes, as_type: type[T]) -> T:
    """JSON into a struct, or InvalidInput that names the field."""
    try:
        return msgspec.json.decode(body or b"{}", type=as_type)
    except msgspec.ValidationError as error:
        raise InvalidInput(_field(str(error)), str(error)) from error
    except msgspec.DecodeError as error:
        raise InvalidInput("", f"The body is no JSON: {error}") from error


def refuse_other_origins(request: Request[Any, Any, Any]) -> None:
    """A page of somebody else's, open in the same browser, must not write mail here."""
    origin = request.headers.get("origin")
    if request.method in ("GET", "HEAD") or not origin:
        return
    if urlsplit(origin).netloc != request.headers.get("host"):
        raise PermissionDeniedException("This came from a page of another origin.")


def invalid_input(request: Request[Any, Any, Any], error: InvalidInput) -> Response[Any]:
    return _answer(request, 422, "invalid-input", error.message, [{"field": error.field, "message": error.message}])


def not_found(request: Request[Any, Any, Any], error: NotFound) -> Response[Any]:
    return _answer(request, 404, "not-found", str(error))


def http_error(request: Request[Any, Any, Any], error: HTTPException) -> Response[Any]:
    words = {404: "There is nothing at this address."}.get(error.status_code, error.detail)
    return _answer(request, error.status_code, "http-error", words)


def our_fault(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """A bug. Where and what kind is logged, not the words: they may quote somebody's mail."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    log.error("%s in %s, line %s", type(error).__name__, last.filename, last.lineno)
    return _answer(request, 500, "fault", "The sandbox has a fault; the log says where.")


def _answer(
    request: Request[Any, Any, Any], status: int, kind: str, detail: str, errors: list[dict[str, str]] | None = None
) -> Response[Any]:
    if not request.url.path.startswith("/api"):
        return page(detail, tag("h1", "That did not work"), notice(detail, "bad"), status=status)
    problem = {
        "type": f"/problems/{kind}",
        "title": kind.replace("-", " ").capitalize(),
        "status": status,
        "detail": detail,
        "errors": errors or [],
    }
    content = msgspec.json.encode(problem)
    return Response(content, status_code=status, media_type="application/problem+json")


def _field(words: str) -> str:
    """msgspec says where: “… - at `$.to[0]`”, or “Object missing required field `from_`”."""
    if at := re.search(r"at `\$\.?([^`]*)`", words):
        return at.group(1)
    named = re.search(r"field `([^`]*)`", words)
    return named.group(1) if named else ""
