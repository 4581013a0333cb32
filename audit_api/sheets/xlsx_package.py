"""The package of a workbook, a zip file of parts: told from other files, and measured before
anything of it is unpacked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from audit_api.errors import Fault, invalid

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED_BYTES = 20 * 1024 * 1024
MAX_PARTS = 1_000

COMPOUND_FILE = bytes.fromhex("D0CF11E0A1B11AE1")
"""What old Excel files begin with, and new ones behind a password."""
_ZIP_FILE = b"PK\x03\x04"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CONTENT_TYPES = "[Content_Types].xml"
_BINARY_WORKBOOK = "xl/workbook.bin"
_RELATIONSHIPS = "_rels/.rels"

_STRICT = b"http://purl.oclc.org/ooxml/"
_USUAL = b"http://schemas.openxmlformats.org/"
_NAMESPACES = {
    _STRICT + strict: _USUAL + usual
    for strict, usual in (
        (b"spreadsheetml/main", b"spreadsheetml/2006/main"),
        (b"drawingml/main", b"drawingml/2006/main"),
        (b"officeDocument/relationships", b"officeDocument/2006/relationships"),
        (b"officeDocument/extendedProperties", b"officeDocument/2006/extended-properties"),
        (b"officeDocument/customProperties", b"officeDocument/2006/custom-properties"),
        (b"officeDocument/docPropsVTypes", b"officeDocument/2006/docPropsVTypes"),
    )
}
"""The names that “Strict Open XML Spreadsheet” has for what an Excel workbook calls otherwise."""


def is_workbook(data: bytes) -> bool:
    """Whether a file is a workbook, of whatever kind and age, rather than a text."""
    return data.startswith((COMPOUND_FILE, _ZIP_FILE))


def require_workbook(data: bytes) -> None:
    """Raise INVALID for what is no XLSX workbook, or a larger one than is accepted."""
    if len(data) > MAX_BYTES:
        raise invalid(Fault("", "workbook_too_large", {"limit": MAX_BYTES}))
    if data.startswith(COMPOUND_FILE):
        locked = _ENCRYPTED in data
        raise invalid(Fault("", "workbook_locked") if locked else Fault("", "workbook_old"))
    parts = _parts(data)
    names = {part.filename for part in parts}
    if _BINARY_WORKBOOK in names:
        raise invalid(Fault("", "workbook_old"))
    if _CONTENT_TYPES not in names:
        raise invalid(Fault("", "workbook_expected"))
    # Never more of a part is unpacked than its entry tells, whatever it holds.
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED_BYTES:
        raise invalid(
            Fault("", "workbook_unpacked", {"limit": MAX_UNPACKED_BYTES, "parts": MAX_PARTS})
        )


def usual(data: bytes) -> bytes:
    """Return the workbook with the usual names in the place of strict ones; it was measured."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if not _is_strict(package):
            return data
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as renamed:
            for part in package.infolist():
                renamed.writestr(part.filename, _renamed(package.read(part)))
    return out.getvalue()


def _parts(data: bytes) -> Sequence[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise invalid(Fault("", "workbook_expected")) from None


def _is_strict(package: zipfile.ZipFile) -> bool:
    return _RELATIONSHIPS in package.namelist() and _STRICT in package.read(_RELATIONSHIPS)


def _renamed(content: bytes) -> bytes:
    for strict, name in _NAMESPACES.items():
        content = content.replace(strict, name)
    return content
