"""The process that decodes: reads photos from its input, writes what became of them.

`python -m audit_api.images.child`, started by `decoder.Decoder` alone.  It limits itself
before it sees a photo: whatever a hostile file does ends this process and nothing else.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from typing import IO, Any

from audit_api.images import pipe
from audit_api.images.preparation import prepare
from audit_api.images.prepared import PreparedPhoto, Unreadable
from audit_api.rules.lifecycle import UnreadableReason

MEMORY = 1_500_000_000
SECONDS = 20


def main() -> None:
    """Answer photos until the input ends."""
    photos, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # A library that prints must not print into an answer.
    os.dup2(2, 1)
    _limit()
    pipe.send(answers, {"ready": True})
    while True:
        try:
            head, (data,) = pipe.receive(photos)
        except pipe.Broken:
            return
        _answer(answers, data, head)


def _limit() -> None:
    _lower(resource.RLIMIT_AS, MEMORY)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, 0)


def _lower(what: int, limit: int) -> None:
    _, hard = resource.getrlimit(what)
    resource.setrlimit(what, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


def _answer(answers: IO[bytes], data: bytes, head: dict[str, Any]) -> None:
    # The server ends a slow child; this limit ends one whose server is gone.
    _lower(resource.RLIMIT_CPU, int(time.process_time()) + 1 + SECONDS)
    try:
        photo = prepare(data, head["side"])
    except Unreadable as error:
        pipe.send(answers, {"unreadable": error.reason.value})
    except MemoryError:
        pipe.send(answers, {"unreadable": UnreadableReason.TOO_COSTLY.value})
    else:
        pipe.send(answers, _description(photo), photo.display, photo.thumbnail)


def _description(photo: PreparedPhoto) -> dict[str, Any]:
    return {
        "width": photo.width,
        "height": photo.height,
        "taken_at": photo.taken_at,
        "place": photo.place,
        "fingerprint": photo.fingerprint,
        "damaged": photo.damaged,
    }


if __name__ == "__main__":
    main()
