"""The lamps, drawn."""

from sandbox.web.markup import Html, tag

PENDANT = ("M60 8v46", "M28 86a32 32 0 0 1 64 0z", "M50 86a10 10 0 0 0 20 0", "M40 112l-6 16M60 114v18M80 112l6 16")
TABLE = ("M38 64l10-38h24l10 38z", "M60 64v50", "M40 120a20 6 0 0 1 40 0z", "M26 74l-12 8M94 74l12 8")
FLOOR = (
    "M84 30a24 24 0 0 0-48 0",
    "M84 30l12 22H72l12-22z",
    "M36 30v86",
    "M20 120h32",
    "M84 64v16M70 62l-8 12M98 62l8 12",
)


def lamp(lines: tuple[str, ...]) -> Html:
    drawn = [tag("path", d=line) for line in lines]
    look = {"fill": "none", "stroke": "currentColor", "stroke-width": "2.5", "stroke-linecap": "round"}
    return tag("svg", drawn, viewBox="0 0 120 140", aria_hidden="true", **{"stroke-linejoin": "round", **look})
