"""A page and its Chinese twin say the same: chapters, examples, tables, names, links."""

from __future__ import annotations

import re
from itertools import zip_longest
from pathlib import Path

import pytest

from tests.docs.texts import DOCUMENTS

CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
TWINS = sorted(name for name in DOCUMENTS if name.endswith(".zh.md"))
"""The Chinese pages."""
NEEDED = {
    "README.zh.md",
    "docs/checklists.zh.md",
    "docs/columns.zh.md",
    "docs/conditions.zh.md",
    "docs/faults.zh.md",
    "docs/guide/exports.zh.md",
    "docs/guide/headquarters.zh.md",
    "docs/guide/managers.zh.md",
    "docs/guide/reviewers.zh.md",
    "docs/guide/insights.zh.md",
    "docs/guide/data.zh.md",
    "docs/guide/papers.zh.md",
    "docs/guide/scorecards.zh.md",
    "docs/phone.zh.md",
    "docs/reference.zh.md",
    "docs/spreadsheets.zh.md",
    "docs/vectors.zh.md",
}


def english(name: str) -> str:
    return name.replace(".zh.md", ".md")


def chapters(text: str) -> list[tuple[str, str]]:
    """The chapters of a page without its examples: the depth of the heading, and the text."""
    plain = FENCED.sub("", text)
    headings = list(HEADING.finditer(plain))
    ends = [*(found.start() for found in headings[1:]), len(plain)]
    return [(found[1], plain[found.end() : end]) for found, end in zip(headings, ends, strict=True)]


def names(text: str) -> set[str]:
    """What stands as code, but for words in Chinese, which only one of two twins needs."""
    joined = re.sub(r"\s+", " ", text)
    return {word for word in re.findall(r"`([^`]+)`", joined) if not CHINESE.search(word)}


def tables(text: str) -> list[list[list[str]]]:
    """The tables of a chapter, as rows of cells."""
    found = re.findall(r"(?:^\|.*\|$\n?)+", text, re.MULTILINE)
    return [
        [
            re.split(r"(?<!\\)\|", line.strip("|"))
            for line in table.splitlines()
            if not re.match(r"\| ?---", line)
        ]
        for table in found
    ]


def target(link: str, here: str) -> str:
    """Where a link leads, a page for its twin and without the name of a chapter."""
    path = link.partition("#")[0]
    return path.replace(".zh.md", ".md") or english(Path(here).name)


def test_what_a_reader_starts_with_has_a_twin() -> None:
    assert set(TWINS) >= NEEDED
    assert {english(name) for name in TWINS} <= DOCUMENTS.keys()


@pytest.mark.parametrize("name", TWINS)
def test_twins_name_each_other_below_their_title(name: str) -> None:
    chinese, page = Path(name).name, Path(english(name)).name
    assert DOCUMENTS[english(name)].split("\n")[2] == f"English · [中文]({chinese})"
    assert DOCUMENTS[name].split("\n")[2] == f"[English]({page}) · 中文"


@pytest.mark.parametrize("name", TWINS)
def test_twins_have_the_same_chapters_in_the_same_order(name: str) -> None:
    depths = [[depth for depth, _ in chapters(DOCUMENTS[page])] for page in (english(name), name)]
    assert depths[0] == depths[1]


@pytest.mark.parametrize("name", TWINS)
def test_twins_have_the_same_examples(name: str) -> None:
    for shown, twin in zip_longest(
        FENCED.findall(DOCUMENTS[english(name)]), FENCED.findall(DOCUMENTS[name])
    ):
        assert shown == twin


@pytest.mark.parametrize("name", TWINS)
def test_the_chapters_of_twins_name_the_same_and_lead_to_the_same(name: str) -> None:
    pairs = zip(chapters(DOCUMENTS[english(name)]), chapters(DOCUMENTS[name]), strict=True)
    for (_, text), (_, twin) in pairs:
        assert names(text) == names(twin), text[:60]
        assert {target(link, name) for link in LINK.findall(text)} == {
            target(link, name) for link in LINK.findall(twin)
        }, text[:60]


@pytest.mark.parametrize("name", TWINS)
def test_the_tables_of_twins_have_the_same_rows(name: str) -> None:
    pairs = zip(chapters(DOCUMENTS[english(name)]), chapters(DOCUMENTS[name]), strict=True)
    for (_, text), (_, twin) in pairs:
        for table, other in zip(tables(text), tables(twin), strict=True):
            assert [len(row) for row in table] == [len(row) for row in other], text[:60]
            for row, line in zip(table, other, strict=True):
                named = [names(cell) for cell in row]
                said = [names(cell) for cell in line]
                assert sorted(map(sorted, named)) == sorted(map(sorted, said)), row


@pytest.mark.parametrize("name", TWINS)
def test_a_twin_is_in_chinese(name: str) -> None:
    for _, text in chapters(DOCUMENTS[name]):
        prose = re.sub(r"^(\||<!--|\s*$|\[English\]).*$", "", text, flags=re.MULTILINE)
        for paragraph in re.split(r"\n\s*\n", prose):
            assert CHINESE.search(paragraph) or not re.search("[a-z]{3}", paragraph), paragraph


@pytest.mark.parametrize("name", TWINS)
def test_a_twin_leads_to_twins_where_there_are_any(name: str) -> None:
    for link in LINK.findall(DOCUMENTS[name].split("\n", 3)[3]):
        path = link.partition("#")[0]
        if path.endswith(".md") and "://" not in path and not path.endswith(".zh.md"):
            page = (Path(name).parent / path).as_posix()
            assert page.replace(".md", ".zh.md") not in TWINS, link
