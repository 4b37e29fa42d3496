"""What a customer's letter is made of; to whom it goes, `write_demo_mails` fills in when it sends it."""

from msgspec import Struct

from sandbox.mail.compose import Draft, File
from sandbox.mail.replies import as_html

EVA = "Eva Lindqvist <eva@kund.example>"
OLIVIA = "Olivia Hart <olivia.hart@harthome.example>"
MAGNUS = "Magnus Öhman <magnus.ohman@fjallvik.example>"


class Letter(Struct, frozen=True):
    """`follows`: the key of an earlier letter in whose thread this one stands."""

    draft: Draft
    key: str = ""
    follows: str = ""


def letter(
    from_: str,
    subject: str,
    text: str,
    *,
    html: str | None = None,
    files: list[File] | None = None,
    cc: list[str] | None = None,
    headers: dict[str, str] | None = None,
    key: str = "",
    follows: str = "",
) -> Letter:
    """Most mail programs write HTML as well; `html=""` stands for one that does not."""
    draft = Draft(
        from_=from_,
        to=[],
        cc=cc or [],
        subject=subject,
        text=text,
        html=f'<div dir="ltr">{as_html(text)}</div>' if html is None else html,
        files=files or [],
        headers=headers or {},
    )
    return Letter(draft, key, follows)
