"""Any accent is readable, and nothing of a form's look reaches beyond it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.forms.models import Look
from kanal.forms.pages import colours
from kanal.forms.pages.look import DARK, LIGHT, form_css

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(COLOURS)
def test_text_on_any_accent_is_readable(accent: str) -> None:
    assert colours.contrast(colours.on(accent), accent) >= 4.5


@given(COLOURS, st.sampled_from([LIGHT["surface"], DARK["surface"]]))
def test_an_accents_tones_stand_out_from_what_is_behind_them(accent: str, ground: str) -> None:
    assert colours.contrast(colours.readable(accent, ground, colours.TEXT), ground) >= 4.5
    assert colours.contrast(colours.readable(accent, ground, colours.EDGE), ground) >= 3


@pytest.mark.parametrize("tones", [LIGHT, DARK])
def test_the_other_tones_do_so_too(tones: dict[str, str]) -> None:
    for name, least in (("text", 7), ("soft", 4.5), ("wrong", 4.5), ("line", 3)):
        assert colours.contrast(tones[name], tones["surface"]) >= least, name
    assert colours.contrast(tones["soft"], tones["input"]) >= 4.5
    assert colours.contrast(tones["wrong"], tones["wrong_wash"]) >= 4.5


@pytest.mark.parametrize("accent", ["red", "#12", "#123456; } body { display: none", "url(https://x.example)", ""])
def test_what_is_no_colour_never_gets_into_a_stylesheet(accent: str) -> None:
    assert form_css(Look(accent=accent)) == form_css(Look())


def test_every_rule_is_about_the_form() -> None:
    css = re.sub(r"/\*.*?\*/", "", form_css(Look()), flags=re.DOTALL)
    selectors = [each.strip() for block in re.findall(r"([^{}]+)\{", css) for each in block.split(",")]
    assert len(selectors) > 60
    assert [each for each in selectors if not each.startswith((".kanal-form", "@"))] == []


def test_each_look_is_its_own() -> None:
    looks = [Look(), Look(font="serif"), Look(corners="round"), Look(accent="#ff0066")]
    assert len({form_css(look) for look in looks}) == len(looks)
