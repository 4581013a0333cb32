"""Slows down whoever guesses passwords.  `logins.init_app` gives it its memory."""

from __future__ import annotations

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(get_remote_address, key_prefix="audit", strategy="moving-window")
