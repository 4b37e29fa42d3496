"""Domains that are easily taken for another one: a letter more, less, other or swapped with its neighbour, or letters
that look the same. Pure; signals.py asks which of them belong to somebody we know."""

from __future__ import annotations

from itertools import product

import idna

SHORTEST = 3
"""Letters of a name below which one that differs in a letter is simply another name."""
MOST_SPOTS = 6
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-"
_SAME = {
    "0": ("o",), "o": ("0",), "1": ("l", "i"), "l": ("i", "1"), "i": ("l", "1"), "5": ("s",), "3": ("e",), "4": ("a",),
    "8": ("b",), "9": ("g",), "q": ("g",), "rn": ("m",), "nn": ("m",), "m": ("rn",), "vv": ("w",), "w": ("vv",),
    "cl": ("d",), "d": ("cl",),
}  # fmt: skip
_FOREIGN = str.maketrans(
    "аеорсухіјѕԁһӏԛԝвкмнтгпαεοριντυχκηδγåäàáâãāăąæçćčďđèéêëēęěìíîïīıłñńňòóôõöøōőřŕśšşșťţțùúûüūůűýÿžźżß",
    "aeopcyxijsdhlqwbkmhtrnaeopivtuxkndyaaaaaaaaaacccddeeeeeeeiiiiiilnnnoooooooorrsssstttuuuuuuuyyzzzb",
)


def lookalikes(domain: str) -> set[str]:
    """Everything that this domain may be taken for, itself left out."""
    shown = _shown(domain)
    found = _one_letter_off(domain) if len(domain.partition(".")[0]) >= SHORTEST else set()
    return (found | _same_shapes(shown)) - {domain}


def _one_letter_off(domain: str) -> set[str]:
    """Damerau-Levenshtein distance of one; the ending after the last dot may differ too."""
    cuts = [(domain[:at], domain[at:]) for at in range(len(domain) + 1)]
    fewer = {a + b[1:] for a, b in cuts if b}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    other = {a + letter + b[1:] for a, b in cuts if b and b[0] != "." for letter in LETTERS}
    more = {a + letter + b for a, b in cuts for letter in LETTERS}
    return {each for each in fewer | swapped | other | more if "." in each.strip(".") and ".." not in each}


def _same_shapes(shown: str) -> set[str]:
    """The domains that read the same at a glance: `kunđ.se`, `rnicro.se`, `g00d.se`."""
    plain = shown.translate(_FOREIGN)
    readings = {plain} if plain.isascii() else set()
    return readings | {each for reading in readings for each in _swaps(reading)}


def _swaps(text: str) -> set[str]:
    """Every letter that looks like others in a few places replaced by each of them."""
    pieces: list[tuple[str, ...]] = []
    at = spots = 0
    while at < len(text):
        size = 2 if text[at : at + 2] in _SAME else 1
        piece = text[at : at + size]
        others = _SAME.get(piece, ()) if spots < MOST_SPOTS else ()
        spots += bool(others)
        pieces.append((piece, *others))
        at += size
    return {"".join(each) for each in product(*pieces)}


def _shown(domain: str) -> str:
    """As a mail program shows it."""
    try:
        return idna.decode(domain) if "xn--" in domain else domain
    except idna.IDNAError:
        return domain
