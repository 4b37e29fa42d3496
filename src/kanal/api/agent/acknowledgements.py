"""/acknowledgements: what the automatic answer to a first message says, before it is switched on."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import get, post

from kanal.api.http.given import JSONBody
from kanal.api.http.pages import Page
from kanal.api.http.signin import DeskRequest, require
from kanal.delivery.acknowledging import LANGUAGES, AcknowledgementShown, checked, preview


class AcknowledgementLanguage(msgspec.Struct):
    code: str
    name: str
    text: str
    """What it says unless somebody writes their own."""


class PreviewOfAcknowledgement(msgspec.Struct, forbid_unknown_fields=True):
    acknowledgement: dict[str, Any]


@get("/acknowledgements/languages", guards=[require("manage_channels")])
async def list_acknowledgement_languages(request: DeskRequest) -> Page[AcknowledgementLanguage]:
    """The languages that have words of their own."""
    return Page([AcknowledgementLanguage(code, words.name, words.text) for code, words in LANGUAGES.items()], None)


@post("/acknowledgements/preview", guards=[require("manage_channels")], status_code=200)
async def preview_acknowledgement(
    request: DeskRequest, data: JSONBody[PreviewOfAcknowledgement]
) -> AcknowledgementShown:
    """What a customer will get; number and names are made up."""
    return preview(checked(data.acknowledgement))
