"""What the sender gets back at once."""

from __future__ import annotations

from kanal.channelkit.messages import Confirmation
from tests.kinds.form.test_parse import read


def confirmation(name: str) -> Confirmation:
    found = read(name).confirmation
    assert found is not None
    return found


def test_it_repeats_what_was_written_with_files_by_name() -> None:
    text = confirmation("every_type").text
    assert "What happened?:\n  It does not light up.\n  I tried two bulbs." in text
    assert "Photo:\n  lamp.png, receipt.pdf" in text


def test_frm_8_hidden_answers_are_never_told() -> None:
    said = confirmation("every_type")
    assert "spring" not in said.text + said.html
    assert "Campaign" not in said.text + said.html


def test_the_forms_own_words_go_before_the_languages() -> None:
    said = confirmation("every_type")
    assert said.subject == "We have it"
    assert said.text.startswith("Thanks, Ljus & Lykta will write.\n")
    assert said.html.startswith("<p>Thanks, Ljus &amp; Lykta will write.</p>")


def test_it_speaks_the_forms_language() -> None:
    said = confirmation("in_swedish")
    assert said.subject == "Vi har tagit emot: Kontakta oss"
    assert "Det här skickade du:" in said.text
    assert "Får vi ringa?:\n  Ja" in said.text


def test_markup_that_was_typed_is_text() -> None:
    said = confirmation("nothing_but_markup")
    assert "<script" not in said.html
    assert "<img" not in said.html
    assert "&lt;img src=x onerror=alert(1)&gt; &amp; &quot;quoted&quot;" in said.html
    assert "\n" not in said.subject


def test_nobody_is_confirmed_who_gave_no_address_or_was_not_to_be() -> None:
    assert read("without_an_address").confirmation is None
    assert read("empty").confirmation is None
