"""What can go wrong, said once: the kinds of problems (RFC 9457) and the faults inside them.

Nothing here knows a language or a framework.  A problem carries a kind, values and
faults; the words live in `words/`, keyed by the kind's slug and the fault's code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with what was sent.

    `pointer` is an RFC 6901 JSON pointer into it ("" is the whole), `code` the key of the
    sentence (`fault.<code>` in `words/`), `values` what the sentence names.
    """

    pointer: str
    code: str
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """The key of the sentence that tells it."""
        return f"fault.{self.code}"


class Refused(Exception):
    """A value that is not accepted, and why; whoever knows its place makes a fault of it.

    `code` and `values` are those of the fault.
    """

    def __init__(self, code: str, /, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class Kind(Enum):
    """Every kind of problem that the API answers: slug and HTTP status.

    The slug is stable: it ends the problem's `type` URI, and clients compare it.
    """

    MALFORMED = ("malformed", 400)
    UNAUTHENTICATED = ("unauthenticated", 401)
    WRONG_CREDENTIALS = ("wrong-credentials", 401)
    FORBIDDEN = ("forbidden", 403)
    FORM_EXPIRED = ("form-expired", 403)
    LINK_INVALID = ("link-invalid", 403)
    NOT_FOUND = ("not-found", 404)
    METHOD_NOT_ALLOWED = ("method-not-allowed", 405)
    NOT_ACCEPTABLE = ("not-acceptable", 406)
    TOO_SLOW = ("too-slow", 408)
    CONFLICT = ("conflict", 409)
    NOT_EMPTY = ("not-empty", 409)
    CONTENT_DIFFERS = ("content-differs", 409)
    REVISION_UNEXPECTED = ("revision-unexpected", 409)
    REVISION_NOT_ASKED = ("revision-not-asked", 409)
    MOVE_NOT_ALLOWED = ("move-not-allowed", 409)
    TOO_LATE = ("too-late", 409)
    HELD = ("held", 409)
    KEY_REUSED = ("idempotency-key-reused", 409)
    UPLOAD_EXISTS = ("upload-exists", 412)
    REVISION_LOST = ("revision-lost", 412)
    STALE = ("stale", 412)
    TOO_LARGE = ("too-large", 413)
    MEDIA_TYPE = ("unsupported-media-type", 415)
    INVALID = ("invalid", 422)
    UPLOAD_DIFFERS = ("upload-differs", 422)
    PRECONDITION_REQUIRED = ("precondition-required", 428)
    TOO_MANY_REQUESTS = ("too-many-requests", 429)
    TOO_MUCH_UNFINISHED = ("too-much-unfinished", 429)
    INTERNAL = ("internal", 500)
    BUSY = ("busy", 503)
    UNAVAILABLE = ("unavailable", 503)

    @property
    def slug(self) -> str:
        return self.value[0]

    @property
    def status(self) -> int:
        return self.value[1]


class Problem(Exception):
    """A refusal with its reason.  Raised anywhere below the API, turned into problem+json by it."""

    def __init__(
        self,
        kind: Kind,
        faults: Sequence[Fault] = (),
        retry_after: int | None = None,
        **values: object,
    ) -> None:
        super().__init__(kind.slug)
        self.kind = kind
        self.faults = tuple(faults)
        self.retry_after = retry_after
        self.values = values


def invalid(*faults: Fault) -> Problem:
    """The 422 that lists every fault found."""
    return Problem(Kind.INVALID, faults=faults)


def not_found(noun: str) -> Problem:
    """The one answer for a thing that is missing and for a thing that is not the asker's to see."""
    return Problem(Kind.NOT_FOUND, noun=noun)


def pointer_to(*names: object) -> str:
    """The JSON pointer (RFC 6901) that leads through members and entries of these names, the
    outermost first."""
    return "".join(f"/{escaped(str(name))}" for name in names)


def escaped(name: str) -> str:
    """A name as it stands in a JSON pointer."""
    return name.replace("~", "~0").replace("/", "~1")


def unescaped(token: str) -> str:
    """The name that stands between two slashes of a JSON pointer."""
    return token.replace("~1", "/").replace("~0", "~")


def around(pointer: str) -> Iterator[str]:
    """A pointer, and those to everything around it."""
    yield pointer
    while pointer:
        pointer = pointer.rpartition("/")[0]
        yield pointer
