"""SEARCH: which mails of a folder are meant."""

from collections.abc import Callable

from sandbox.imap.errors import Bad
from sandbox.imap.grammar import Numbers, Token, day_of, text_of
from sandbox.imap.view import flags_of
from sandbox.mail.models import Copy
from sandbox.mail.store import Store

Test = Callable[[Copy], bool]
MARKS = {
    "SEEN": "\\Seen",
    "ANSWERED": "\\Answered",
    "FLAGGED": "\\Flagged",
    "DELETED": "\\Deleted",
    "DRAFT": "\\Draft",
}
IN_FIELDS = ("FROM", "TO", "CC", "BCC", "SUBJECT")


def search(store: Store, mails: list[Copy], keys: list[Token]) -> list[int]:
    """Positions, from 0."""
    asked = list(keys)
    if asked[:1] == ["CHARSET"]:
        del asked[:2]
    search = _Search(store, mails)
    test = search.all_of(asked)
    return [position for position, copy in enumerate(mails) if test(copy)]


class _Search:
    def __init__(self, store: Store, mails: list[Copy]) -> None:
        self._store = store
        self._mails = mails

    def all_of(self, keys: list[Token]) -> Test:
        tests: list[Test] = []
        while keys:
            tests.append(self._next(keys))
        return lambda copy: all(test(copy) for test in tests)

    def _next(self, keys: list[Token]) -> Test:
        if not keys:
            raise Bad("The search ends in the midst")
        key = keys.pop(0)
        if isinstance(key, list):
            return self.all_of(list(key))
        name = text_of(key).upper()
        if name == "NOT":
            inner = self._next(keys)
            return lambda copy: not inner(copy)
        if name == "OR":
            one, other = self._next(keys), self._next(keys)
            return lambda copy: one(copy) or other(copy)
        return self._about_marks(name, keys) or self._about_numbers(name, keys) or self._about_words(name, keys)

    def _about_marks(self, name: str, keys: list[Token]) -> Test | None:
        if name in ("ALL", "OLD"):
            return lambda copy: True
        if name in ("NEW", "RECENT"):
            return lambda copy: False
        if name in ("KEYWORD", "UNKEYWORD"):
            word = text_of(keys.pop(0)) if keys else ""
            return lambda copy: (word in copy.flags) == (name == "KEYWORD")
        plain = name.removeprefix("UN")
        if plain not in MARKS:
            return None
        return lambda copy: (MARKS[plain] in flags_of(copy)) == (plain == name)

    def _about_numbers(self, name: str, keys: list[Token]) -> Test | None:
        if name[0].isdigit() or name[0] == "*":
            numbers = Numbers(name, len(self._mails))
            positions = {copy.id: position for position, copy in enumerate(self._mails, start=1)}
            return lambda copy: positions[copy.id] in numbers
        if name == "UID":
            uids = Numbers(self._word(keys), max((copy.uid for copy in self._mails), default=0))
            return lambda copy: copy.uid in uids
        if name in ("LARGER", "SMALLER"):
            size = int(self._word(keys))
            return lambda copy: (len(self._store.raw(copy.id)) > size) == (name == "LARGER")
        if name.removeprefix("SENT") in ("SINCE", "BEFORE", "ON"):
            day, way = day_of(self._word(keys)), name.removeprefix("SENT")
            return lambda copy: {
                "SINCE": copy.received_at.date() >= day,
                "BEFORE": copy.received_at.date() < day,
                "ON": copy.received_at.date() == day,
            }[way]
        return None

    def _about_words(self, name: str, keys: list[Token]) -> Test:
        if name in ("TEXT", "BODY"):
            words = self._word(keys).lower()
            return lambda copy: words in self._store.raw(copy.id).decode("utf-8", "replace").lower()
        if name == "HEADER":
            field, value = self._word(keys), self._word(keys).lower()
        elif name in IN_FIELDS:
            field, value = name, self._word(keys).lower()
        else:
            raise Bad(f"{name[:50]} cannot be searched for")
        return lambda copy: any(
            value in content.lower()
            for header, content in self._store.letter(copy.id).headers
            if header.lower() == field.lower()
        )

    def _word(self, keys: list[Token]) -> str:
        if not keys:
            raise Bad("The search ends in the midst")
        return text_of(keys.pop(0))
