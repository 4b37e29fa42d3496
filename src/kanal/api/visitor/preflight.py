"""What a browser asks before a page of another site sends a form as JSON. Whether that site may is told with the answer
to what it sends."""

from __future__ import annotations

from litestar import Response, route

from kanal.api.http.given import FromPath
from kanal.api.visitor.origins import ANY


@route("/f/{key:str}", http_method=["OPTIONS"], exclude_from_auth=True, any_origin=True, include_in_schema=False)
async def may_send(key: FromPath[str]) -> Response[None]:
    headers = {
        **ANY,
        "access-control-allow-methods": "GET, POST",
        "access-control-allow-headers": "content-type",
        "access-control-max-age": "86400",
    }
    return Response(None, status_code=204, headers=headers)
