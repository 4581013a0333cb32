"""All that somebody can fetch, and what it says: headers, bodies, PDFs, links, photos."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import pypdf
from werkzeug.test import TestResponse

from tests.access.requests import ask
from tests.access.table import PLACES, rows
from tests.access.visited import Visited
from tests.world import World

_WORD = re.compile(r"[\w-]{12,}")


def everything(
    visited: Visited, who: str, places: tuple[str, ...] = PLACES, *, of: str = ""
) -> Iterator[tuple[str, TestResponse]]:
    """Return the answer to every call of the table that begins so, for ids of these places, as
    `who`."""
    for row in filter(lambda row: row.startswith(of), rows()):
        for place in places:
            if not row.startswith(("PATCH", "POST /api/v1/audits/<", "PUT", "DELETE")):
                answer = ask(visited.world, who, row, visited.places[place], visited.places)
                yield f"{row} ({place})", answer


def words(response: TestResponse) -> str:
    """Return all that an answer says: headers, body, what a PDF keeps, what links hide."""
    said = [
        str(response.headers),
        response.get_data().decode("latin-1"),
        response.get_data().decode("utf-8", "replace"),
    ]
    if response.content_type == "application/pdf":
        reader = pypdf.PdfReader(io.BytesIO(response.data))
        said += [page.extract_text() for page in reader.pages]
        said += [str(reader.metadata), _xmp(reader)]
        said += [f"/ID {reader.trailer.get('/ID')}"]
    for link in (*links(response.json if response.is_json else None), response.headers.get("Link")):
        said += map(_hidden, _WORD.findall(link or ""))
    return "\n".join(said)


def _xmp(reader: pypdf.PdfReader) -> str:
    """What a PDF's XMP says, as it is written."""
    root: Any = reader.trailer["/Root"]
    data: bytes = root["/Metadata"].get_data()
    return data.decode()


def links(told: Any) -> Iterator[str]:
    """Return the addresses of photos in an answer."""
    if isinstance(told, dict):
        for name, value in told.items():
            if name.endswith("_url") and isinstance(value, str):
                yield value
            yield from links(value)
    elif isinstance(told, list):
        for value in told:
            yield from links(value)


def follow(world: World, link: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Return the status, the headers but the request's own id, and the body behind a link."""
    address = urlsplit(link)
    if address.path.startswith("/storage/"):
        with world.client.get(address.path, headers=headers) as shown:
            told = {name: value for name, value in shown.headers if name != "X-Request-Id"}
            return shown.status_code, told, shown.data
    remote = httpx.get(link, headers=headers)
    return remote.status_code, dict(remote.headers), remote.content


def _hidden(word: str) -> str:
    try:
        return base64.urlsafe_b64decode(word + "=" * (-len(word) % 4)).decode("latin-1")
    except ValueError:
        return ""
