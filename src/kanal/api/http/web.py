"""The agent app: one page for all its addresses, and the files it loads. Names under /assets carry a hash of what is in
them and are kept by browsers for good; the page itself is asked for each time."""

from __future__ import annotations

import functools
import gzip
import mimetypes
from pathlib import Path
from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

WEB = Path(__file__).parents[2] / "server" / "web"
PAGES = ["/", "/signin", "/welcome", "/invitation", "/reset", "/a", "/a/{rest:path}"]
COMPRESSIBLE = ("text/", "application/javascript", "application/json", "image/svg+xml", "application/manifest+json")
FOR_GOOD = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
NOT_BUILT = b"""<!doctype html><html lang="en"><meta charset="utf-8"><title>Kanal</title>
<h1>The agent app is not built</h1>
<p>Kanal is running, and its API answers, but the pages are missing. <code>make run</code> builds them.</p></html>"""


def handlers(web: Path = WEB) -> list[HTTPRouteHandler]:
    @get(PAGES, exclude_from_auth=True, include_in_schema=False)
    async def agent_app(request: Request[Any, Any, Any]) -> Response[bytes]:
        page = _inside(web, "index.html")
        if page is None:
            return Response(NOT_BUILT, status_code=503, media_type="text/html")
        return _file(request, page, ASK_AGAIN)

    @get("/assets/{path:path}", exclude_from_auth=True, include_in_schema=False)
    async def asset(request: Request[Any, Any, Any], path: FromPath[str]) -> Response[bytes]:
        return _file(request, _inside(web / "assets", path), FOR_GOOD)

    @get("/{name:str}", exclude_from_auth=True, include_in_schema=False)
    async def root_file(request: Request[Any, Any, Any], name: FromPath[str]) -> Response[bytes]:
        """Icons and the like, which browsers look for at the root."""
        return _file(request, _inside(web, name), ASK_AGAIN)

    return [agent_app, asset, root_file]


def _inside(folder: Path, name: str) -> Path | None:
    """The file of that name, unless it lies outside of the folder."""
    try:
        path = (folder / name.lstrip("/")).resolve()
        return path if path.is_relative_to(folder.resolve()) and path.is_file() else None
    except (OSError, ValueError):  # names that no file system takes
        return None


def _file(request: Request[Any, Any, Any], path: Path | None, cache: str) -> Response[bytes]:
    if path is None:
        raise NotFoundException
    type_ = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    headers = {"cache-control": cache, "vary": "accept-encoding"}
    packed = "gzip" in request.headers.get("accept-encoding", "") and type_.startswith(COMPRESSIBLE)
    if packed:
        headers["content-encoding"] = "gzip"
    return Response(_content(path, path.stat().st_mtime_ns, packed), media_type=type_, headers=headers)


@functools.lru_cache(maxsize=256)
def _content(path: Path, _changed: int, packed: bool) -> bytes:
    content = path.read_bytes()
    return gzip.compress(content, 9, mtime=0) if packed else content
