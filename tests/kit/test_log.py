"""Logs tell where it broke, never what somebody wrote."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from kanal.kit import log


@pytest.fixture
def out() -> Iterator[io.StringIO]:
    root, ours = logging.getLogger(), logging.getLogger("kanal")
    before = root.handlers[:], root.level, ours.level
    stream = io.StringIO()
    log.configure(as_json=True, stream=stream)
    yield stream
    root.handlers[:], root.level, ours.level = before
    structlog.reset_defaults()


def test_exception_is_its_class_and_its_places_without_its_words(out: io.StringIO) -> None:
    try:
        try:
            raise ValueError("ann@example.com")
        except ValueError as error:
            raise RuntimeError("Secret subject") from error
    except RuntimeError as error:
        structlog.get_logger("kanal.test").error("it broke", exc_info=error, ticket=7)
    line = json.loads(out.getvalue())
    assert (line["event"], line["error"], line["ticket"]) == ("it broke", "RuntimeError", 7)
    assert "ValueError" in line["where"]
    assert any("test_log.py" in frame for frame in line["where"])
    assert "ann@" not in out.getvalue()
    assert "Secret" not in out.getvalue()


def test_libraries_are_heard_from_warnings_up_and_lose_their_tracebacks_too(out: io.StringIO) -> None:
    library = logging.getLogger("some.library")
    library.info("RCPT TO:<ann@example.com>")
    try:
        raise ValueError("ann@example.com")
    except ValueError:
        library.exception("failed %s", "once")
    line = json.loads(out.getvalue())
    assert (line["event"], line["level"], line["error"]) == ("failed once", "error", "ValueError")
    assert "ann@" not in out.getvalue()


def test_lines_for_people_show_the_places_below(out: io.StringIO) -> None:
    log.configure(as_json=False, stream=out)
    try:
        raise ValueError("ann@example.com")
    except ValueError:
        structlog.get_logger("kanal.test").exception("it broke")
    first, second, *_ = out.getvalue().splitlines()
    assert "it broke" in first
    assert "test_log.py" in second
    assert "ann@" not in out.getvalue()
