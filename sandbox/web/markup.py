"""HTML written as Python calls. All text is escaped unless it is already `Html`, which only this module makes."""

import html
from collections.abc import Iterable

VOID = {"br", "hr", "img", "input", "link", "meta"}


class Html(str):
    """Text that is safe to put into a page as it is."""


Child = str | Html | None | Iterable["Child"]


def tag(name: str, /, *children: Child, **attributes: str | int | bool | None) -> Html:
    """`tag("a", "Eva", href="/x")`; a trailing or inner underscore is for `class_`, `data_live`."""
    opened = f"<{name}{''.join(_attribute(key, value) for key, value in attributes.items())}>"
    return Html(opened if name in VOID else f"{opened}{join(children)}</{name}>")


def join(children: Child) -> Html:
    if children is None:
        return Html("")
    if isinstance(children, Html):
        return children
    if isinstance(children, str):
        return Html(html.escape(children))
    return Html("".join(join(child) for child in children))


def _attribute(key: str, value: str | int | bool | None) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{html.escape(str(value))}"'
