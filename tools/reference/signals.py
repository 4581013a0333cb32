"""Every kind of signal, and every critical effect."""

from __future__ import annotations

import json

from audit_api.rules.checklist.questions import Effect, EffectKind
from audit_api.rules.signals.kinds import TABLE
from audit_api.words import say, vocabulary
from tools.reference.wording import code, plain, table, told

EXAMPLES = {
    EffectKind.CAP: Effect(EffectKind.CAP, cap=5_900),
    EffectKind.CAP_BAND: Effect(EffectKind.CAP_BAND, band="fair"),
}


def signals(locale: str) -> str:
    """What is odd about an audit: what tells it, whether it holds, and its sentences."""
    spoken = vocabulary(locale)
    rows = [
        [
            code(kind),
            told(f"source.{line.source.name.lower()}", locale),
            told("yes" if line.holds else "no", locale),
            "<br>".join(
                plain(spoken[key])
                for key in (f"signal.{kind}", f"signal.{kind}.median")
                if key in spoken
            ),
            plain(say(f"signal.{kind}.reason", locale)),
        ]
        for kind, line in TABLE.items()
    ]
    return table(locale, ["signal", "source", "holds", "sentence", "reason"], rows)


def effects(locale: str) -> str:
    """What a finding does beyond its points: as an author writes it, and as a report says it."""
    rows = []
    for kind in EffectKind:
        written = EXAMPLES.get(kind, Effect(kind)).document()
        if isinstance(written, dict):
            written = json.dumps(written).replace('"', "")
        sentence = plain(vocabulary(locale)[f"effect.{kind}"])
        rows.append([code(kind), code(written), told(f"effect.{kind}", locale), sentence])
    return table(locale, ["effect", "written", "does", "sentence"], rows)


TABLES = {"signals": signals, "effects": effects}
