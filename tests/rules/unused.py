"""Small documents in which something is declared and not used, or not said in every language."""

from __future__ import annotations

from tests.rules.documents import Json, document, option, question, words
from tests.rules.doubtful import COUNTING, Q

NAMES: list[tuple[Json, str, str]] = [
    (document(response_sets={"s": COUNTING}), "/response_sets/s", "response_set_unused"),
    (
        document(dimensions=[{"key": "care", "title": words("Care")}]),
        "/dimensions/0",
        "dimension_unused",
    ),
    (
        document(
            question(),
            question("n", "text", dimensions=["care"]),
            dimensions=[{"key": "care", "title": words("Care")}],
        ),
        "/dimensions/0",
        "dimension_without_points",
    ),
    (
        document(site_attributes=[{"key": "size", "title": words("Size"), "type": "number"}]),
        "/site_attributes/0",
        "site_attribute_unused",
    ),
    (document(metrics={"ces": {"method": "net"}}), "/metrics/ces", "metric_unused"),
    (document(title={"en": "Store"}), "/title/zh", "translation_missing"),
    (
        document(question(hint={"en": "Look", "zh": None})),
        f"{Q}/hint/zh",
        "translation_missing",
    ),
    (
        document(title={"en": "Store，zh：门店"}),
        "/title/en",
        "language_in_text",
    ),
    (
        document(
            question("c", "single", response_set="title"),
            response_sets={"title": [option("a", 1), option("b", title={"en": "B"})]},
        ),
        "/response_sets/title/1/title/zh",
        "translation_missing",
    ),
]
