"""/languages: what can be added to the skills as a language."""

from __future__ import annotations

import msgspec
from litestar import get

from kanal.api.http.pages import Page
from kanal.api.http.signin import DeskRequest, require
from kanal.people.skills.languages import LANGUAGES


class LanguageOut(msgspec.Struct):
    """`name` is the English one; by `code` a screen finds that of its reader's language."""

    code: str
    name: str


@get("/languages", guards=[require("read")])
async def list_languages(request: DeskRequest) -> Page[LanguageOut]:
    """ISO 639-1, by their English names."""
    named = sorted(LANGUAGES.items(), key=lambda entry: entry[1])
    return Page([LanguageOut(code, name) for code, name in named], None)
