"""Everything at the console that somebody reaches from its first page by following links."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from html import unescape
from urllib.parse import urldefrag, urljoin, urlsplit

from werkzeug.routing import MapAdapter
from werkzeug.test import TestResponse

from tests.console.visitor import Visitor

_LINK = re.compile(r'(?:href|src|data-unfinished)="([^"]+)"')


def everything(
    visitor: Visitor, urls: MapAdapter, *, of_a_kind: int = 12
) -> Iterator[tuple[str, TestResponse]]:
    """Yield each address with its answer, but for the stylesheets, modules and fonts, and for more
    than so many of one kind, which differ by ids and filters alone."""
    waiting, seen, kinds = deque(["/console"]), {"/console"}, Counter[str]()
    while waiting:
        address = waiting.popleft()
        kind = urls.match(urlsplit(address).path, "GET")[0]
        kinds[kind] += 1
        if kinds[kind] > of_a_kind:
            continue
        with visitor.get(address, follow_redirects=True) as response:
            yield address, response
            if response.mimetype != "text/html":
                continue
            for link in map(unescape, _LINK.findall(response.text)):
                found = urldefrag(urljoin(address, link)).url
                if found.startswith("/console") and "/static/" not in found and found not in seen:
                    seen.add(found)
                    waiting.append(found)
