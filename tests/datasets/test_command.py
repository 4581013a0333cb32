"""flask data export: whole files, or none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import Result

from audit_api.database import db
from audit_api.models import Organisation
from audit_api.services.datasets import DATASETS
from audit_api.sheets import parquet
from tests.access.visited import Visited
from tests.sheets import readers


def export(visited: Visited, dataset: str, path: Path, *options: str) -> Result:
    app = visited.world.app
    with app.app_context():
        code = db.session.scalar(
            sa.select(Organisation.code).where(Organisation.id == visited.world.organisation_id)
        )
    words = ["data", "export", dataset, "--organisation", code, "--to", str(path), *options]
    return app.test_cli_runner().invoke(args=words)


@pytest.mark.parametrize("dataset", DATASETS)
def test_every_data_set_is_written_and_its_rows_counted(
    visited: Visited, tmp_path: Path, dataset: str
) -> None:
    path = tmp_path / "rows.jsonl"
    done = export(visited, dataset, path, "--format", "jsonl", "--period", "2026-03")
    assert done.exit_code == 0, done.output
    rows = readers.json_rows(path.read_bytes())
    assert done.output == f"wrote {len(rows):,} rows to {path}\n"
    assert rows


def test_the_filters_are_those_of_the_list(visited: Visited, tmp_path: Path) -> None:
    def ids(name: str, *options: str) -> set[str]:
        path = tmp_path / name
        done = export(visited, "audits", path, "--format", "jsonl", *options)
        assert done.exit_code == 0, done.output
        return {row["audit_id"] for row in map(json.loads, path.read_text().splitlines())}

    def listed(query: str) -> set[str]:
        told = visited.world.call("hq", "GET", f"/audits?state=approved&limit=200{query}").json
        return {row["id"] for row in told}

    full = ("--edition", "full", "--state", "approved")
    assert ids("all", *full) == listed("")
    assert ids("april", *full, "--period", "2026-04") == listed("&period=2026-04")
    region_id = visited.places["region"].region_id
    assert ids("west", *full, "--region", "west") == listed(f"&region_id={region_id}")
    days = ("--from", "2026-04-02", "--until", "2026-04-03")
    until = "&business_date_from=2026-04-02&business_date_to=2026-04-03"
    assert ids("days", *full, *days) == listed(until) != set()
    site = f"&site_id={visited.world.site_id}"
    assert ids("site", "--site", "SH-001", "--passed") == listed(f"{site}&passed=true")


def test_parquet_is_a_folder_that_is_there_whole(visited: Visited, tmp_path: Path) -> None:
    path = tmp_path / "observations"
    done = export(visited, "observations", path, "--format", "parquet")
    assert done.exit_code == 0, done.output
    assert sorted(part.name for part in path.iterdir()) == ["month=2026-03", "month=2026-04"]
    names, rows = readers.parquet(path)
    assert names[-1] == "month"
    assert f"{len(rows):,} rows" in done.output
    again = export(visited, "observations", path, "--format", "parquet", "--force")
    assert (again.exit_code, "is there already" in again.output) == (1, True)


def test_a_file_that_is_there_is_replaced_by_force_alone(visited: Visited, tmp_path: Path) -> None:
    path = tmp_path / "audits.csv"
    path.write_text("mine")
    refused = export(visited, "audits", path, "--format", "csv", "--language", "zh")
    assert (refused.exit_code, path.read_text()) == (1, "mine")
    assert "已存在" in refused.output
    assert export(visited, "audits", path, "--format", "csv", "--bom", "--force").exit_code == 0
    assert path.read_bytes().startswith(b"\xef\xbb\xbfaudit_id,")


def test_what_fails_leaves_nothing_behind(
    visited: Visited, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lacking = export(visited, "league", tmp_path / "a.csv", "--format", "csv")
    assert (lacking.exit_code, lacking.output.splitlines()[-1]) == (1, "/period: Required.")
    monkeypatch.setattr(parquet, "pyarrow", None)
    folder = tmp_path / "folder"
    without = export(visited, "audits", folder, "--format", "parquet")
    assert "Install it with: pip install '.[parquet]'" in without.output
    unknown = export(visited, "audits", tmp_path / "b.csv", "--format", "csv", "--region", "moon")
    assert (lacking.exit_code, without.exit_code, unknown.exit_code) == (1, 1, 1)
    assert list(tmp_path.iterdir()) == []
