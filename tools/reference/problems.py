"""Every kind of problem, and what a client does about it."""

from __future__ import annotations

from audit_api.errors import Kind
from audit_api.words import say, vocabulary
from tools.reference.wording import code, plain, table, told


def problems(locale: str) -> str:
    """Every kind: its sentence, whether to repeat the call, and what to do."""
    rows = [
        [
            str(kind.status),
            code(kind.slug),
            plain(say(f"problem.{kind.slug}.title", locale)),
            plain(vocabulary(locale)[f"problem.{kind.slug}"]),
            told(f"problem.{kind.slug}", locale),
        ]
        for kind in Kind
    ]
    return table(locale, ["status", "kind", "title", "sentence", "do"], rows)


def reasons(locale: str) -> str:
    """What a body is refused for before it is read."""
    rows = [
        [code(key.removeprefix("reason.")), plain(sentence)]
        for key, sentence in vocabulary(locale).items()
        if key.startswith("reason.")
    ]
    return table(locale, ["reason", "sentence"], rows)


TABLES = {"problems": problems, "reasons": reasons}
