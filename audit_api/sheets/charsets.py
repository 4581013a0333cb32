"""From bytes to text: the charset that is declared, or the one that the bytes themselves tell.

Without a declaration only that is guessed which can be told apart (ADR 20): UTF-8, UTF-16 behind a
byte order mark, and GB18030 where enough of the text is everyday Chinese.
"""

from __future__ import annotations

import codecs
import contextlib
from dataclasses import dataclass

from audit_api.errors import Fault, invalid, pointer_to

_WINDOWS = {f"windows-{page}": f"cp{page}" for page in (874, *range(1250, 1259))}
_CODECS = {
    "utf-8": "utf-8",
    "utf-16": "utf-16-le",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc-kr": "cp949",
    **_WINDOWS,
}
"""What spreadsheets write on the computers of this world, and the widest codec of each."""
_ALIASES = {
    "ascii": "utf-8",
    "utf-16-le": "utf-16le",
    "utf-16-be": "utf-16be",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5hkscs": "big5",
    "cp950": "big5",
    "cp932": "shift_jis",
    "euc_kr": "euc-kr",
    "cp949": "euc-kr",
    "iso8859-1": "windows-1252",
    "windows-31j": "shift_jis",
    "windows-936": "gb18030",
    "windows-949": "euc-kr",
    "windows-950": "big5",
    **{codec: page for page, codec in _WINDOWS.items()},
}
"""Other names of these, as Python's own table of labels has them, and what that does not have."""
ACCEPTED = tuple(_CODECS)
"""The charsets that may be declared."""

_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16le",
    codecs.BOM_UTF16_BE: "utf-16be",
}
_FEWEST = 12
"""Of fewer characters chance can make everyday Chinese out of another encoding."""
_SHARE = 0.8
_TWO_BYTES = 8
"""One NUL in so many bytes, and more, are two bytes a letter."""
_BEGINNING = 64 * 1024
"""How many bytes are looked at to tell an encoding."""
_EVERYDAY = {
    "gb18030": frozenset((*range(0xA1, 0xA4), *range(0xB0, 0xD8))),
    "big5hkscs": frozenset(range(0xA1, 0xC7)),
}
"""First bytes of the signs and of the everyday characters: of 3,755 in GB 2312, 5,401 in Big5."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and the charset that it was read in."""

    text: str
    charset: str


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Return the text of a file.  A byte order mark goes before what is declared.

    Raises INVALID where the declared charset is not accepted, where the bytes are none of it, at
    their line, or where none is declared and the bytes do not tell it.
    """
    for mark, charset in _MARKS.items():
        if data.startswith(mark):
            return _decoded(data.removeprefix(mark), charset)
    told = known(declared) if declared is not None else _told(data)
    if told is None:
        raise invalid(Fault("", "charset_untold", {"accepted": ACCEPTED}))
    return _decoded(data, told)


def known(declared: str) -> str:
    """Return the accepted charset that a label stands for; raise INVALID without one."""
    label = declared.strip().lower()
    with contextlib.suppress(LookupError, ValueError):
        label = label if label in _CODECS else codecs.lookup(label).name
    charset = _ALIASES.get(label, label)
    if charset not in _CODECS:
        raise invalid(Fault("", "charset_unknown", {"given": declared[:40], "accepted": ACCEPTED}))
    return charset


def _decoded(data: bytes, charset: str) -> Decoded:
    codec = _CODECS[charset]
    try:
        return Decoded(data.decode(codec).removeprefix("\ufeff"), charset)
    except UnicodeDecodeError as error:
        line = data[: error.start].decode(codec, "ignore").count("\n") + 1
        raise invalid(
            Fault(pointer_to("lines", line), "charset_wrong", {"charset": charset})
        ) from None


def _told(data: bytes) -> str | None:
    # Of two bytes for a letter one is NUL; a few of them are characters for the reader to refuse.
    if data.count(b"\0") * _TWO_BYTES > len(data):
        return None
    if _fits(data, "utf-8"):
        return "utf-8"
    # No byte of these encodings but the end of a line is one, so the last line is whole.
    beginning = data if len(data) <= _BEGINNING else data[:_BEGINNING].rpartition(b"\n")[0]
    return "gb18030" if _is_everyday_chinese(beginning) else None


def _fits(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _is_everyday_chinese(data: bytes) -> bool:
    """Say whether the bytes are GB18030 and nothing else that is used.

    Shift JIS and most words of Western pages make characters that nobody uses, Big5 as well or more
    than if read as such, capitals of a Cyrillic page have no byte under C0, and Korean is wholly
    Hangul if read as such.
    """
    share = _everyday(data, "gb18030", 0xA1)
    if share < _SHARE or share <= _everyday(data, "big5hkscs", 0x40):
        return False
    return any(0xA1 <= byte < 0xC0 for byte in data) and not _is_hangul(data)


def _everyday(data: bytes, codec: str, least: int) -> float:
    """Return how much of a text is everyday characters, whose first bytes are of a range and whose
    second ones are `least` or more; 0 where it is none, or too short to tell."""
    if not _fits(data, codec):
        return 0
    written = [c.encode(codec) for c in data.decode(codec) if not c.isascii()]
    everyday = [c for c in written if len(c) == 2 and c[0] in _EVERYDAY[codec] and c[1] >= least]
    return len(everyday) / len(written) if len(written) >= _FEWEST else 0


def _is_hangul(data: bytes) -> bool:
    text = data.decode("cp949", errors="replace")
    return all("\uac00" <= c <= "\ud7a3" for c in text if not c.isascii())
