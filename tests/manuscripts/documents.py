"""Random checklist documents that use the whole format, with the worst words that it accepts."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.manuscripts.words import (
    DECIMALS,
    DEMANDS,
    KEYS,
    LOCALES,
    OPERATORS,
    PERCENTS,
    SIGNED,
    WORDS,
)

Json = dict[str, Any]


@st.composite
def texts(draw: st.DrawFn, locales: list[str]) -> Json:
    """A text in the first language, and in some of the others."""
    given = [locales[0], *draw(st.lists(st.sampled_from(locales), max_size=2))]
    return {locale: draw(WORDS) for locale in locales if locale in given}


def keys(prefix: str, count: int) -> st.SearchStrategy[list[str]]:
    plain = [f"{prefix}{number}" for number in range(count)]
    return st.lists(st.sampled_from(KEYS + plain), min_size=count, max_size=count, unique=True)


class Author:
    """Draws one document; remembers what conditions and effects may name."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.locales: list[str] = draw(
            st.lists(st.sampled_from(LOCALES), min_size=1, max_size=3, unique=True)
        )
        self.bands = draw(keys("b", 2))
        self.dimensions = draw(keys("d", 2))
        self.attributes: list[Json] = [
            {"key": "area", "type": "number"},
            {"key": "parking", "type": "flag"},
            {
                "key": draw(st.sampled_from(["format", "and", "q0"])),
                "type": "word",
                "values": draw(st.lists(WORDS, min_size=2, max_size=4, unique=True)),
            },
        ]
        self.names = iter(draw(keys("q", 14)))
        self.sections = iter(f"s{number}" for number in range(20))
        self.earlier: list[Json] = []

    def maybe(self, member: str, strategy: st.SearchStrategy[Any]) -> Json:
        return {member: self.draw(strategy)} if self.draw(st.booleans()) else {}

    def text(self) -> Json:
        return self.draw(texts(self.locales))

    def effect(self) -> Any:
        words = ["fail", "zero_section", "zero_audit"]
        caps = [{"cap": self.draw(PERCENTS)}, {"cap": self.bands[0]}]
        one = st.sampled_from([*words, *caps])
        return self.draw(one | st.lists(one, max_size=3, unique_by=str))

    def document(self) -> Json:
        draw = self.draw
        touchpoints = [self.section(1) for _ in range(draw(st.integers(1, 2)))]
        return {
            "format": 1,
            "key": "random",
            "locales": self.locales,
            "title": self.text(),
            "scoring": self.scoring(),
            "metrics": {
                "csat": {"top": draw(st.sampled_from([1, 2]))},
                "ces": {"method": draw(st.sampled_from(["mean", "positive_share", "net"]))},
                "csi": {"item_score": draw(st.sampled_from(["of_range", "of_maximum"]))},
            },
            "dimensions": [{"key": key, "title": self.text()} for key in self.dimensions],
            "site_attributes": [entry | {"title": self.text()} for entry in self.attributes],
            "touchpoints": touchpoints,
        }

    def scoring(self) -> Json:
        starts = self.draw(st.lists(PERCENTS, min_size=2, max_size=2, unique=True))
        named = zip(self.bands, starts, strict=True)
        return {
            "method": self.draw(st.sampled_from(["pooled", "weighted", "demerit"])),
            "start": self.draw(st.sampled_from([1, 99.5, 100])),
            "validity": self.draw(st.sampled_from(["2/3", "1/1", "0/1", 0.65, "999/1000"])),
            "unanswered": self.draw(st.sampled_from(["ignore", "zero"])),
            "bonus_over_100": self.draw(st.booleans()),
            "every_section_must_pass": self.draw(st.booleans()),
            "bands": [{"key": key, "title": self.text(), "from": start} for key, start in named],
            **self.maybe("pass_mark", PERCENTS),
        }

    def section(self, depth: int) -> Json:
        section = {"key": next(self.sections), "title": self.text(), **self.condition()}
        section |= self.maybe("weight", DECIMALS) | self.maybe("pass_mark", PERCENTS)
        if "pass_mark" in section and self.draw(st.booleans()):
            section["on_fail"] = self.effect()
        if depth < 3 and self.draw(st.booleans()):
            return section | {"sections": [self.section(depth + 1)]}
        count = self.draw(st.integers(1, 3))
        return section | {"questions": [self.question() for _ in range(count)]}

    def question(self) -> Json:
        kind = self.draw(st.sampled_from(sorted(OWN)))
        question = {
            "key": next(self.names, f"spare{len(self.earlier)}"),
            "type": kind,
            "title": self.text(),
            **self.maybe("hint", texts(self.locales)),
            **self.maybe("required", st.booleans()),
            **self.maybe("not_applicable", st.booleans()),
            **self.maybe("not_observed", st.booleans()),
            **self.maybe("dimensions", st.lists(st.sampled_from(self.dimensions), unique=True)),
            **self.condition(),
        }
        question |= OWN[kind](self)
        question |= self.maybe("evidence", self.evidence(question))
        self.earlier.append(question)
        return question

    def evidence(self, question: Json) -> st.SearchStrategy[Json]:
        demanded: st.SearchStrategy[Any] = st.sampled_from(DEMANDS)
        if answers := listed(question):
            demanded |= st.lists(st.sampled_from(answers), min_size=1, unique=True)
        return st.fixed_dictionaries({}, optional={"photo": demanded, "comment": demanded})

    def worth(self, *, fails: bool) -> Json:
        """The members of every scored question; a demerit and an effect need what can fail."""
        worth = self.maybe("weight", DECIMALS)
        if fails:
            worth |= self.maybe("demerit", DECIMALS)
            worth |= {"effect": self.effect()} if self.draw(st.booleans()) else {}
        return worth

    def choice(self) -> Json:
        names = self.draw(keys("o", self.draw(st.integers(1, 4))))
        options = [
            {"key": key, "title": self.text(), "points": self.draw(SIGNED)}
            | self.maybe("failed", st.booleans())
            | ({"effect": self.effect()} if self.draw(st.booleans()) else {})
            for key in names
        ]
        return {"options": options} | self.worth(fails=any(o.get("failed") for o in options))

    def yes_no(self) -> Json:
        fails_at = self.draw(st.sampled_from(["yes", "no", None]))
        members = {"points": self.draw(DECIMALS), "fails_at": fails_at}
        bonus = self.maybe("bonus", st.booleans()) | self.maybe("reverse", st.booleans())
        return members | bonus | self.worth(fails=fails_at is not None)

    def scale(self) -> Json:
        low = self.draw(st.integers(0, 3))
        high = low + self.draw(st.integers(4, 6))
        reverse = self.draw(st.booleans())
        points = sorted(
            self.draw(st.lists(DECIMALS, min_size=high - low + 1, max_size=high - low + 1)),
            reverse=reverse,
        )
        fails_at = self.draw(st.sampled_from([low, high, None]))
        metric = self.draw(st.sampled_from([None, "ces", "csi"]))
        scale = {"min": low, "max": high, "reverse": reverse, "fails_at": fails_at}
        scale |= self.maybe("points", st.just(points)) | {"metric": metric}
        if metric == "csi":
            scale |= self.maybe("metric_weight", st.integers(1, 9_000).map(lambda n: n / 1000))
        alike = [
            each["key"]
            for each in self.earlier
            if (each.get("min"), each.get("max"), each["type"]) == (low, high, "scale")
        ]
        if alike:
            scale |= self.maybe("expectation", st.sampled_from(alike))
        return scale | self.worth(fails=fails_at is not None)

    def number(self) -> Json:
        bounds = self.maybe("min", SIGNED) | self.maybe("max", st.integers(10, 20))
        return bounds | self.banded()

    def counted(self) -> Json:
        if self.draw(st.booleans()):
            return self.banded()
        per_unit = -self.draw(st.integers(1, 9_000)) / 1000
        return {"per_unit": per_unit} | self.worth(fails=True)

    def banded(self) -> Json:
        starts = self.draw(st.lists(SIGNED, max_size=3, unique=True))
        bands = [
            {"from": start, "points": self.draw(SIGNED)}
            | self.maybe("failed", st.booleans())
            | ({"effect": self.effect()} if self.draw(st.booleans()) else {})
            for start in starts
        ]
        return {"bands": bands} | self.worth(fails=any(b.get("failed") for b in bands))

    def condition(self) -> Json:
        if not self.draw(st.booleans()):
            return {}
        return {"condition": self.node(self.draw(st.integers(1, 4)))}

    def node(self, depth: int) -> Json:
        form = self.draw(st.sampled_from(["test", "all", "any", "not"])) if depth > 1 else "test"
        if form == "not":
            return {"not": self.node(depth - 1)}
        if form == "test":
            return self.test()
        return {form: [self.node(depth - 1) for _ in range(self.draw(st.integers(1, 3)))]}

    def test(self) -> Json:
        tests = [self.site_test]
        return self.draw(st.sampled_from(tests + [self.answer_test] * bool(self.earlier)))()

    def site_test(self) -> Json:
        word = self.attributes[2]
        values = st.sampled_from(word["values"])
        return self.draw(
            st.sampled_from(
                [
                    {"site": "kind", "equals": "own"},
                    {"site": "area", self.draw(st.sampled_from(OPERATORS)): self.draw(SIGNED)},
                    {"site": "parking", "equals": self.draw(st.booleans())},
                    {"site": word["key"], "equals": self.draw(values)},
                    {"site": word["key"], "one_of": self.draw(st.lists(values, min_size=1))},
                    {"site": word["key"], "answered": self.draw(st.booleans())},
                ]
            )
        )

    def answer_test(self) -> Json:
        question = self.draw(st.sampled_from(self.earlier))
        subject, kind = {"question": question["key"]}, question["type"]
        answers = listed(question)
        if kind == "several":
            return subject | {"contains": self.draw(st.sampled_from(answers))}
        operators = [*OPERATORS, "equals", "one_of"] if kind in ORDERED else ["equals", "one_of"]
        operator = self.draw(st.sampled_from(operators))
        values = st.sampled_from(answers) if answers else VALUES.get(kind)
        if values is None or self.draw(st.booleans()):
            return subject | {"answered": self.draw(st.booleans())}
        value = st.lists(values, min_size=1, max_size=3) if operator == "one_of" else values
        return subject | {operator: self.draw(value)}


def plain(author: Author) -> Json:
    return {}


def listed(question: Json) -> list[Any]:
    """The answers that evidence and conditions may name."""
    if question["type"] == "yes_no":
        return ["yes", "no"]
    if question["type"] == "scale":
        return list(range(question["min"], question["max"] + 1))
    return [option["key"] for option in question.get("options", ())]


ORDERED = ("scale", "count", "duration", "date", "time")
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "text": WORDS,
    "barcode": st.sampled_from(["6901234567892", "A-1"]),
    "count": st.integers(0, 99),
    "duration": st.integers(0, 9_999),
    "date": st.dates().map(lambda day: day.isoformat()),
    "time": st.sampled_from(["14:30", "14:30:05", "00:00"]),
}
OWN = {
    "single": Author.choice,
    "several": Author.choice,
    "yes_no": Author.yes_no,
    "scale": Author.scale,
    "number": Author.number,
    "duration": Author.counted,
    "count": Author.counted,
    **dict.fromkeys(["text", "date", "time", "photo", "signature", "place", "barcode"], plain),
}


@st.composite
def documents(draw: st.DrawFn) -> Json:
    return Author(draw).document()
