"""A file is what its bytes say, whatever it is called."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from kanal.forms.files.sniffing import Kind, kind_of
from kanal.forms.models import FileGroup

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 60
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\0" + b"\0" * 60
GIF = b"GIF89a" + b"\0" * 40
WEBP = b"RIFF\x24\0\0\0WEBPVP8 " + b"\0" * 40
AVIF = b"\0\0\0\x1cftypavif\0\0\0\0avifmif1" + b"\0" * 40
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 40
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"
MP4 = b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41" + b"\0" * 40
MOV = b"\0\0\0\x14ftypqt  \0\0\0\0qt  " + b"\0" * 40
WEBM = b"\x1a\x45\xdf\xa3\x01\0\0\0\0\0\0\x1f\x42\x86\x81\1\x42\x82\x84webm" + b"\0" * 40
MP3 = b"ID3\x03\0\0\0\0" + b"\0" * 90
WAV = b"RIFF\x24\0\0\0WAVEfmt " + b"\0" * 40
OGG = b"OggS\0\2" + b"\0" * 40
DOC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
EXE = b"MZ\x90\0\3" + b"\0" * 90
OOXML = "application/vnd.openxmlformats-officedocument"
ODT = "application/vnd.oasis.opendocument.text"


def zipped(**files: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("CONTENT", "[Content_Types].xml"), content)
    return made.getvalue()


def sniff(folder: Path, content: bytes, name: str) -> Kind:
    path = folder / "upload"
    path.write_bytes(content)
    return kind_of(path, name)


SIGNED = [
    (PNG, "a.png", "image/png", "image"),
    (JPEG, "a.jpg", "image/jpeg", "image"),
    (GIF, "a.gif", "image/gif", "image"),
    (WEBP, "a.webp", "image/webp", "image"),
    (AVIF, "a.avif", "image/avif", "image"),
    (HEIC, "a.heic", "image/heic", "image"),
    (PDF, "a.pdf", "application/pdf", "document"),
    (b"{\\rtf1\\ansi hej}", "a.rtf", "application/rtf", "document"),
    (DOC, "a.doc", "application/msword", "document"),
    (DOC, "a.xls", "application/vnd.ms-excel", "document"),
    (DOC, "a.msi", "application/octet-stream", None),
    (MP4, "a.mp4", "video/mp4", "video"),
    (MOV, "a.mov", "video/quicktime", "video"),
    (WEBM, "a.webm", "video/webm", "video"),
    (MP3, "a.mp3", "audio/mpeg", "audio"),
    (WAV, "a.wav", "audio/wav", "audio"),
    (OGG, "a.ogg", "audio/ogg", "audio"),
    (b"7z\xbc\xaf\x27\x1c\0\4" + b"\0" * 40, "a.7z", "application/x-7z-compressed", "archive"),
    (b"\x1f\x8b\x08\0" + b"\0" * 40, "a.gz", "application/gzip", "archive"),
    (b"Rar!\x1a\x07\x01\0" + b"\0" * 40, "a.rar", "application/vnd.rar", "archive"),
    (zipped(a="b"), "a.zip", "application/zip", "archive"),
    (zipped(a="b"), "a.docx", "application/zip", "archive"),
    (zipped(CONTENT="", word__document="x"), "a.docx", f"{OOXML}.wordprocessingml.document", "document"),
    (zipped(CONTENT="", xl__workbook="x"), "a.bin", f"{OOXML}.spreadsheetml.sheet", "document"),
    (zipped(mimetype=ODT), "a.odt", ODT, "document"),
    (b"Hej! <3", "a.txt", "text/plain", "document"),
    ("Löksås; 12 kr".encode("latin-1"), "a.csv", "text/csv", "document"),
    ("Hej".encode("utf-16"), "a.txt", "text/plain", "document"),
    (EXE, "a.exe", "application/octet-stream", None),
    (b"", "a.txt", "text/plain", None),
    (bytes(range(256)), "a.dat", "application/octet-stream", None),
]


@pytest.mark.parametrize(("content", "name", "content_type", "group"), SIGNED)
def test_its_type_and_group(
    tmp_path: Path, content: bytes, name: str, content_type: str, group: FileGroup | None
) -> None:
    assert sniff(tmp_path, content, name) == Kind(content_type=content_type, group=group)


@pytest.mark.parametrize(
    "content",
    [
        b"<!DOCTYPE html><script>alert(1)</script>",
        b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"  \n<SVG xmlns='http://www.w3.org/2000/svg'>",
        b"\xef\xbb\xbf<html>",
        "<html>".encode("utf-16"),
        b"Hello <iframe src=x>",
        b"alert(document.cookie)",
    ],
)
@pytest.mark.parametrize("name", ["photo.png", "photo.svg", "page.html", "evil.js"])
def test_what_a_browser_would_run_is_in_no_group(tmp_path: Path, content: bytes, name: str) -> None:
    assert sniff(tmp_path, content, name).group is None


def test_the_name_does_not_make_an_image(tmp_path: Path) -> None:
    assert sniff(tmp_path, EXE, "photo.png").group is None
    assert sniff(tmp_path, PNG, "report.pdf").content_type == "image/png"


def test_a_broken_archive_is_an_archive(tmp_path: Path) -> None:
    assert sniff(tmp_path, b"PK\x03\x04" + b"\xff\0" * 50, "a.docx").content_type == "application/zip"
