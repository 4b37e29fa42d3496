"""What the sender of a form gets back at once: thanks, and what they wrote. Hidden answers are not theirs to read, and
whatever they typed is text and nothing else. The desk sends it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from kanal.channelkit.messages import Answer, Confirmation
from kanal.channelkit.submissions import SubmittedConfirmation
from kanal.kinds.form.words import Words

MAX_SUBJECT = 300


def written(asked: SubmittedConfirmation, words: Words, subject: str, answers: Sequence[Answer]) -> Confirmation:
    """`subject` is what they wrote about, or else what the form is called."""
    greeting = asked.text.strip() or words.greeting
    shown = [answer for answer in answers if not answer.hidden]
    title = " ".join(asked.subject.split()) or words.received.format(subject=subject)
    return Confirmation(
        subject=title[:MAX_SUBJECT],
        text=_text(greeting, words, shown),
        html=_html(greeting, words, shown),
    )


def _text(greeting: str, words: Words, answers: Sequence[Answer]) -> str:
    sent = "\n\n".join(f"{answer.label}:\n{_indented(answer.value)}" for answer in answers)
    return "\n\n".join(part for part in (greeting, words.answer, words.you_wrote, sent) if part) + "\n"


def _indented(value: str) -> str:
    return "\n".join(f"  {line}".rstrip() for line in value.split("\n"))


def _html(greeting: str, words: Words, answers: Sequence[Answer]) -> str:
    sent = "".join(f"<p><strong>{_lines(answer.label)}</strong><br>{_lines(answer.value)}</p>" for answer in answers)
    said = "".join(f"<p>{_lines(each)}</p>" for each in (greeting, words.answer, words.you_wrote))
    return f"{said}<blockquote>{sent}</blockquote>"


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")
