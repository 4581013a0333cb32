"""A front on Granian's own interface: what it would cost, without what it could not do."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from io import BytesIO
from typing import Any

from audit_api.app import create_app
from audit_api.server import gateway
from audit_api.server.gateway import Environ

THREADS = ThreadPoolExecutor(8)
APPLICATION = create_app()


async def front(scope: Any, protocol: Any) -> None:
    """Read a body whole, have it answered in a thread, hand the answer on."""
    body = await protocol()
    environ = gateway.with_body(environ_of(scope), BytesIO(body), len(body))
    loop = asyncio.get_running_loop()
    answer = await loop.run_in_executor(THREADS, partial(gateway.call, APPLICATION, environ))
    headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in answer.headers]
    protocol.response_bytes(answer.status, headers, answer.first)
    answer.close()


def environ_of(scope: Any) -> Environ:
    host, port = scope.server.rsplit(":", 1)
    client, client_port = scope.client.rsplit(":", 1)
    headers = dict(scope.headers.items())
    asgi = {
        "method": scope.method,
        "raw_path": scope.path.encode(),
        "query_string": scope.query_string.encode(),
        "server": (host, int(port)),
        "client": (client, int(client_port)),
        "http_version": scope.http_version,
        "scheme": scope.scheme,
    }
    return gateway.environ_of(asgi, headers)
