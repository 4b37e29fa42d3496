"""The labels that mail programs write before the lines of a mail's head when they quote it or hand it on, in the
languages that they speak: `From:`, `Skickat:`, `Betreff:` … read into one small record. quotes.py finds history with
it, forwarded.py the original sender. Every pattern takes linear time, since a body may hold a megabyte of
almost-matches."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

Label = Literal["from", "sent", "to", "cc", "subject", "reply_to", "other"]

_WORDS: dict[Label, str] = {
    "from": "From|Från|Fra|Lähettäjä|Von|Van|De|Da|Mittente|Od|Nadawca|Feladó|Kimden|Gönderen|От|Отправитель|Від|"
    "Від кого|Από|发件人|寄件者|差出人|보낸사람|보낸 사람|Expéditeur|Remitente|Afzender|Avsändare|Afsender|"
    "Avsender|Absender",
    "sent": "Sent|Date|Skickat|Skickades|Datum|Sendt|Dato|Lähetetty|Päivämäärä|Päiväys|Päivä|Gesendet|"
    "Gesendet am|Verzonden|Envoyé|Envoyé le|Enviado el|Enviado|Enviada|Enviada em|Fecha|Inviato|Data|Wysłano|Odesláno|"
    "Odoslané|Dátum|Elküldve|Gönderilen|Tarih|Дата|Отправлено|Відправлено|Ημερομηνία|发送时间|日期|送信日時|날짜",
    "to": "To|Till|Til|Vastaanottaja|Vastaanottajat|An|Aan|À|Pour|Para|A|Do|Adresat|Komu|Pre|Címzett|Kime|Кому|Προς|"
    "收件人|宛先|받는사람|받는 사람|Destinataire|Destinatario|Mottagare|Modtager|Mottaker|Empfänger|Ontvanger",
    "cc": "Cc|Kopia|Kopi|Kopio|Kopie|Copie à|Copie|Copia|CC|Dw|Kópia|Másolat|Másolatot kap|Bilgi|Копия|Копія|"
    "Κοιν\\.?|抄送|副本",
    "subject": "Subject|Ämne|Rubrik|Emne|Aihe|Otsikko|Betreff|Onderwerp|Objet|Sujet|Asunto|Oggetto|Assunto|Temat|"
    "Předmět|Predmet|Tárgy|Konu|Тема|Θέμα|主题|主旨|件名|제목",
    "reply_to": "Reply-To|Reply to|Svara till|Svar til|Vastaus|Antwort an|Antwoord aan|Répondre à|Responder a|"
    "Rispondi a|Odpowiedź-do|Odpověď na|Válaszcím|Yanıt Adresi|Ответ-Кому|Кому відповісти",
    "other": "Bcc|Hemlig kopia|Sender|Organization|Organisation|Importance|Priority|Vikt|Prioritet|Viktighetsgrad|"
    "Betydelse|Wichtigkeit|Priorität|Importancia|Prioriteit|Urgentie|Tärkeys|Attachments?|Bilagor|Bifogade filer|"
    "Anlagen|Anhänge|Pièces jointes|Datos adjuntos|Bijlagen|Vedhæftede filer|Vedlegg|Liitteet|When|Where|Message-ID",
}
REPLIES_WITH_VS = frozenset({"lähettäjä"})
"""`VS:` hands a mail on in Danish and Norwegian and answers it in Finnish: the label below it tells which."""

_LEAD = r"[>\s\u00a0\ufeff\u200b|*_]*"


def _labels(*kinds: Label) -> str:
    words = [word for kind in kinds for word in _WORDS[kind].split("|")]
    return "|".join(sorted(words, key=len, reverse=True))


def _pattern(kind: Label) -> re.Pattern[str]:
    return re.compile(rf"{_LEAD}(?:{_labels(kind)})[\s\u00a0]?[*_]*[\s\u00a0]?[:：]", re.IGNORECASE)


FROM, SENT, TO, SUBJECT = _pattern("from"), _pattern("sent"), _pattern("to"), _pattern("subject")
_ANY = re.compile(rf"{_LEAD}({_labels(*_WORDS)})[\s\u00a0]?[*_]*[\s\u00a0]?[:：](.*)", re.IGNORECASE)
_KIND = {word.lower().replace("\\.?", ""): kind for kind, words in _WORDS.items() for word in words.split("|")}
_KIND |= {"κοιν.": "cc", "attachment": "other"}
_GLUED = re.compile(rf"(?<=[>\w\"';.)])(?:{_labels('from', 'sent', 'to', 'cc', 'subject')})[\s\u00a0]?:[\s\u00a0]?")
"""Yahoo runs the lines together: `From: Eva <eva@x>To: Support <s@y>Sent: …Subject: …`; labels as they are written."""
_GOES_ON = re.compile(r"[\s\u00a0>]*<?[^\s<>@]{1,64}@[^\s<>@]{1,255}>?[\s,;]*$")
_MOST_LINES = 40
_MOST_IN_LINE = 4_000
_NOTHING = re.compile(r"[>\s\u00a0\ufeff\u200b|*_]*$")


class Head(NamedTuple):
    """The head of a mail as another program wrote it down."""

    values: dict[Label, str]
    first: str
    """The label of the sender, lower case: it tells the language."""
    end: int
    """The line after it."""


def read_head(lines: Sequence[str], start: int) -> Head | None:
    """The head that begins at this line, empty ones before it passed over; None when none does. It names at least a
    sender and one thing more."""
    reader = _Reader()
    for number in range(start, min(start + _MOST_LINES, len(lines))):
        if not reader.take(lines[number], number):
            break
    values = reader.values
    return Head(values, reader.first, reader.end) if values.get("from") and len(values) > 1 else None


def starts_head(lines: Sequence[str], start: int) -> bool:
    """Whether a head begins right here that nobody writes by chance: a sender and two things more, among them an
    address, or time and subject. `From: Oslo, To: Rome, Date: Monday` is somebody's journey."""
    if start >= len(lines) or not _begins(lines[start]):
        return False
    found = read_head(lines, start)
    if found is None or len(found.values.keys() & {"sent", "to", "cc", "subject"}) < 2:
        return False
    return "@" in found.values["from"] or {"sent", "subject"} <= found.values.keys()


def _begins(line: str) -> bool:
    """With the sender, or the time or the subject, as some programs do."""
    return any(each.match(line) for each in (FROM, SENT, SUBJECT))


class _Reader:
    """Takes line by line for as long as they belong to the head."""

    def __init__(self) -> None:
        self.values: dict[Label, str] = {}
        self.first = ""
        self.end = 0
        self._last: Label | None = None
        self._empty = 0
        self._airy = False

    def take(self, line: str, number: int) -> bool:
        if len(line) > _MOST_IN_LINE or _NOTHING.match(line):
            self._empty += 1
            return len(line) <= _MOST_IN_LINE and self._empty <= 2 and not self._is_over()
        found = _ANY.match(line)
        if found is None:
            return self._go_on(line, number)
        if self._last is not None and self._empty:
            self._airy = True
        return self._labelled(found, line, number)

    def _is_over(self) -> bool:
        """An empty line ends a head whose lines stood close."""
        return not self._airy and len(self.values) >= 3

    def _labelled(self, found: re.Match[str], line: str, number: int) -> bool:
        kind = _KIND[found[1].lower()]
        if kind in self.values and kind != "other":
            return False
        if kind == "from":
            self.first = found[1].lower()
            glued = _unglue(line)
            if len(glued) > 2:
                return self._glued(glued, number)
        self.values[kind] = _value(found)
        self._note(kind, number)
        return True

    def _glued(self, lines: list[str], number: int) -> bool:
        for each in lines:
            found = _ANY.match(each)
            if found is not None:
                self.values.setdefault(_KIND[found[1].lower()], _value(found))
        self._note(None, number)
        return False

    def _go_on(self, line: str, number: int) -> bool:
        """What stands below its label, or was broken off it."""
        if self._last is None:
            return False
        value = self.values[self._last]
        below = not value and (not self._empty or self._last == "from")
        broken = not self._empty and (
            value.endswith((",", ";", "<")) or ("@" not in value and _GOES_ON.match(line) is not None)
        )
        if not below and not (broken and self._last in ("from", "to", "cc")):
            return False
        self.values[self._last] = f"{value} {line.strip(' *_|').lstrip('> ')}".strip()
        self._note(self._last, number)
        return True

    def _note(self, kind: Label | None, number: int) -> None:
        self._last, self._empty, self.end = kind, 0, number + 1


def _value(found: re.Match[str]) -> str:
    return found[2].strip("*_ \t\u00a0")


def _unglue(line: str) -> list[str]:
    cuts = [found.start() for found in _GLUED.finditer(line)][:10]
    return [line[a:b] for a, b in zip([0, *cuts], [*cuts, len(line)], strict=True)]
