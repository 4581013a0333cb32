"""How long tests wait for what will come: they give up on what never does, however busy the
machine is."""

from __future__ import annotations

SECONDS = 120.0
