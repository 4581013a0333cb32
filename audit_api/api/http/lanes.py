"""Which calls wait for which threads.  A server with lanes asks; any other serves without them."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from typing import Any, TypeVar

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

View = TypeVar("View", bound=Callable[..., Any])


class Lane(Enum):
    """What a call costs, and therefore whom it may keep waiting."""

    VITAL = auto()
    """Costs nothing and asks nobody: answers while everything else waits."""
    ORDINARY = auto()
    WIDE = auto()
    """Goes over many things at once: comparisons, batches."""
    DEAR = auto()
    """Reads or makes a whole document, which may take seconds."""


def lane(chosen: Lane) -> Callable[[View], View]:
    """Declare the lane of a call; without it a call is ORDINARY."""

    def declare(view: View) -> View:
        view.lane = chosen  # type: ignore[attr-defined]
        return view

    return declare


def lane_of(app: Flask, method: str, path: str) -> Lane:
    """Return the lane of the call that `app` has at an address; what it has not is ORDINARY."""
    try:
        endpoint, _ = app.url_map.bind("").match(path, method)
    except (HTTPException, RequestRedirect):
        return Lane.ORDINARY
    return getattr(app.view_functions[endpoint], "lane", Lane.ORDINARY)
