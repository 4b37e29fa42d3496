"""winmail.dat, Outlook's own container: the files and words in it. bodies.py calls it; when it cannot be opened, it
stays a file as it is."""

from __future__ import annotations

import logging
import re
import struct
from dataclasses import dataclass, field
from typing import Any

from tnefparse.properties import MAPI_ATTACH_LONG_FILENAME
from tnefparse.tnef import TNEF

from kanal.channelkit.messages import Attachment
from kanal.kinds.email.files import safe_name, type_of
from kanal.kinds.email.tnef_meeting import Meeting, meeting
from kanal.kit.charsets import decode

MAX_OBJECTS = 2_000
_SIGNATURE = b"\x78\x9f\x3e\x22"
_TYPES = {"application/ms-tnef", "application/vnd.ms-tnef"}
_HEADER, _TRAILER = 9, 2
_CLASS = re.compile(rb"\x01\x08\x80\x07\x00..\x00\x00([ -~]{1,100})\x00", re.DOTALL)
"""Level, name and type of the object that says what sort of message it is, and its text."""
# What we read, and nothing else: some of the rest claims lengths that a decoder would believe.
_WANTED = {
    TNEF.ATTTNEFVERSION, TNEF.ATTOEMCODEPAGE, TNEF.ATTBODY, TNEF.ATTMAPIPROPS, TNEF.ATTATTACHRENDDATA,
    TNEF.ATTATTACHTITLE, TNEF.ATTATTACHDATA, TNEF.ATTATTACHMENT, TNEF.ATTATTACHTRANSPORTFILENAME,
}  # fmt: skip

logging.getLogger("tnefparse").setLevel(logging.CRITICAL)  # it writes what stands in the mail


@dataclass
class Inside:
    attachments: list[Attachment] = field(default_factory=list)
    text: str = ""
    html: str = ""
    meeting: Meeting | None = None


def is_tnef(content_type: str, name: str) -> bool:
    return content_type in _TYPES or name.lower() == "winmail.dat"


def unpack(data: bytes) -> Inside | None:
    """None when it is none, or is broken."""
    wanted = _wanted_objects(data)
    if wanted is None:
        return None
    try:
        opened: Any = TNEF(wanted, do_checksum=False)  # type: ignore[no-untyped-call]  # tnefparse has no types
        files = [_attachment(each, n) for n, each in enumerate(opened.attachments)]
        return Inside(
            attachments=files,
            text=_text(opened.body),
            html=_text(opened.htmlbody),
            meeting=meeting(_message_class(data), opened.mapiprops),
        )
    except Exception:  # noqa: BLE001  # a decoder of untrusted binary data may raise anything; the file is then kept
        return None


def _wanted_objects(data: bytes) -> bytes | None:
    if not data.startswith(_SIGNATURE):
        return None
    out, at = [data[:6]], 6
    for _ in range(MAX_OBJECTS):
        if at + _HEADER + _TRAILER > len(data):
            return b"".join(out)
        name, length = struct.unpack_from("<xHxxI", data, at)
        end = at + _HEADER + length + _TRAILER
        if end > len(data):  # cut off: better the whole container than half of what was in it
            return None
        if name in _WANTED:
            out.append(data[at:end])
        at = end
    return None


def _message_class(data: bytes) -> str:
    """Read apart from all else: the decoder fails where no code page is named for it."""
    found = _CLASS.search(data[:10_000])
    return found[1].decode("ascii") if found else ""


def _attachment(found: Any, number: int) -> Attachment:
    name = safe_name(_name(found)) or f"attachment-{number + 1}.bin"
    data = found.data if isinstance(found.data, bytes) else b""
    return Attachment(name=name, content_type=type_of(name), data=data)


def _name(found: Any) -> str:
    long_names = (each.data for each in found.mapi_attrs if each.name == MAPI_ATTACH_LONG_FILENAME)
    return _text(next(long_names, "")) or _text(found._name)  # its public `name` knows UTF-8 only


def _text(value: object) -> str:
    if isinstance(value, bytes):
        return decode(value, None, guess=True)
    return value if isinstance(value, str) else ""
