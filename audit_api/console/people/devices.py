"""What a browser says it is, in a few words."""

from __future__ import annotations

from collections.abc import Mapping

_BROWSERS: Mapping[str, str] = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "MicroMessenger": "WeChat",
    "Firefox/": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
_SYSTEMS: Mapping[str, str] = {
    "Windows": "Windows",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Mac OS X": "macOS",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}
_LONGEST = 60


def device_of(user_agent: str) -> str | None:
    """Return the browser and its system, such as "Chrome, Windows"; of a program that is no
    browser, what it calls itself."""
    named = [
        next((name for mark, name in marks.items() if mark in user_agent), None)
        for marks in (_BROWSERS, _SYSTEMS)
    ]
    known = ", ".join(name for name in named if name)
    return known or user_agent[:_LONGEST] or None
