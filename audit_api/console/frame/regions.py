"""Regions to choose from: as the tree that they are."""

from __future__ import annotations

from collections.abc import Sequence

from audit_api.console.frame.forms import Options
from audit_api.console.frame.sessions import who
from audit_api.services.sites import trees
from audit_api.services.sites.trees import Branch

_STEP = "\u2003"


def options(every: str) -> Options:
    """Return the regions that the reader may see, and before them all of them, called `every`."""
    return [("", every), *branches(trees.tree(by=who()))]


def branches(tree: Sequence[Branch]) -> Options:
    """Return the regions of a tree, each set in by its level."""
    return [(str(each.id), _STEP * each.level + each.name) for each in tree]
