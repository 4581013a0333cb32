"""An S3 server as careless as any that was met: it compares no checksum, heeds no condition, tells
no digest, and does again, at any later time, what it was asked to do once."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

Write = tuple[str, bytes | None]
"""A key, and the body that was put there; None for a deletion."""


@dataclass
class CarelessStore:
    """The server's objects by path, and every write that it was asked for.

    `meanwhile` is called when an object was read and before it is told: what happens there comes
    between a look at the store and what is done about it.
    """

    endpoint: str = ""
    objects: dict[str, bytes] = field(default_factory=dict)
    writes: list[Write] = field(default_factory=list)
    meanwhile: Callable[[], None] = lambda: None

    def write(self, path: str, body: bytes | None) -> None:
        self.writes.append((path, body))
        self.repeat(self.writes[-1])

    def repeat(self, write: Write) -> None:
        """Do what was asked for before, as a request does that was long on its way."""
        path, body = write
        if body is None:
            self.objects.pop(path, None)
        else:
            self.objects[path] = body


@contextmanager
def careless_store() -> Iterator[CarelessStore]:
    """Yield such a server on loopback."""
    store = CarelessStore()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = store.objects.get(self.place)
            store.meanwhile()
            if body is None:
                self.tell(404, b"<Error><Code>NoSuchKey</Code></Error>")
            else:
                self.tell(200, body)

        def do_PUT(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            store.write(self.place, body)
            self.tell(200, b"")

        def do_DELETE(self) -> None:
            store.write(self.place, None)
            self.tell(204, b"")

        @property
        def place(self) -> str:
            return urlsplit(self.path).path

        def tell(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("ETag", f'"{hashlib.md5(body).hexdigest()}"')
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing of each request."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    store.endpoint = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield store
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
