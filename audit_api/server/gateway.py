"""Between ASGI and WSGI: what a request is to the application, and what it answers."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextvars import Context, copy_context
from dataclasses import dataclass
from typing import IO, Any, NoReturn
from urllib.parse import unquote_to_bytes

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

MAX_BLOCK = 256 * 1024
"""Bytes of an answer that are made before the first of them is sent."""


class BodyWanted(BaseException):
    """The application wants to read a body that is not here yet.

    No `Exception`: nobody in between shall take it for a mishap.
    """


class Unread:
    """The input of a request whose body is still with the client."""

    def read(self, *_: object) -> NoReturn:
        raise BodyWanted

    readline = readlines = __iter__ = readinto = read


@dataclass(frozen=True, slots=True)
class Answer:
    """What the application answers; `first` is the first block of its body."""

    status: int
    headers: list[tuple[bytes, bytes]]
    first: bytes
    body: Iterator[bytes]
    close: Callable[[], object]
    context: Context

    def next_block(self) -> bytes:
        """Return the next block of the body, b"" after the last."""
        return self.context.run(block_of, self.body)


def block_of(body: Iterator[bytes]) -> bytes:
    """Return the next bytes of a body: about MAX_BLOCK of them, all there are, or b""."""
    parts: list[bytes] = []
    size = 0
    for part in body:
        parts.append(part)
        size += len(part)
        if size >= MAX_BLOCK:
            break
    return parts[0] if len(parts) == 1 else b"".join(parts)


def headers_of(scope: Mapping[str, Any]) -> dict[str, str]:
    """Return the headers of a request by name; those that came twice are joined, and a name with
    an underscore, which would be taken for another, is left out."""
    headers: dict[str, str] = {}
    for name, value in scope["headers"]:
        if b"_" not in name:
            key, text = name.decode("latin-1"), value.decode("latin-1")
            between = "; " if key == "cookie" else ","
            headers[key] = f"{headers[key]}{between}{text}" if key in headers else text
    return headers


def environ_of(scope: Mapping[str, Any], headers: Mapping[str, str]) -> Environ:
    """Return a request as WSGI tells it, its body aside."""
    host, port = scope["server"] or ("localhost", 0)
    client, client_port = scope["client"] or ("", 0)
    environ: Environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": client,
        "REMOTE_PORT": str(client_port),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.input_terminated": True,
    }
    for name, value in headers.items():
        key = name.upper().replace("-", "_")
        environ[key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"] = value
    return environ


def without_body(environ: Environ) -> Environ:
    """Return the request with a body that is not here: to read it raises `BodyWanted`."""
    return environ | {"wsgi.input": Unread()}


def with_body(environ: Environ, body: IO[bytes], size: int) -> Environ:
    """Return the request with its whole body, however that came."""
    whole = environ | {"CONTENT_LENGTH": str(size), "wsgi.input": body}
    whole.pop("HTTP_TRANSFER_ENCODING", None)
    return whole


def call(application: Application, environ: Environ) -> Answer:
    """Return what the application answers, its body begun."""
    started: list[tuple[str, list[tuple[str, str]]]] = []

    def start(status: str, headers: list[tuple[str, str]], error: Any = None) -> None:
        started[:] = [(status, headers)]

    context = copy_context()
    made = context.run(application, environ, start)
    body = iter(made)
    # The first block may be what starts the answer.
    first = context.run(block_of, body)
    ((status, headers),) = started
    return Answer(
        status=int(status.split(" ", 1)[0]),
        headers=[(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers],
        first=first,
        body=body,
        close=getattr(made, "close", lambda: None),
        context=context,
    )
