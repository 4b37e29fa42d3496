"""What the handlers in `api`, the pages, `forms` and `frames` have in common."""

from typing import Any
from urllib.parse import quote

from litestar import Request
from litestar.di import NamedDependency

from sandbox.mail.post_office import PostOffice

AnyRequest = Request[Any, Any, Any]
Office = NamedDependency[PostOffice]


def file_url(id: str, number: int) -> str:
    return f"/mails/{quote(id)}/files/{number}"
