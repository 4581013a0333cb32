"""The commands by which the documentation generates clients."""

from __future__ import annotations

from tests.docs.texts import DOCUMENTS, blocks, chapter
from tests.openapi.server import Served


def documentation() -> str:
    """Return what is told of generating clients."""
    return chapter(DOCUMENTS["docs/api.md"], "Generating a client")


def documented(program: str, served: Served) -> list[str]:
    """Return the documented command of a generator, for a server that is served."""
    lines = "".join(blocks(documentation(), "sh"))
    words = (line.removeprefix("npx ").split() for line in lines.splitlines())
    (command,) = (each for each in words if each[0] == program)
    return [word.replace("http://127.0.0.1:8000", served.url) for word in command]
