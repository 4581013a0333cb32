"""Photos prepared outside the server's process, so that none can harm it."""

from __future__ import annotations

from audit_api.images.formats import check_file
from audit_api.images.prepared import DISPLAY_SIDE, PreparedPhoto, Unreadable
from audit_api.rules.lifecycle import UnreadableReason
from audit_api.workshop.child import Message
from audit_api.workshop.pool import Pool
from audit_api.workshop.process import Failed, Overdrawn

_PATIENCE = 120.0
_MAX_WAITING = 32


class Decoder:
    """Prepares photos in child processes.  Safe to share between threads.

    A photo that kills its child, or takes more time or memory than a child may have, is unreadable;
    the next photo gets a new child.
    """

    def __init__(
        self, *, children: int = 1, photos_per_child: int = 200, timeout: float = 50
    ) -> None:
        self._pool = Pool(
            "audit_api.images.child",
            "photo decoder",
            children=children,
            messages_per_child=photos_per_child,
            timeout=timeout,
            patience=_PATIENCE,
            max_waiting=_MAX_WAITING,
        )

    def prepare(self, data: bytes, side: int = DISPLAY_SIDE) -> PreparedPhoto:
        """Return what may be shown of the photo, its display copy at most `side` pixels wide and
        high.

        Raises `Unreadable`, and `Problem(Kind.UNAVAILABLE)` when no child can be started or none
        is free in time.
        """
        check_file(data)
        try:
            return self._pool.work(Message({"side": side}, (data,)), _read_photo)
        except (Overdrawn, Failed) as error:
            raise Unreadable(UnreadableReason.TOO_COSTLY) from error

    def close(self) -> None:
        """End the children, each after its photo.  A later photo would start a new one."""
        self._pool.close()


def _read_photo(answer: Message) -> PreparedPhoto:
    head = answer.head
    if "unreadable" in head:
        raise Unreadable(UnreadableReason(head["unreadable"]))
    display, thumbnail = answer.parts
    place = head["place"]
    return PreparedPhoto(
        display=display,
        thumbnail=thumbnail,
        width=head["width"],
        height=head["height"],
        taken_at=head["taken_at"],
        place=None if place is None else (place[0], place[1]),
        fingerprint=head["fingerprint"],
        damaged=head["damaged"],
    )
