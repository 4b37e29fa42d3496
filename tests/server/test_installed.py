"""The list of kinds: ours, and those that other packages bring."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

from kanal.kit.settings import Settings
from kanal.server.installed import ENTRY_POINT, installed
from tests.channelkit.kinds.chat import ChatKind
from tests.make import web


def chat(settings: Settings) -> ChatKind:
    return ChatKind()


def impostor(settings: Settings) -> ChatKind:
    kind = ChatKind()
    kind.name = "email"
    return kind


def broken(settings: Settings) -> Any:
    raise RuntimeError("no licence")


def no_kind(settings: Settings) -> object:
    return object()


def kinds_with(tmp_path: Path, *functions: str) -> dict[str, Any]:
    found = [EntryPoint(name, f"{__name__}:{name}", ENTRY_POINT) for name in functions]
    return dict(installed(web.settings(tmp_path), found))


def test_a_kind_from_elsewhere_stands_beside_ours(tmp_path: Path) -> None:
    kinds = kinds_with(tmp_path, "chat")
    assert list(kinds) == ["email", "form", ChatKind().name]


def test_faulty_kinds_are_left_out_and_the_others_work(tmp_path: Path) -> None:
    kinds = kinds_with(tmp_path, "broken", "no_kind", "nowhere", "chat")
    assert list(kinds) == ["email", "form", ChatKind().name]


def test_nobody_takes_the_place_of_ours(tmp_path: Path) -> None:
    assert type(kinds_with(tmp_path, "impostor")["email"]).__name__ == "EmailKind"
