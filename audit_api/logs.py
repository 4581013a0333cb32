"""What is logged, by whomever: where an error happened and of what kind it was, never its message.

Messages of errors quote what was sent: a database's quote rows, a store's addresses, a schema's
values.  No list of such messages is ever complete, so none is written down.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from typing import Any

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


class Record(logging.LogRecord):
    """A line of the log; the error that it tells of is told by `told`, whoever writes it out."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if self.exc_info and self.exc_info[1] is not None:
            self.exc_text = told(self.exc_info[1])


def configure(level: str) -> None:
    """Send what the house says, from `level` up, to standard error as it is."""
    logging.setLogRecordFactory(Record)
    log = logging.getLogger("audit_api")
    log.setLevel(level)
    # A server's own root handler would print each line again, in a form of its own.
    log.propagate = False
    if not log.handlers:
        log.addHandler(logging.StreamHandler())


def told(error: BaseException) -> str:
    """Return the places through which an error came and its kind, then those of its causes."""
    return "\nraised from\n".join(
        "".join(traceback.format_tb(each.__traceback__)) + type(each).__qualname__
        for each in _causes(error)
    )


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    each: BaseException | None = error
    while each is not None and id(each) not in seen:
        seen.add(id(each))
        yield each
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)
