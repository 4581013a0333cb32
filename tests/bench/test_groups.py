from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bench import __main__ as bench
from bench.rows import Row, ratio


@pytest.fixture
def results(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where results are written to, of groups that say their names alone."""

    def named(name: str) -> list[Row]:
        return [(name, "figure", "beside", "ratio", "target")]

    groups = {name: lambda name=name: named(name) for name in ("first", "second", "third")}
    monkeypatch.setattr(bench, "GROUPS", groups)
    monkeypatch.setattr(bench, "RESULTS", tmp_path / "RESULTS.md")
    return tmp_path / "RESULTS.md"


def ask(monkeypatch: pytest.MonkeyPatch, *words: str) -> None:
    monkeypatch.setattr(sys, "argv", ["bench", *words])
    bench.main()


def test_the_whole_run_alone_writes_the_results(
    results: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ask(monkeypatch, "third", "second")
    told = capsys.readouterr().out
    assert "`python -m bench third second`" in told
    assert [line.split(" | ")[0] for line in told.splitlines()[-2:]] == ["| second", "| third"]
    assert not results.exists()

    ask(monkeypatch)
    assert results.read_text() == capsys.readouterr().out
    assert "| first | figure | beside | ratio | target |\n" in results.read_text()


def test_a_group_that_is_none_is_refused_with_those_that_are(
    results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SystemExit, match="No group of fourth; there are first, second, third"):
        ask(monkeypatch, "fourth")


def test_a_ratio_is_the_median_of_the_rounds_with_least_and_greatest() -> None:
    assert ratio([1.0, 4.0, 6.0], [1.0, 2.0, 1.0]) == "2.00 (1.00–6.00)"
