"""Texts of nothing but a reader's own delimiters, as long as it takes them."""

from __future__ import annotations

from collections.abc import Iterator

LENGTH = 1024 * 1024

LETTERS = ("a", "0", "_", "中", "é", "ﬁ", "：")
COMBINED = ("\u0301", "e\u0301", "\u1100\u1161", "\u200d", "\u202e")
BLANKS = (" ", "\n", "\r", "\t", "\u3000", "\u00a0", " \n")
QUOTES = ('"', "'", "\\", '""', "“", "「", "„", '\\"', "\\\\", "\\u0000", "\\ud800")
BRACKETS = ("[", "{", "(", "]", "}", "[]", "{}", "()", "[}", "[{", "${", "(A")
SIGNS = (",", ";", ":", ".", "-", "#", "=", "/", "|", "，", "；", "<", "@", "%")
MIXED = ("a,", "a:", "ab: ", "ab:", '"a",', '"a":1,', "a b ", " and ", "a=", "=\n", "a\n", "1e9")
BLOCK = ("- a\n", "- - ", "a:\n", "a: b\n", "? a\n", "- ", "%a\n", "[a,", "{a: ")
NAMED = ("&a ", "*a ", "!a ", "<<: ")
UNITS = (*LETTERS, *COMBINED, *BLANKS, *QUOTES, *BRACKETS, *SIGNS, *MIXED)


def flood(unit: str, before: str = "", length: int = LENGTH) -> str:
    """A text of at most so many bytes: a beginning, and a unit over and over."""
    room = length - len(before.encode())
    return before + unit * (room // len(unit.encode()))


def floods(units: tuple[str, ...], *beginnings: str) -> Iterator[str]:
    """Yield a text of each unit behind each beginning."""
    for before in beginnings or ("",):
        for unit in units:
            yield flood(unit, before)
