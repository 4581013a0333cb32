"""The front: takes a request in whole, has it answered in a thread of its lane, and sees the
answer off.  No thread ever waits for a client."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from typing import Any

from flask import Flask

from audit_api.api.http.lanes import Lane, lane_of
from audit_api.api.http.problems import REFUSAL
from audit_api.errors import Problem
from audit_api.server import gateway, threads
from audit_api.server.bodies import Body, ClientGone, Held, Receive, receiving
from audit_api.server.gateway import Answer, BodyWanted, Environ
from audit_api.server.sending import Send, send_answer, send_end

MAX_UNASKED = 1024 * 1024
"""Bytes of a body that are read before the application was asked whether it wants it."""
MAX_BODY = 64 * 1024 * 1024
"""Bytes of a body that are read at all: more than any call takes."""
LINGER_SECONDS = 30
"""How long the rest of a body that nobody wants is awaited, so that its sender reads the answer."""


class Front:
    """The application as ASGI."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._threads = threads.by_lane(app.config["AUDIT_THREADS"])
        self._held = Held()

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        headers = gateway.headers_of(scope)
        with receiving(self._held, receive, headers) as body:
            try:
                await self._serve(gateway.environ_of(scope, headers), body, scope, send)
            except (ClientGone, TimeoutError):
                scope["state"]["transport"].abort()

    async def _serve(self, environ: Environ, body: Body, scope: Any, send: Send) -> None:
        lane = lane_of(self._app, scope["method"], scope["path"])
        try:
            answer = await self._answer(environ, body, lane)
        except Problem as refusal:
            answer = await self._refuse(environ, refusal)
        if not body.is_whole:
            answer.headers.append((b"connection", b"close"))
        try:
            blocks = self._blocks(answer, lane, scope["state"]["transport"])
            await send_answer(send, answer.status, answer.headers, blocks)
            async with asyncio.timeout(LINGER_SECONDS):
                await body.discard()
        finally:
            answer.close()
        await send_end(send)

    async def _answer(self, environ: Environ, body: Body, lane: Lane) -> Answer:
        """Have the request answered; one with a large body is asked for before that is read."""
        if (body.length or 0) <= MAX_UNASKED:
            await body.read(MAX_UNASKED)
        if not body.is_whole:
            try:
                return await self._call(environ | {"wsgi.input": gateway.Unread()}, lane)
            except BodyWanted:
                await body.read(MAX_BODY)
        return await self._call(gateway.with_body(environ, body.rewound(), body.size), lane)

    async def _call(self, environ: Environ, lane: Lane) -> Answer:
        return await self._threads[lane].run(partial(gateway.call, self._app, environ))

    async def _refuse(self, environ: Environ, refusal: Problem) -> Answer:
        return await self._call(environ | {REFUSAL: refusal}, Lane.VITAL)

    async def _blocks(
        self, answer: Answer, lane: Lane, transport: asyncio.Transport
    ) -> AsyncIterator[bytes]:
        block = answer.first
        while block and not transport.is_closing():
            yield block
            # Nearly every answer is one block: the second is asked for only where it may be.
            if len(block) < gateway.MAX_BLOCK:
                return
            block = await self._threads[lane].run(answer.next_block)

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.shutdown":
                await asyncio.to_thread(self._app.extensions["audit_worker"].close)
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return
