"""Submits audits with a photo each as phones do: put, upload, put again until it is complete."""

from __future__ import annotations

import hashlib
import http.client
import itertools
import json
import threading
import time
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from bench.instruments.load import Load, Outcome
from bench.photos.pictures import retold
from bench.world import World

_JSON = "application/json"


class Phones:
    """Phones that submit one visit after the other, none twice, with a photo of its own each."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._numbers = itertools.count()

    def load(self, port: int, photos: Sequence[bytes], *, connections: int) -> Load:
        """Return the load of so many phones on the server; an answer of its outcome stands for a
        whole audit."""
        return lambda seconds: self._drive(port, photos, connections, seconds)

    def _drive(
        self, port: int, photos: Sequence[bytes], connections: int, seconds: float
    ) -> Outcome:
        outcome = Outcome()
        begun = time.perf_counter()

        def run() -> None:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            while time.perf_counter() < begun + seconds:
                number = next(self._numbers)
                photo = retold(photos[number % len(photos)], number)
                sent = time.perf_counter()
                self._submit(connection, number, photo)
                outcome.latencies.append(time.perf_counter() - sent)

        threads = [threading.Thread(target=run) for _ in range(connections)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        outcome.seconds = time.perf_counter() - begun
        return outcome

    def _submit(self, connection: http.client.HTTPConnection, number: int, photo: bytes) -> None:
        """Submit an audit; raise `RuntimeError` where it is not complete then."""
        manifest = {
            "id": str(uuid4()),
            "question": "question_0_0",
            "size": len(photo),
            "sha256": hashlib.sha256(photo).hexdigest(),
            "media_type": "image/jpeg",
        }
        path, token = f"/api/v1/audits/{uuid4()}", self._world.token(number)
        headers = {"Authorization": f"Bearer {token}", "Content-Type": _JSON}
        body = json.dumps(self._world.audit(number, photos=[manifest]))
        status, answer = _call(connection, path, body, headers)
        ticket = answer["uploads"][0]
        uploaded, _ = _call(connection, urlsplit(ticket["url"]).path, photo, ticket["headers"])
        settled, last = _call(connection, path, body, headers)
        if (status, uploaded, settled, last["receipt"]["complete"]) != (201, 200, 200, True):
            raise RuntimeError(f"not complete: {status}, {uploaded}, {settled}")


def _call(
    connection: http.client.HTTPConnection, path: str, body: str | bytes, headers: dict[str, str]
) -> tuple[int, Any]:
    connection.request("PUT", path, body, headers)
    answer = connection.getresponse()
    text = answer.read()
    return answer.status, json.loads(text) if text else None
