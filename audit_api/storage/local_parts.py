"""Objects that are put together part by part, in a folder of this machine."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Sequence
from pathlib import Path

from audit_api.errors import not_found
from audit_api.storage.store import Part


class Parts:
    """What is being put together under `folder`: one file for each attempt."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def begin(self) -> str:
        """Return the name of a new attempt, whose file is there and empty."""
        attempt = secrets.token_hex(12)
        with open(os.open(self._file(attempt), os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb"):
            return attempt

    def put(self, attempt: str, part: Part) -> str:
        """Write a part where it belongs; what was written after it before is cut off."""
        try:
            with self._file(attempt).open("r+b") as file:
                file.truncate(part.start)
                file.seek(part.start)
                file.write(part.data)
                file.flush()
                os.fsync(file.fileno())
        except FileNotFoundError as error:
            raise not_found("upload") from error
        return str(part.start + len(part.data))

    def complete(self, attempt: str, tags: Sequence[str], publish: Callable[[Path], None]) -> None:
        """Have the file published as it was after its last part; one that was published is gone."""
        file = self._file(attempt)
        if not file.exists():
            return
        os.truncate(file, int(tags[-1]))
        publish(file)

    def abandon(self, attempt: str) -> None:
        self._file(attempt).unlink(missing_ok=True)

    def _file(self, attempt: str) -> Path:
        return self._folder / f"{attempt}.parts"
