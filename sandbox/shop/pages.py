"""The shop's pages: lamps, a contact page with a form of the help desk's, and the same without any script."""

from litestar import Response, Router, get
from litestar.di import NamedDependency

from sandbox.shop.drawings import FLOOR, PENDANT, TABLE, lamp
from sandbox.shop.layout import shop_page
from sandbox.shop.models import Shop
from sandbox.web.markup import Child, tag

Known = NamedDependency[Shop]
ABOUT = (
    ("delivery", "A delivery"),
    ("damaged", "Something is damaged"),
    ("invoice", "An invoice"),
    ("other", "Something else"),
)
LAMPS = (
    (PENDANT, "Skymning", "A pendant of spun brass for above the table.", "2 450 kr"),
    (TABLE, "Läslus", "Linen and oak, for one book and one chair.", "1 290 kr"),
    (FLOOR, "Hägern", "Bends over the sofa and minds its own business.", "3 900 kr"),
)


@get("/")
async def lamps(shop: Known) -> Response[str]:
    return shop_page(
        shop,
        "Lamps",
        tag(
            "section",
            tag("p", "Växjö, since 1962", class_="small"),
            tag("h1", "Light for evenings that take their time"),
            tag(
                "p", "Every lamp is turned, sewn and wired by three people in one workshop. Ask us anything about one."
            ),
            tag("p", tag("a", "Contact us", href="/shop/contact", class_="button")),
            class_="hero",
        ),
        tag("section", [_lamp(*each) for each in LAMPS], class_="lamps"),
        here="/shop",
    )


@get("/contact")
async def contact(shop: Known) -> Response[str]:
    """The form comes where its script tag stands."""
    form = tag("script", src=f"{shop.form}.js", async_=True) if shop.form else _none()
    return shop_page(
        shop,
        "Contact",
        tag("div", _about(), tag("div", form, class_="form"), class_="contact"),
        here="/shop/contact",
    )


@get("/letter")
async def letter(shop: Known) -> Response[str]:
    """A form of the shop's own, which any page can send without a script."""
    return shop_page(
        shop,
        "Write to us",
        tag("div", _about(), _plain(shop) if shop.form else _none(), class_="contact"),
        here="/shop/letter",
    )


def _lamp(drawing: tuple[str, ...], name: str, text: str, price: str) -> Child:
    return tag("article", lamp(drawing), tag("h2", name), tag("p", text), tag("p", price, class_="price"))


def _about() -> Child:
    return tag(
        "div",
        tag("h1", "Talk to us"),
        tag(
            "p", "A lamp that flickers, an order that lingers, a shade in another colour: write, and a person answers."
        ),
        tag(
            "dl",
            [tag("dt", "Workshop"), tag("dd", "Smedjegatan 4, Växjö")],
            [tag("dt", "Open"), tag("dd", "Monday to Friday, 8–12 and 13–17")],
        ),
        class_="about",
    )


def _plain(shop: Shop) -> Child:
    return tag(
        "form",
        [_field(*each) for each in (("name", "Your name", "name"), ("email", "Email", "email"))],
        tag("label", "What is it about?", tag("select", [tag("option", w, value=v) for v, w in ABOUT], name="reason")),
        _field("subject", "Subject", "off"),
        tag("label", "How can we help?", tag("textarea", name="description", rows=6, required=True)),
        tag("input", type="hidden", name="page", value="letter"),
        tag("button", "Send", type="submit", class_="button"),
        method="post",
        action=shop.form,
        class_="letter",
    )


def _field(name: str, label: str, autocomplete: str) -> Child:
    type_ = "email" if name == "email" else "text"
    return tag("label", label, tag("input", name=name, type=type_, autocomplete=autocomplete, required=name != "name"))


def _none() -> Child:
    return tag("p", "The help desk has no form for this shop yet.", class_="none")


shop_pages = Router("/shop", route_handlers=[lamps, contact, letter])
