"""Large photos in parts: each part is an upload of its own, so that one that breaks off costs no
more than a part (ADR 21).

The store refuses a wrong, longer or second part as it does a whole photo.  Once all are there the
server makes the photo of them (`verified`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from audit_api.storage.store import PhotoStore

PART_BYTES = 1 << 20
"""The size of every part but the last."""


@dataclass(frozen=True, slots=True)
class Part:
    """The bytes of a photo from `offset` on, as its manifest declares them."""

    offset: int
    size: int
    sha256: str

    def key(self, photo_key: str) -> str:
        """Return where the store keeps this part of the photo at `photo_key`."""
        return f"{photo_key}-parts/{self.offset // PART_BYTES}"


def count(size: int) -> int:
    """Return how many parts a photo of `size` bytes has."""
    return -(-size // PART_BYTES)


def parts_of(size: int, digests: Sequence[str]) -> tuple[Part, ...]:
    """Return the parts of a photo of `size` bytes, of which each has one of `digests`."""
    return tuple(
        Part(number * PART_BYTES, min(PART_BYTES, size - number * PART_BYTES), digest)
        for number, digest in enumerate(digests)
    )


def arrived(parts: Collection[Part], photo_key: str, store: PhotoStore) -> frozenset[int]:
    """Return the offsets of the parts that the store holds as declared; others are forgotten."""
    offsets = set()
    for part in parts:
        body = store.stat(part.key(photo_key))
        if body is None:
            continue
        if (body.size, body.sha256) == (part.size, part.sha256):
            offsets.add(part.offset)
        else:
            store.delete(part.key(photo_key))
    return frozenset(offsets)


def forget(parts: Collection[Part], photo_key: str, store: PhotoStore) -> None:
    """Delete what came in parts of a photo that is there as a whole, or never will be of these."""
    for part in parts:
        store.delete(part.key(photo_key))
