"""Text whose paragraphs were broken into lines for the wire (RFC 3676), put together again."""

from __future__ import annotations


def unflow(text: str, delete_space: bool) -> str:
    """A line that ends in a space goes on in the next one of the same quote depth; `-- ` never does."""
    out: list[list[str]] = []
    open_depth = -1
    for line in text.split("\n"):
        depth, words = _quoted(line)
        if words == "-- ":
            out.append([_line(depth, words)])
            open_depth = -1
            continue
        flows = words.endswith(" ")
        if flows and delete_space:
            words = words[:-1]
        if open_depth == depth:
            out[-1].append(words)
        else:
            out.append([_line(depth, words)])
        open_depth = depth if flows else -1
    lines = ("".join(pieces) for pieces in out)
    return "\n".join(line if line.endswith("-- ") else line.rstrip(" ") for line in lines)


def _quoted(line: str) -> tuple[int, str]:
    words = line.lstrip(">")
    return len(line) - len(words), words.removeprefix(" ")


def _line(depth: int, words: str) -> str:
    return f"{'>' * depth} {words}" if depth else words
