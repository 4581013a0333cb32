"""Which calls wait for which threads.  A server with lanes asks; any other serves without them."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum, auto
from typing import Any, TypeVar

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, RoutingException

PARAMETER = re.compile("<[^<>]+>")

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


class Lanes:
    """The lanes of an application's calls."""

    def __init__(self, app: Flask) -> None:
        rules = [
            rule
            for rule in app.url_map.iter_rules()
            if hasattr(app.view_functions[rule.endpoint], "lane")
        ]
        copies = [rule.empty() for rule in rules]
        urls = Map(copies, converters=app.url_map.converters, merge_slashes=False)
        self._urls = urls.bind("")
        self._views = app.view_functions
        # Most calls are ordinary, and this tells so sooner than the routing.
        shapes = (PARAMETER.sub("[^/]+", re.escape(rule.rule)) for rule in rules)
        self._shape = re.compile("|".join(shapes))

    def find(self, method: str, path: str) -> Lane:
        """Return the lane of the call at an address; where none is, ORDINARY."""
        if self._shape.fullmatch(path) is None:
            return Lane.ORDINARY
        try:
            endpoint, _ = self._urls.match(path, method)
        except (HTTPException, RoutingException):
            return Lane.ORDINARY
        return getattr(self._views[endpoint], "lane", Lane.ORDINARY)
