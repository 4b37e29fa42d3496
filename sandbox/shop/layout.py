"""The page around the shop's pages, with a policy as strict as a careful shop's: a form has to work under it."""

from litestar import Response

from sandbox.shop.models import Shop
from sandbox.web.markup import Child, tag

MENU = (("/shop", "Lamps"), ("/shop/contact", "Contact"), ("/shop/letter", "Write without script"))


def shop_page(shop: Shop, title: str, *content: Child, here: str = "") -> Response[str]:
    document = tag(
        "html",
        tag(
            "head",
            tag("meta", charset="utf-8"),
            tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
            tag("title", f"{title} · Ljus & Form"),
            tag("link", rel="icon", href="/static/sandbox.svg", type="image/svg+xml"),
            tag("link", rel="stylesheet", href="/static/shop.css"),
        ),
        tag("body", _top(here), tag("main", *content), _foot()),
        lang="en",
    )
    headers = {"Content-Security-Policy": _rules(shop), "Cache-Control": "no-store"}
    return Response(f"<!doctype html>{document}", media_type="text/html", headers=headers)


def _rules(shop: Shop) -> str:
    desk = shop.desk or "'none'"
    return (
        f"default-src 'none'; script-src {desk}; connect-src {desk}; form-action {desk}; "
        "style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def _top(here: str) -> Child:
    links = [tag("a", label, href=href, aria_current="page" if href == here else None) for href, label in MENU]
    return tag("header", tag("a", "Ljus & Form", href="/shop", class_="name"), tag("nav", links, aria_label="Shop"))


def _foot() -> Child:
    return tag(
        "footer",
        tag("p", "This shop is made up, so that forms can be tried out on a site that is not the help desk’s. "),
        tag("p", tag("a", "Back to the sandbox", href="/")),
    )
