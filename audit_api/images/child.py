"""The process that decodes: reads photos from its input, writes what became of them.

`python -m audit_api.images.child`, started by `decoder.Decoder` alone.
"""

from __future__ import annotations

from typing import Any

from audit_api.images.preparation import prepare
from audit_api.images.prepared import PreparedPhoto, Unreadable
from audit_api.workshop.child import Limits, Message, serve

LIMITS = Limits(memory=1_500_000_000, seconds=20)


def prepared(message: Message) -> Message:
    """Answer a photo."""
    (data,) = message.parts
    try:
        photo = prepare(data, message.head["side"])
    except Unreadable as error:
        return Message({"unreadable": error.reason.value})
    return Message(_description(photo), (photo.display, photo.thumbnail))


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
    serve(prepared, LIMITS)
