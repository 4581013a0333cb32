"""What an author probably meant by a word that is not accepted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

ALIKE = 0.7
"""How alike two words are, from 0 to 1, of which one may be a slip for the other."""
MAX_LENGTH = 64
"""No word of a checklist is longer, in characters: a longer one is no slip."""
SHOWN = 60
"""A fault repeats only this much of a longer text."""
FULL_WIDTH_COLON = "："
FULL_WIDTH = f"{FULL_WIDTH_COLON}，；“”‘’｛｝［］（）"
"""Signs of Chinese texts that are easily typed in the place of YAML's own."""


def nearest(given: object, accepted: Iterable[object]) -> str | None:
    """The accepted word that is most like the given one; None where none is much like it."""
    if not isinstance(given, str) or len(given) > MAX_LENGTH:
        return None
    words = [word for word in accepted if isinstance(word, str)]
    lower = given.strip(FULL_WIDTH).lower()
    return next(iter(get_close_matches(lower, words, 1, ALIKE)), None)


def hints(given: object, accepted: Iterable[object]) -> Mapping[str, str]:
    """What helps the author to mend a refused word, as values of its fault: `near` is the word
    that was probably meant, `signs` are the signs in it that only look like YAML's own."""
    signs = [sign for sign in FULL_WIDTH if isinstance(given, str) and sign in given[:SHOWN]]
    near = nearest(given, accepted)
    return {
        **({"signs": " ".join(signs)} if signs else {}),
        **({"near": near} if near and near != given else {}),
    }


def shown(given: object) -> str:
    """What was written, as its author sees it: one value, shortened."""
    if isinstance(given, bool) or given is None:
        return {True: "true", False: "false", None: "null"}[given]
    if isinstance(given, Mapping):
        return "{…}"
    if isinstance(given, list):
        return "[…]"
    text = str(given)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
