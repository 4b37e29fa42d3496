"""The cases that the script of forms is held to too, see web/form/src/conditions.test.ts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kanal.kit.conditions import holds

CASES = Path(__file__).parents[2] / "web" / "form" / "src" / "conditions.cases.json"


@pytest.mark.parametrize("case", json.loads(CASES.read_text()))
def test_the_server_decides_as_the_browser_does(case: dict[str, Any]) -> None:
    assert holds(case["tree"], case["facts"]) is case["holds"]
