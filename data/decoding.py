"""Bytes of an upload to text: what kind of file it is, and in which encoding, told and never guessed in silence."""

from __future__ import annotations

import codecs
import io
import re
from dataclasses import dataclass

from data.errors import DataError

__all__ = ["WORKBOOK", "Source", "decoded", "kind_of"]

WORKBOOK = "an Excel workbook"
_PIECE = 1024 * 1024
_FIRST = 4096  # bytes in which NULs tell UTF-16
_NULS = 0.01  # their share from which a file is UTF-16 or no text at all
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_BUT_CONTROL = bytes(byte for byte in range(256) if byte >= 0x20 and byte != 0x7F) + b"\t\n\r"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ARCHIVES = [b"\x1f\x8b", b"PK\x03\x04", b"PK\x05\x06", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\xfd7zXZ\x00"]
_ARCHIVES += [b"\x28\xb5\x2f\xfd", b"BZh91AY&SY"]
_IMAGES = [b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*"]
_MARKED = re.compile(rb"\s*<(?:!doctype|html|head|body|table|div|script|meta|!--|\?xml|svg)", re.IGNORECASE)
_JSON = re.compile(rb"\s*(?:\{\s*\"|\[\s*[\[{])")
_ENCODINGS = {
    "UTF-8": "utf-8",
    "UTF-8 with byte order mark": "utf-8",
    "UTF-16 little-endian": "utf-16-le",
    "UTF-16 big-endian": "utf-16-be",
    "Windows-1252": "cp1252",
}
_MARKS = [
    (codecs.BOM_UTF8, "UTF-8 with byte order mark"),
    (codecs.BOM_UTF16_LE, "UTF-16 little-endian"),
    (codecs.BOM_UTF16_BE, "UTF-16 big-endian"),
]


@dataclass(frozen=True)
class Source:
    """The text of an upload, kept as bytes so that a large file stands in memory once.

    Attributes
    ----------
    encoding
        In plain words, as in ``Reading.encoding``.
    mark
        Bytes of the byte order mark before the text.
    """

    content: bytes
    name: str
    encoding: str
    mark: int

    def lines(self) -> io.TextIOWrapper:
        """Every line with its own line end, LF, CR LF or CR."""
        stream = io.BytesIO(self.content)
        stream.seek(self.mark)
        return io.TextIOWrapper(stream, encoding=_ENCODINGS[self.encoding], newline="")


def kind_of(content: bytes) -> str:
    """Say what a file is that is not plain text, by its bytes; ``""`` for what may be text.

    Examples
    --------
    >>> kind_of(b"%PDF-1.7 ...")
    'a PDF document'
    >>> kind_of(b"id,score")
    ''
    """
    if content.startswith(b"PK\x03\x04") and b"[Content_Types].xml" in content:
        return WORKBOOK if b"xl/workbook" in content else "an Office document that is no workbook"
    if content.startswith(_OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in content
        return "a workbook locked with a password" if locked else "a workbook in the old format (.xls)"
    if any(content.startswith(mark) for mark in _ARCHIVES):
        return "an archive or compressed file"
    if any(content.startswith(mark) for mark in _IMAGES) or (content[:4] == b"RIFF" and content[8:12] == b"WEBP"):
        return "an image"
    if content.startswith(b"BM") and content[6:10] == bytes(4):
        return "an image"
    if content.startswith(b"%PDF-"):
        return "a PDF document"
    if content.startswith((b"SQLite format 3\x00", b"{\\rtf")) or (content[:4] == content[-4:] == b"PAR1"):
        return "a database, a Parquet file or a word processor's document"
    if _MARKED.match(content[:_FIRST].removeprefix(codecs.BOM_UTF8)):
        return "a web page or XML document"
    if _JSON.match(content[:_FIRST].removeprefix(codecs.BOM_UTF8)):
        return "a JSON document"
    return ""


def decoded(content: bytes, name: str) -> Source:
    """Find the encoding in which every byte has a meaning: by its mark, strict UTF-8, UTF-16, then Windows-1252.

    Raises
    ------
    DataError
        No encoding fits, or a control character stands in the text; names the row.
    """
    if content.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise DataError(f"{name}: the file is in UTF-32, which is not read here. Save it as 'CSV UTF-8'.")
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            source = Source(content, name, encoding, len(mark))
            break
    else:
        source = Source(content, name, _unmarked(content), 0)
    broken, control = _checked(source)
    if broken is not None and source.encoding == "UTF-8":
        source = Source(content, name, "Windows-1252", 0)
        broken, control = _checked(source)
    if broken is not None:
        if source.encoding == "Windows-1252":
            row = len(re.findall(rb"\r\n|\r|\n", content[:broken])) + 1
            told = f"row {row}: the byte {content[broken]:#04x} is neither UTF-8 nor Windows-1252"
        else:
            told = f"byte {broken + 1:,} is not {source.encoding.removesuffix(' with byte order mark')}"
        raise DataError(f"{name}, {told}. Save the file as 'CSV UTF-8' and upload it again.")
    if control:
        row = next(number for number, line in enumerate(source.lines(), 1) if control in line)
        raise DataError(
            f"{name}, row {row}: found the control character U+{ord(control):04X}, which does not belong into a table."
            " Remove it, or export the table again as 'CSV UTF-8'."
        )
    return source


def _unmarked(content: bytes) -> str:
    """UTF-16 writes every second byte of plain letters as NUL."""
    first = content[:_FIRST]
    even, odd = first[::2].count(0), first[1::2].count(0)
    if even + odd <= _NULS * len(first):
        return "UTF-8"
    if odd > 10 * even:
        return "UTF-16 little-endian"
    return "UTF-16 big-endian" if even > 10 * odd else "UTF-8"


def _checked(source: Source) -> tuple[int | None, str]:
    """The byte at which strict decoding fails, and the first control character; piece by piece to spare memory."""
    decoder = codecs.getincrementaldecoder(_ENCODINGS[source.encoding])()
    control = ""
    for start in range(source.mark, len(source.content), _PIECE):
        held = len(decoder.getstate()[0])
        piece = source.content[start : start + _PIECE]
        try:
            text = decoder.decode(piece, final=start + _PIECE >= len(source.content))
        except UnicodeDecodeError as error:
            return start - held + error.start, control
        if not control and (piece.translate(None, _BUT_CONTROL) or b"\xc2" in piece):  # quicker than to search
            found = _CONTROL.search(text)
            control = found[0] if found else ""
    return None, control
