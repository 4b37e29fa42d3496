"""Readable colours from any accent that somebody chooses: contrast as WCAG 2 measures it."""

from __future__ import annotations

import colorsys
import re

TEXT = 4.5
EDGE = 3.0
"""The least contrasts of text, and of what tells a control from its surroundings."""
_HEX = re.compile(r"#[0-9a-fA-F]{6}")


def is_colour(value: str) -> bool:
    return _HEX.fullmatch(value) is not None


def on(colour: str) -> str:
    """Black or white, whichever is read better on it; one of the two always has a contrast of 4.5."""
    return max(("#ffffff", "#000000"), key=lambda ink: contrast(ink, colour))


def readable(colour: str, ground: str, least: float) -> str:
    """The colour itself, or as much darker or lighter as the contrast with the ground takes."""
    hue, light, saturation = colorsys.rgb_to_hls(*_parts(colour))
    towards = 0.0 if luminance(ground) > 0.18 else 1.0
    for step in range(101):
        nearer = light + (towards - light) * step / 100
        tried = _hex(colorsys.hls_to_rgb(hue, nearer, saturation))
        if contrast(tried, ground) >= least:
            return tried
    return on(ground)


def mixed(colour: str, ground: str, share: float) -> str:
    """`share` of the colour, the rest of the ground."""
    return _hex(tuple(one * share + two * (1 - share) for one, two in zip(_parts(colour), _parts(ground), strict=True)))


def contrast(one: str, other: str) -> float:
    """1 to 21."""
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(colour: str) -> tuple[float, float, float]:
    return int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255


def _hex(parts: tuple[float, ...]) -> str:
    return "#" + "".join(f"{round(min(max(part, 0), 1) * 255):02x}" for part in parts)
