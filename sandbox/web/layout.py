"""The page around every page: the airmail border, so that nobody takes the sandbox for the product, and strict rules."""

from litestar import Response

from sandbox.web.markup import Child, join, tag

RULES = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def page(title: str, *content: Child, status: int = 200, here: str = "") -> Response[str]:
    """`here` is the path of the menu entry that this page belongs to."""
    document = tag(
        "html",
        tag(
            "head",
            tag("meta", charset="utf-8"),
            tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
            tag("meta", name="color-scheme", content="light dark"),
            tag("title", f"{title} · Sandbox"),
            tag("link", rel="icon", href="/static/sandbox.svg", type="image/svg+xml"),
            tag("link", rel="stylesheet", href="/static/sandbox.css"),
            tag("script", src="/static/sandbox.js", defer=True),
        ),
        tag("body", _top(here), tag("main", *content)),
        lang="en",
    )
    headers = {"Content-Security-Policy": RULES, "Cache-Control": "no-store"}
    return Response(
        f"<!doctype html>{document}", media_type="text/html", status_code=status, headers=headers
    )


def _top(here: str) -> Child:
    entries = (("/", "Mailboxes"), ("/write", "Write a mail"))
    return tag(
        "header",
        tag(
            "div",
            tag("a", tag("b", "Sandbox"), tag("span", " – the outside world"), href="/", class_="name"),
            tag(
                "nav",
                [tag("a", label, href=href, aria_current="page" if href == here else None) for href, label in entries],
                aria_label="Sandbox",
            ),
        ),
    )


def notice(text: Child, kind: str = "info") -> Child:
    return tag("p", join(text), class_=f"notice {kind}", role="alert" if kind == "bad" else "status")
