"""Every path that a page of ours names has to exist, in its words and in its links; the README stays short."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("src/**/*.md")]
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
PATH = re.compile(r"`((?:src|web|docs|tests|scripts|sandbox)/[\w./-]+)`")
README_WORDS = 400


def main() -> int:
    faults = [fault for page in PAGES for fault in _faults(page)]
    words = len((ROOT / "README.md").read_text().split())
    if words > README_WORDS:
        faults.append(f"README.md has {words} words; {README_WORDS} are the most")
    print("\n".join(faults) or f"{len(PAGES)} pages name only what exists")
    return bool(faults)


def _faults(page: Path) -> Iterator[str]:
    text = page.read_text()
    for target in LINK.findall(text):
        if not (page.parent / target).exists():
            yield f"{page.relative_to(ROOT)}: links to {target}, which is not there"
    for target in PATH.findall(text):
        if not (ROOT / target).exists():
            yield f"{page.relative_to(ROOT)}: names {target}, which is not there"


if __name__ == "__main__":
    sys.exit(main())
