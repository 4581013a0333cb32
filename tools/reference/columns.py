"""The columns of every data set."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from audit_api.services.datasets import CARD, DATASETS, Dataset, fields
from audit_api.services.documents.editions import Edition
from audit_api.words import say
from tools.reference.wording import code, plain, table, told

HEADINGS = ["column", "title", "meaning", "cells", "edition", "stored_in"]


def columns(dataset: Dataset, locale: str) -> str:
    """The columns of a data set, in their order."""
    rows = [
        [
            code(each.name),
            plain(fields.title(each, locale)),
            plain(fields.meaning(each, locale)),
            say(f"data.kind.{each.kind}", locale),
            told(f"edition.{Edition.FULL if each.full else Edition.ANONYMOUS}", locale),
            code(each.source) if each.source else "",
        ]
        for each in dataset.fields
    ]
    return table(locale, HEADINGS, rows)


TABLES: Mapping[str, Callable[[str], str]] = {
    f"data_{each.name}": partial(columns, each) for each in (*DATASETS.values(), CARD)
}
