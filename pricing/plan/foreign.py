"""Files that are not plans but are opened by mistake, told by how their content begins."""

from collections.abc import Mapping

_BEGINNINGS: Mapping[bytes, str] = {
    b"\x89PNG\r\n\x1a\n": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"%PDF-": "a PDF document",
    b"PK\x05\x06": "an empty zip archive",
    b"\x1f\x8b": "a gzip archive",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"\xfd7zXZ\x00": "an xz archive",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "an old Office document",
    b"SQLite format 3\x00": "a database",
    b"\x7fELF": "a program",
    b"MZ": "a program",
}

_ZIP = b"PK\x03\x04"
_ZIP_PARTS: Mapping[bytes, str] = {
    b"xl/": "an Excel workbook",
    b"word/": "a Word document",
    b"ppt/": "a PowerPoint presentation",
    b"mimetypeapplication/vnd.oasis.opendocument": "an OpenDocument file",
}


def foreign_kind(content: bytes) -> str:
    """What a file is in words if it is recognised as something else than text, or nothing."""
    if content.startswith(_ZIP):
        return next((kind for part, kind in _ZIP_PARTS.items() if part in content), "a zip archive")
    for beginning, kind in _BEGINNINGS.items():
        if content.startswith(beginning):
            return kind
    if not content.startswith((b"\xff\xfe", b"\xfe\xff")) and b"\x00" in content[:4096]:
        return "a binary file"
    return ""
