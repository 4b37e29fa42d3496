"""A form's look as a stylesheet. Everything in it is scoped to `.kanal-form`, which starts from nothing, so that it is
the same in a shadow root on any site, in the builder's preview and on the hosted page."""

from __future__ import annotations

import functools
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kanal.forms.models import Corners, Font, Look
from kanal.forms.pages import colours

TEMPLATES = Path(__file__).parent / "templates"
FONTS: dict[Font, str] = {
    "system": 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif',
    "serif": 'ui-serif, Charter, "Iowan Old Style", Georgia, Cambria, "Noto Serif", serif',
    "rounded": 'ui-rounded, "SF Pro Rounded", Nunito, Quicksand, "Varela Round", "Arial Rounded MT Bold", sans-serif',
    "mono": 'ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, "Noto Sans Mono", monospace',
}
RADII: dict[Corners, tuple[str, str, str]] = {
    "square": ("0", "0", "0"),
    "rounded": ("8px", "8px", "16px"),
    "round": ("18px", "999px", "28px"),
}
"""Of inputs, of buttons and of the whole."""
LIGHT = {
    "surface": "#ffffff",
    "text": "#17191c",
    "soft": "#5b6169",
    "line": "#858c95",
    "faint": "#e3e6ea",
    "input": "#ffffff",
    "wrong": "#b3261e",
    "wrong_wash": "#fdf0ef",
}
DARK = {
    "surface": "#1b1d21",
    "text": "#eef0f3",
    "soft": "#a7adb6",
    "line": "#7b828c",
    "faint": "#33373d",
    "input": "#222529",
    "wrong": "#ffa49b",
    "wrong_wash": "#3a2321",
}


@functools.lru_cache(maxsize=200)
def _css(accent: str, font: Font, corners: Corners, template: str) -> str:
    radius, button, card = RADII[corners]
    return (
        _STYLES.get_template(template)
        .render(
            light=_tones(accent, LIGHT),
            dark=_tones(accent, DARK),
            font=FONTS[font],
            radius=radius,
            button_radius=button,
            card_radius=card,
        )
        .strip()
    )


def form_css(look: Look) -> str:
    return _css(_accent(look), look.font, look.corners, "form.css")


def page_css(look: Look) -> str:
    """Of the page around a form."""
    return _css(_accent(look), look.font, look.corners, "page.css")


def _accent(look: Look) -> str:
    """In a preview somebody may still be typing it; and nothing but a colour may get into a stylesheet."""
    return look.accent.lower() if colours.is_colour(look.accent) else Look().accent


def _tones(accent: str, tones: dict[str, str]) -> dict[str, str]:
    surface = tones["surface"]
    return {
        **tones,
        "accent": accent,
        "on_accent": colours.on(accent),
        "hover": colours.mixed(accent, colours.on(colours.on(accent)), 0.88),
        "edge": colours.readable(accent, surface, colours.EDGE),
        "link": colours.readable(accent, surface, colours.TEXT),
        "wash": colours.mixed(accent, surface, 0.08),
        "ground": colours.mixed(accent, "#f4f5f7" if surface == "#ffffff" else "#0f1013", 0.05),
    }


_STYLES = Environment(
    loader=FileSystemLoader(TEMPLATES),
    undefined=StrictUndefined,
    trim_blocks=True,
    autoescape=False,  # noqa: S701 - stylesheets: only the colours, fonts and sizes above go in
)
