"""An XLSForm's groups as touchpoints and sections, its questions inside them in their order.

A section holds questions or sections: where a group holds both, each run of questions becomes a
section of its own.  Below the third level groups are dissolved, their condition given to each
question.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from audit_api.manuscripts.xlsform.form import Json
from audit_api.manuscripts.xlsform.questions import Questions
from audit_api.manuscripts.xlsform.sheets import Row
from audit_api.rules.authoring.sections import MAX_DEPTH

_GROUPS = ("group", "repeat")
_HEAD = {("type",), ("name",), ("bind", "relevant")}


class Groups:
    """Builds the sections; `written` tells the row that each entry came from."""

    def __init__(self, questions: Questions) -> None:
        self._questions = questions
        self.written: list[tuple[Json, Row]] = []

    def touchpoints(self, children: list[Json], title: dict[str, str]) -> list[Json]:
        """The form's groups, and each run of questions outside of them, as touchpoints."""
        return self._sections(children, 1, "general", title)

    def _sections(
        self, children: Iterable[Json], depth: int, name: str, title: dict[str, str]
    ) -> list[Json]:
        sections: list[Json | None] = []
        for is_group, run in groupby(children, key=_is_group):
            if is_group:
                sections += [self._section(child, depth) for child in run]
            else:
                sections.append(self._run(list(run), name, title))
        return [section for section in sections if section is not None]

    def _run(self, children: list[Json], name: str, title: dict[str, str]) -> Json | None:
        questions = self._carried(children, [])
        if not questions:
            return None
        return {"key": self._questions.keys.key(name, "s"), "title": title, "questions": questions}

    def _section(self, group: Json, depth: int) -> Json | None:
        row = self._questions.form.row(group)
        if row is None:
            return None
        section = self._head(group, row)
        children = group["children"]
        if depth < MAX_DEPTH and any(map(_is_group, children)):
            inner = self._sections(children, depth + 1, section["key"], section["title"])
            section["sections"] = inner
        else:
            section["questions"] = self._carried(children, [])
        if not (section.get("sections") or section.get("questions")):
            self._questions.notes.add(row, ("name",), "xlsform_empty")
            return None
        self.written.append((section, row))
        return section

    def _head(self, group: Json, row: Row) -> Json:
        name = str(group["name"])
        if group["type"] == "repeat":
            self._questions.notes.add(row, ("type",), "xlsform_repeat")
        self._questions.note_unused(row, _HEAD)
        return {
            "key": self._questions.named(row, name),
            "title": self._questions.title(row, name),
            **self._questions.condition(group, row),
        }

    def _carried(self, children: Iterable[Json], conditions: list[Json]) -> list[Json]:
        """The questions, those of dissolved groups too, each under its groups' conditions."""
        questions: list[Json] = []
        for child in children:
            row = self._questions.form.row(child)
            if _is_group(child):
                questions += self._dissolved(child, conditions)
                continue
            carried = self._questions.question(child, row) if row else self._questions.other(child)
            if carried is None:
                continue
            questions.append(carried)
            _restrict(carried, conditions)
            if row:
                self.written.append((carried, row))
        return questions

    def _dissolved(self, group: Json, conditions: list[Json]) -> list[Json]:
        row = self._questions.form.row(group)
        if row is None:
            return []
        self._questions.notes.add(row, ("type",), "xlsform_depth", most=MAX_DEPTH)
        self._questions.note_unused(row, _HEAD)
        own = self._questions.condition(group, row).values()
        return self._carried(group["children"], [*conditions, *own])


def _is_group(child: Json) -> bool:
    return child["type"] in _GROUPS


def _restrict(question: Json, conditions: list[Json]) -> None:
    """Put a question under conditions beside its own."""
    own = [question["condition"]] if "condition" in question else []
    parts = [*conditions, *own]
    if parts:
        question["condition"] = parts[0] if len(parts) == 1 else {"all": parts}
