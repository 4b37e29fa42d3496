"""Draws everything that a visitor sees of forms: `form` for all places, `page` around it, and the pages that only say
something. Each text of a form is somebody's and escaped."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kanal.forms.models import Definition, Field, Language, Look
from kanal.forms.pages.behaviour import behaviour
from kanal.forms.pages.controls import Values, controls, defaults, may_be_given, texts_of
from kanal.forms.pages.look import TEMPLATES, form_css, page_css
from kanal.forms.pages.models import Captcha, Document, Notice, Preview
from kanal.forms.pages.policy import policy
from kanal.forms.pages.texts import texts

NOTHING: Mapping[str, str] = {}


def form(
    definition: Definition,
    values: Values | None = None,
    errors: Mapping[str, str] = NOTHING,
    token: str = "",
    started: str = "",
    *,
    action: str = "",
    captcha: Captcha | None = None,
    rules: bool = False,
) -> str:
    """The markup, with its stylesheet at `form_css`. `values` is what is in it (None: the form's defaults), `errors`
    the mend by field, under "" one for the whole. `token` and `started` go into `_submission` and `_started`; `rules`
    has it carry what its script has to know."""
    language, options = definition.options.language, definition.options
    words = texts(language)
    values = defaults(definition.fields) if values is None else values
    shown = controls(definition.fields, values, errors, language)
    wrong_count = sum(bool(control.error) for control in shown)
    return _PAGES.get_template("form.html").render(
        language=language,
        words=words,
        name=definition.name,
        intro=options.intro,
        until=_until(options.closes_at, language),
        action=action or f"/f/{definition.key}",
        controls=shown,
        has_files=any(control.type == "file" for control in shown),
        hidden=_hidden(definition.fields, values, token, started),
        wrong_count=wrong_count or bool(errors),
        summary_title=_summary(language, wrong_count),
        general=errors.get("", ""),
        captcha=captcha,
        send=options.submit_label or words.send,
        rules=msgspec.json.encode(behaviour(definition, captcha)).decode() if rules else "",
    )


def page(
    definition: Definition,
    values: Values | None = None,
    errors: Mapping[str, str] = NOTHING,
    token: str = "",
    started: str = "",
    *,
    captcha: Captcha | None = None,
    script: str = "",
) -> Document:
    """The hosted page, in which the browser's script at the address `script` helps."""
    options = definition.options
    content = form(definition, values, errors, token, started, captcha=captcha, rules=True)
    title = texts(options.language).problem_title.format(name=definition.name) if errors else definition.name
    styles = form_css(options.look) + page_css(options.look)
    return Document(
        html=_document(title, content, styles, options.language, script),
        policy=policy(
            styles,
            captcha=captcha,
            framed_by=options.origins or ["*"],
            leaves_for=options.redirect_url if options.after == "redirect" else "",
        ),
    )


def thanks(definition: Definition) -> Document:
    words = texts(definition.options.language)
    return _said(definition, words.thanks_title, definition.options.thanks or words.thanks, good=True)


def closed(definition: Definition) -> Document:
    """The form takes nothing any more."""
    words = texts(definition.options.language)
    return _said(definition, words.closed_title, definition.options.closed_text or words.closed)


def gone(language: Language) -> Document:
    """Somebody deleted the form."""
    return notice("gone", language)


def too_large(language: Language) -> Document:
    return notice("too_large", language)


def notice(what: Notice, language: Language) -> Document:
    """A page that says why there is no form, or why something was not taken."""
    title, text = said(what, language)
    styles = form_css(Look()) + page_css(Look())
    content = _message(title, text, language, good=False)
    return Document(html=_document(title, content, styles, language), policy=policy(styles, framed_by=["*"]))


def said(what: Notice, language: Language) -> tuple[str, str]:
    """The title and the text of a notice."""
    words = texts(language)
    return getattr(words, f"{what}_title"), getattr(words, what)


def notice_part(what: Notice, language: Language, definition: Definition | None = None) -> Preview:
    """A notice where the form would have stood on another site, in the form's look where there is one."""
    title, text = said(what, language)
    look = Look()
    if definition is not None:
        text = (what == "closed" and definition.options.closed_text) or text
        look = definition.options.look
    return Preview(html=_message(title, text, language, good=False), css=form_css(look))


def preview(definition: Definition) -> Preview:
    """The very markup and look of the hosted page, for the builder."""
    return Preview(html=form(definition), css=form_css(definition.options.look))


def _said(definition: Definition, title: str, text: str, *, good: bool = False) -> Document:
    options = definition.options
    styles = form_css(options.look) + page_css(options.look)
    content = _message(title, text, options.language, good=good)
    return Document(
        html=_document(f"{title} · {definition.name}", content, styles, options.language),
        policy=policy(styles, framed_by=options.origins or ["*"]),
    )


def _message(title: str, text: str, language: Language, *, good: bool) -> str:
    return _PAGES.get_template("said.html").render(title=title, text=text, language=language, good=good)


def _document(title: str, content: str, styles: str, language: Language, script: str = "") -> str:
    return _PAGES.get_template("document.html").render(
        title=title,
        content=Markup(content),  # noqa: S704 - drawn by these very templates, escaped there
        styles=Markup(styles),  # noqa: S704 - look.py lets nothing but colours, fonts and sizes into it
        language=language,
        script=script,
    )


def _summary(language: Language, wrong_count: int) -> str:
    words = texts(language)
    if wrong_count == 0:
        return words.busy_title
    return words.problem_one if wrong_count == 1 else words.problem_many.format(count=wrong_count)


def _hidden(fields: list[Field], values: Values, token: str, started: str) -> list[tuple[str, str]]:
    """What is sent unseen: answers that the page's address gave, and our own."""
    given = [
        (field.name, text)
        for field in fields
        if field.hidden and may_be_given(field)
        for text in texts_of(values.get(field.name))
    ]
    ours = [("_submission", token), ("_started", started)]
    return given + [(name, value) for name, value in ours if value]


def _until(moment: datetime | None, language: Language) -> dict[str, Any] | None:
    """The closing time in UTC; a script says it in the visitor's own zone."""
    if moment is None:
        return None
    words, moment = texts(language), moment.astimezone(UTC)
    before, _, after = words.open_until.partition("{when}")
    shown = f"{moment.day} {words.months[moment.month - 1]} {moment.year}, {moment:%H:%M} UTC"
    return {"before": before, "after": after, "moment": f"{moment:%Y-%m-%dT%H:%M:%SZ}", "shown": shown}


_PAGES = Environment(
    loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, auto_reload=False
)
