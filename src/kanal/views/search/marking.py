"""The words around a hit, with those marked that were looked for: as they stand, as they begin, or by their stem."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from kanal.kit.db import Transaction
from kanal.views.search.models import Asked, Hit, Piece, Place

AROUND = 70
"""Characters before the first mark."""
LENGTH = 220
MOST_TEXT = 400_000
WORD = re.compile(r"[^\W_]+")
ENDING = 5
"""Letters that may follow a stem."""


class Marks(msgspec.Struct, kw_only=True):
    words: frozenset[str] = frozenset()
    starts: tuple[str, ...] = ()
    stems: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()


async def marks(tx: Transaction, asked: Asked, languages: list[str]) -> Marks:
    """What to mark, for a query."""
    wanted = [term for term in asked.terms if not term.excluded and term.operator in (None, "from", "to")]
    split = [(term, tuple(word.casefold() for word in WORD.findall(term.text))) for term in wanted]
    singles = [words[0] for term, words in split if len(words) == 1 and not term.phrase]
    stems = await tx.values(
        """
        select distinct stem from unnest(%s::text[]) as word, unnest(%s::text[]) as language,
          unnest(tsvector_to_array(to_tsvector(language::regconfig, word))) as stem
        where length(stem) > 2
        """,
        (singles, languages),
    )
    return Marks(
        words=frozenset(words[0] for _, words in split if len(words) == 1),
        starts=tuple(words[0] for term, words in split if term.unfinished and len(words) == 1 and len(words[0]) > 2),
        stems=tuple(stems),
        phrases=tuple(words for _, words in split if len(words) > 1),
    )


def spans(said: str, marks: Marks) -> list[tuple[int, int]]:
    """Where in a text something is to be marked, in order and apart."""
    words = [(match[0].casefold(), match.start(), match.end()) for match in WORD.finditer(said)]
    found = [(start, end) for word, start, end in words if _is_wanted(word, marks)]
    for phrase in marks.phrases:
        found += [
            (words[at][1], words[at + len(phrase) - 1][2])
            for at in range(len(words) - len(phrase) + 1)
            if tuple(word for word, _, _ in words[at : at + len(phrase)]) == phrase
        ]
    return _apart(found)


def _is_wanted(word: str, marks: Marks) -> bool:
    return (
        word in marks.words
        or any(word.startswith(start) for start in marks.starts)
        or any(word.startswith(stem) and len(word) <= len(stem) + ENDING for stem in marks.stems)
    )


def _apart(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    apart: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if apart and start <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart


def snippet(said: str, marks: Marks) -> list[Piece]:
    """The part of a text with the most marks, or its beginning."""
    said = re.sub(r"\s+", " ", said).strip()
    found = spans(said, marks)
    starts = _best_start(said, found)
    ends = min(len(said), starts + LENGTH)
    pieces: list[Piece] = [Piece(text="…", mark=False)] if starts else []
    at = starts
    for start, end in found:
        if start < starts or end > ends:
            continue
        pieces += [Piece(text=said[at:start], mark=False), Piece(text=said[start:end], mark=True)]
        at = end
    pieces += [Piece(text=said[at:ends] + ("…" if ends < len(said) else ""), mark=False)]
    return [piece for piece in pieces if piece.text]


def _best_start(said: str, found: list[tuple[int, int]]) -> int:
    """A little before the mark from which most others are near, at the beginning of a word."""
    if not found or found[-1][1] <= LENGTH:
        return 0
    best, most, last = 0, 0, 0
    for at, (start, _) in enumerate(found):
        last = max(last, at)
        while last + 1 < len(found) and found[last + 1][1] <= start + LENGTH - AROUND:
            last += 1
        kinds = len({said[a:b].casefold() for a, b in found[at : min(last, at + 20) + 1]})
        if kinds > most:
            best, most = start, kinds
    wanted = max(0, best - AROUND)
    space = said.find(" ", wanted, best)
    return 0 if wanted == 0 else (space + 1 if space >= 0 else best)


class _Text(msgspec.Struct, kw_only=True):
    id: UUID
    message_id: UUID | None
    texts: dict[str, str | None]
    """By place, the one to prefer first."""


async def hits(tx: Transaction, marks: Marks, matches: Sequence[tuple[str, UUID, UUID, datetime]]) -> dict[UUID, Hit]:
    """By the id of the entry."""
    ids: dict[str, list[UUID]] = {}
    for what, id_, _, _ in matches:
        ids.setdefault(what, []).append(id_)
    texts = {
        text.id: text
        for what, wanted in ids.items()
        for text in await tx.all(_Text, TEXTS[what], {"ids": wanted, "most": MOST_TEXT})
    }
    return {id_: _hit(texts[id_], marks, at) for _, id_, _, at in matches if id_ in texts}


def _hit(text: _Text, marks: Marks, at: datetime) -> Hit:
    """In the text with a mark, else the first."""
    texts = {place: said for place, said in text.texts.items() if said}
    best = max(texts, key=lambda place: bool(spans(texts[place][:MOST_TEXT], marks)), default="subject")
    place: Any = PLACES.get(best, best)
    return Hit(place=place, id=text.id, message_id=text.message_id, at=at, snippet=snippet(texts.get(best, ""), marks))


PLACES: dict[str, Place] = {"sender": "contact"}
TEXTS = {
    "ticket": """
      select t.id, null::uuid as message_id, json_build_object('number', '#' || t.number, 'subject', t.subject,
        'contact', (select concat_ws(' ', c.name, string_agg(h.address, ' ')) from contacts c
          left join handles h on h.contact_id = c.id where c.id = t.contact_id group by c.name),
        'description', left(t.description, %(most)s)) as texts
      from tickets t where t.id = any(%(ids)s)
    """,
    "message": """
      select m.id, m.id as message_id, json_build_object('message', left(m.body_text, %(most)s), 'subject', m.subject,
        'sender', concat_ws(' ', m.from_name, m.from_address)) as texts
      from messages m where m.id = any(%(ids)s)
    """,
    "comment": """
      select c.id, c.id as message_id, json_build_object('comment', left(c.body_text, %(most)s)) as texts
      from comments c where c.id = any(%(ids)s)
    """,
    "attachment": """
      select f.id, coalesce(f.message_id, f.comment_id) as message_id,
        json_build_object('attachment', f.name) as texts
      from attachments f where f.id = any(%(ids)s)
    """,
}
