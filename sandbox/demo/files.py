"""Small real files to attach, made here: a photograph of a lamp as PNG, a receipt as PDF."""

import struct
import zlib


def lamp_png(width: int = 320, height: int = 240, broken: bool = False) -> bytes:
    """A lamp shade with its light on a dusky wall; broken, a crack runs through it."""
    rows = bytearray()
    for y in range(height):
        rows.append(0)
        for x in range(width):
            rows += bytes(_pixel(x / width, y / height, broken))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def receipt_pdf(lines: list[str]) -> bytes:
    """One page; the text in the PDF's own Latin alphabet, so that å, ä and ö come out right."""
    text = "".join(f"({_escaped(line)}) Tj T*\n" for line in lines)
    content = f"BT /F1 12 Tf 72 770 Td 18 TL\n{text}ET".encode("cp1252")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R "
        b"/Resources << /Font << /F1 4 0 R >> >> >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
    ]
    return _pdf(objects)


def _pixel(x: float, y: float, broken: bool) -> tuple[int, int, int]:
    shade = 0.25 < y < 0.55 and abs(x - 0.5) < 0.12 + (y - 0.25) * 0.4
    if shade and broken and abs(x - 0.52 - 0.05 * ((y * 30) % 2 - 1)) < 0.008:
        return 40, 34, 30
    if shade:
        return 250, 226, 170
    if (0.55 <= y < 0.88 and abs(x - 0.5) < 0.012) or (0.88 <= y < 0.91 and abs(x - 0.5) < 0.13):
        return 58, 52, 48
    glow = max(0.0, 1 - ((x - 0.5) ** 2 * 3 + (y - 0.45) ** 2 * 4) ** 0.5 * 1.4)
    return int(62 + 120 * glow), int(66 + 92 * glow), int(78 + 40 * glow)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _pdf(objects: list[bytes]) -> bytes:
    document, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, each in enumerate(objects, 1):
        offsets.append(len(document))
        document += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    start = len(document)
    document += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    document += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    document += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(document)
