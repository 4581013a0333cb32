"""The front: takes a request in whole, has it answered by a thread of its lane, and sees the answer
off.  No thread ever waits for a client."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from flask import Flask

from audit_api.errors import Problem
from audit_api.server import gateway, threads
from audit_api.server.bodies import Body, ClientGone, Held, Receive, receiving
from audit_api.server.gateway import Answer, BodyWanted, Environ
from audit_api.server.sending import PIECE, Send, send_end, send_large, send_small
from audit_api.server.threads import Threads
from audit_api.web.lanes import Lane, Lanes
from audit_api.web.problems import REFUSAL

Result = TypeVar("Result")

MAX_UNASKED = 1024 * 1024
"""Bytes of a body that are read before the application was asked whether it wants it."""
MAX_BODY = 64 * 1024 * 1024
"""Bytes of a body that are read at all: more than any call takes."""
MAX_LINGER_SECONDS = 30
"""How long the rest of a body that nobody wants is awaited, so that its sender reads the answer."""


class Front:
    """An application as ASGI."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._lanes = Lanes(app)
        self._threads = threads.by_lane(app.config["AUDIT_THREADS"])
        self._held = Held()

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        headers = gateway.headers_of(scope)
        with receiving(self._held, receive, headers) as body:
            exchange = Exchange(
                app=self._app,
                threads=self._threads,
                lane=self._lanes.find(scope["method"], scope["path"]),
                environ=gateway.environ_of(scope, headers),
                body=body,
                transport=scope["state"]["transport"],
                send=send,
            )
            try:
                await exchange.run()
            except (ClientGone, TimeoutError, asyncio.CancelledError):
                # Cancelled is what is left when the server's time to finish is over.
                exchange.transport.abort()
                # The connection is told first, and does not complain of an answer that is missing.
                await asyncio.sleep(0)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await asyncio.to_thread(self._app.extensions["audit_worker"].close)
        self._app.extensions["audit_photo_store"].close()
        await send({"type": "lifespan.shutdown.complete"})


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer."""

    app: Flask
    threads: Mapping[Lane, Threads]
    lane: Lane
    environ: Environ
    body: Body
    transport: asyncio.Transport
    send: Send

    async def run(self) -> None:
        """Take the request in and answer it; raise `ClientGone`, or TimeoutError where the client
        does not read, or sends for too long what nobody wants."""
        try:
            answer = await self._answer()
        except Problem as refusal:
            self.body.forget()
            answer = await self._call(Lane.VITAL, self.environ | {REFUSAL: refusal})
        try:
            await self._send(answer)
        finally:
            answer.close()

    async def _send(self, answer: Answer) -> None:
        if self.body.is_whole and len(answer.first) <= PIECE:
            await send_small(self.send, answer)
            return
        if not self.body.is_whole:
            answer.headers.append((b"connection", b"close"))
        await send_large(self.send, answer, self._blocks(answer), self.transport)
        if not self.body.is_whole:
            async with asyncio.timeout(MAX_LINGER_SECONDS):
                await self.body.discard()
        await send_end(self.send)

    async def _answer(self) -> Answer:
        """Have the request answered; one with a large body is asked for before that is read."""
        body = self.body
        if (body.length or 0) <= MAX_UNASKED:
            await body.read(MAX_UNASKED)
        if not body.is_whole:
            try:
                return await self._call(self.lane, gateway.without_body(self.environ))
            except BodyWanted:
                await body.read(MAX_BODY)
        whole = gateway.with_body(self.environ, body.rewound(), body.size)
        return await self._call(self.lane, whole)

    async def _call(self, lane: Lane, environ: Environ) -> Answer:
        return await self._work(lane, partial(gateway.call, self.app, environ))

    async def _blocks(self, answer: Answer) -> AsyncIterator[bytes]:
        block = answer.first
        while block:
            yield block
            # Nearly every answer is one block: the second is asked for only where it may be.
            full = len(block) >= gateway.MAX_BLOCK
            block = await self._work(self.lane, answer.next_block) if full else b""

    async def _work(self, lane: Lane, work: Callable[[], Result]) -> Result:
        return await self.threads[lane].run(work, is_unwanted=self.transport.is_closing)
