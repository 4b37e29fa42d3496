"""What handlers are given by the name of an argument: `db: Db`, `keyring: Keys`, `settings: Config`, `Given[...]` for
anything else. From the request itself come `FromPath[...]`, `FromQuery[...]`, `limit: Limit = 50`, `JSONBody[...]`."""

from __future__ import annotations

from typing import Annotated, TypeAlias, TypeVar

from litestar.di import Dependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter, SkipValidationMarker

from kanal.kit.crypto import Keyring
from kanal.kit.db import Database
from kanal.kit.settings import Settings

__all__ = ["Config", "Db", "FromPath", "FromQuery", "Given", "JSONBody", "Keys", "Limit"]

T = TypeVar("T")
Given: TypeAlias = Annotated[T, Dependency(), SkipValidationMarker()]
"""One of the objects that `app.build` was handed, as it is."""
Db = Given[Database]
Keys = Given[Keyring]
Config = Given[Settings]
Limit = Annotated[int, QueryParameter(ge=1, le=200)]
"""How many items of a list; another is fetched to know whether there are more."""
