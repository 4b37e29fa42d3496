"""The body of a mail where it can do no harm: HTML in a frame with rules of its own, text with links to follow."""

import re

from litestar import Response, Router, get
from litestar.params import FromPath

from sandbox.errors import NotFound
from sandbox.mail.http import Office
from sandbox.mail.models import Copy
from sandbox.mail.reading import Letter
from sandbox.web.markup import Child, Html, join, tag

# No script, nothing from elsewhere, no forms; links open beside the sandbox. Inline styles are what mails are made of.
# The frame keeps our origin only so that the page around it can read its height.
ABILITIES = "allow-same-origin allow-popups allow-popups-to-escape-sandbox"
RULES = (
    "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; font-src data:; "
    f"form-action 'none'; base-uri 'self'; frame-ancestors 'self'; sandbox {ABILITIES}"
)
SHOWN_AS_IMAGES = ("image/png", "image/jpeg", "image/gif", "image/webp")
LINK = re.compile(r"https?://[^\s<>\"']*[^\s<>\"'.,;:!?)\]]")


def frame_of(copy: Copy) -> Html:
    return tag("iframe", src=f"/mails/{copy.id}/html", sandbox=ABILITIES, title="The mail", class_="body")


def linked(text: str) -> Html:
    pieces: list[Child] = []
    end = 0
    for link in LINK.finditer(text):
        pieces += [text[end : link.start()], tag("a", link[0], href=link[0], rel="noreferrer", target="_blank")]
        end = link.end()
    return join([*pieces, text[end:]])


@get("/mails/{id:str}/html")
async def mail_html(post_office: Office, id: FromPath[str]) -> Response[str]:
    copy = post_office.find(id)
    letter = post_office.store.letter(copy.id)
    opening = '<!doctype html><meta charset="utf-8"><base target="_blank"><meta name="color-scheme" content="light">'
    look = (
        "<style>body{font:15px/1.5 system-ui,sans-serif;margin:16px;overflow-wrap:anywhere}img{max-width:100%}</style>"
    )
    return Response(
        opening + look + _with_images(letter, copy.id),
        media_type="text/html",
        headers={"Content-Security-Policy": RULES, "Referrer-Policy": "no-referrer"},
    )


@get("/mails/{id:str}/images/{number:int}")
async def image(post_office: Office, id: FromPath[str], number: FromPath[int]) -> Response[bytes]:
    files = post_office.store.letter(post_office.find(id).id).attachments
    if number >= len(files) or files[number].content_type not in SHOWN_AS_IMAGES:
        raise NotFound("There is no such image.")
    rules = {"Content-Security-Policy": "default-src 'none'; sandbox"}
    return Response(files[number].content, media_type=files[number].content_type, headers=rules)


def _with_images(letter: Letter, id: str) -> str:
    html = letter.html
    for number, file in enumerate(letter.attachments):
        if file.content_id:
            html = html.replace(f"cid:{file.content_id}", f"/mails/{id}/images/{number}")
    return html


frames = Router("/", route_handlers=[mail_html, image])
