"""Whether a screen can be used by everybody: axe looks at it in light and in dark, as it stands."""

from __future__ import annotations

from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SETTLED = """
async () => {
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame)
  const ends = each => each.effect?.getComputedTiming().endTime !== Infinity
  await Promise.all(document.getAnimations().filter(ends).map(each => each.finished.catch(() => null)))
}
"""
"""Colours that fade from one scheme into the other are judged when they are there."""


ALL: dict[str, Any] = {"resultTypes": ["violations"]}
COLOURS: dict[str, Any] = ALL | {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


def faults(page: Page) -> list[str]:
    """Serious ones, and that it is wider than the window; each with the scheme in which it was found. What is no matter
    of colours is the same in both."""
    found = []
    schemes: list[tuple[Literal["dark", "light"], dict[str, Any]]] = [("dark", ALL), ("light", COLOURS)]
    for scheme, rules in schemes:
        page.emulate_media(color_scheme=scheme)
        page.evaluate(SETTLED)
        found += [f"{scheme}: {each}" for each in _serious(page, rules)]
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append("it is wider than the window")
    return found


def _serious(page: Page, rules: dict[str, Any]) -> list[str]:
    return [
        f"{each['id']}: {each['nodes'][0]['html'][:160]}"
        for each in Axe().run(page, options=rules).response["violations"]
        if each["impact"] in ("serious", "critical")
    ]
