"""What a command writes is there whole or not at all, and what was there is not lost to a full
disk."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import NoReturn

import pytest
from click.testing import Result
from flask import Flask


def template(app: Flask, path: Path, *options: str) -> Result:
    return app.test_cli_runner().invoke(args=["checklists", "template", "-o", str(path), *options])


def test_a_full_disk_leaves_what_was_there(
    shared_app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(number: int) -> NoReturn:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    path = tmp_path / "book.xlsx"
    path.write_bytes(b"the book of before")
    monkeypatch.setattr(os, "fsync", full)
    for options, target in ((["--force"], path), ([], tmp_path / "new.xlsx")):
        told = template(shared_app, target, *options)
        assert (told.exit_code, told.stderr) == (1, f"Error: {target}: {os.strerror(28)}.\n")
    assert path.read_bytes() == b"the book of before"
    assert os.listdir(tmp_path) == ["book.xlsx"]


def test_a_file_is_as_open_as_the_umask_says(shared_app: Flask, tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        assert template(shared_app, tmp_path / "book.xlsx").exit_code == 0
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "book.xlsx").stat().st_mode) == 0o640


def test_a_name_that_points_elsewhere_goes_on_pointing_there(
    shared_app: Flask, tmp_path: Path
) -> None:
    (tmp_path / "real.xlsx").touch()
    (tmp_path / "name.xlsx").symlink_to("real.xlsx")
    assert template(shared_app, tmp_path / "name.xlsx", "--force").exit_code == 0
    assert (tmp_path / "name.xlsx").is_symlink()
    assert (tmp_path / "real.xlsx").stat().st_size > 0


def test_a_pipe_takes_what_is_written_and_keeps_its_place(
    shared_app: Flask, tmp_path: Path
) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert template(shared_app, path, "--force").exit_code == 0
        assert os.read(reader, 2) == b"PK"
    finally:
        os.close(reader)
    assert path.is_fifo()
