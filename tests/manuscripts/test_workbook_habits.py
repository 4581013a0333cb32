"""What people and Excel do to a workbook is survived."""

from __future__ import annotations

from audit_api.manuscripts.workbook.reading import read_workbook
from audit_api.manuscripts.workbook.writing import write_workbook
from audit_api.rules import authoring
from tests.manuscripts.documents import Json
from tests.manuscripts.filled import (
    ARRIVAL,
    HEADINGS,
    SETTINGS,
    TEMPLATE,
    Rows,
    asked,
    cell,
    document_of,
    only_question,
    setting,
)
from tests.manuscripts.remarks import notes
from tests.rules.documents import document, option, question
from tests.sheets.books import book, changed, grid, place_of


def test_excel_s_ways_of_writing_values_are_understood() -> None:
    changes = {
        cell("points", "entrance_clean"): 2.0,
        cell("weight", "entrance_clean"): " 1.5 ",
        cell("required", "entrance_clean"): False,
        cell("not applicable", "entrance_clean"): "TRUE",
        cell("photo", "entrance_clean"): " When  Failed ",
        cell("key", "entrance_clean"): "Entrance_Clean ",
    }
    data = changed(TEMPLATE, changes)
    assert only_question(data) == {
        "key": "entrance_clean",
        "type": "yes_no",
        "title": only_question(TEMPLATE)["title"],
        "points": 2,
        "weight": 1.5,
        "required": False,
        "not_applicable": True,
        "evidence": {"photo": "when_failed"},
    }


def test_a_percentage_is_the_number_that_is_shown() -> None:
    place = setting("pass mark")
    assert document_of(changed(TEMPLATE, {place: "80%"}))["scoring"]["pass_mark"] == 80
    assert (
        document_of(changed(TEMPLATE, {setting("validity"): "65%"}))["scoring"]["validity"] == 0.65
    )


def test_a_chinese_keyboard_s_signs_are_understood() -> None:
    changes = {
        cell(
            "condition", "greeting_manner"
        ): "（greeting_time＜６００ 或 greeting_time ≥ 900） 且 kind 属于（own，competitor）",
        cell("comment", "greeting_manner"): "partly，not_at_all",
        cell("value bands", "greeting_time"): "从 0：3；从 31：1\n从 181：0 不合格，封顶 fair",
        cell("points", "entrance_clean"): "２．５",
        cell("not observed", "entrance_clean"): "是",
        cell("type", "entrance_clean"): "是否题",
    }
    found = document_of(changed(TEMPLATE, changes))["touchpoints"][0]["questions"]
    before = document_of(TEMPLATE)["touchpoints"][0]["questions"]
    assert found[0] == before[0] | {"points": 2.5, "not_observed": True}
    assert found[1] == before[1]
    assert found[2]["condition"] == {
        "all": [
            {
                "any": [
                    {"question": "greeting_time", "less_than": 600},
                    {"question": "greeting_time", "at_least": 900},
                ]
            },
            {"site": "kind", "one_of": ["own", "competitor"]},
        ]
    }


def test_a_condition_on_yes_or_no_is_understood_in_chinese() -> None:
    place = cell("condition", "greeting_manner")
    for written in ("entrance_clean = 是", "entrance_clean＝“是”", "entrance_clean = ‘yes’"):
        found = document_of(changed(TEMPLATE, {place: written}))["touchpoints"][0]["questions"]
        assert found[2]["condition"] == {"question": "entrance_clean", "equals": "yes"}


def test_headings_and_sheets_are_understood_in_either_language_and_any_order() -> None:
    data = book(
        问题=[
            ["标题（zh）", "Key", "类型", " TITLE (EN) "],
            ["进店", "arrival", "接触点", "Arrival"],
            ["干净吗？", "clean", "yes_no", "Clean?"],
        ],
        Checklist=[
            ["设置项", "值"],
            ["格式版本", 1],
            ["键", "store"],
            ["语言", "zh，en"],
            ["标题 (zh)", "店"],
        ],
    )
    found = document_of(data)
    assert found["locales"] == ["zh", "en"]
    assert found["touchpoints"][0]["questions"][0]["title"] == {"zh": "干净吗？", "en": "Clean?"}


def test_a_title_without_a_language_is_in_the_first_one() -> None:
    assert only_question(asked(["photo", "q", "Look"]))["title"] == {"en": "Look"}


def test_empty_rows_and_columns_are_passed_over() -> None:
    data = book(
        checklist=[[], *SETTINGS[:2], [None, None], *SETTINGS[2:]],
        questions=[[], HEADINGS, [], ARRIVAL, [" "], ["photo", "q", "Look"]],
    )
    assert only_question(data)["key"] == "q"


def test_sections_nest_by_the_rows_above_them() -> None:
    data = asked(
        ["section", "door", "Door"],
        ["photo", "p1", "1"],
        ["section", "inside", "Inside"],
        ["subsection", "shelf", "Shelf"],
        ["photo", "p2", "2"],
        ["subsection", "till", "Till"],
        ["photo", "p3", "3"],
        ["touchpoint", "after", "After"],
        ["photo", "p4", "4"],
    )

    def outline(section: Json) -> object:
        inner = section.get("sections", section.get("questions", ()))
        return {section["key"]: [outline(each) for each in inner]} if inner else section["key"]

    assert [outline(touchpoint) for touchpoint in document_of(data)["touchpoints"]] == [
        {"arrival": [{"door": ["p1"]}, {"inside": [{"shelf": ["p2"]}, {"till": ["p3"]}]}]},
        {"after": ["p4"]},
    ]


def test_a_list_of_options_goes_on_where_its_name_is_left_out() -> None:
    options: Rows = [
        ["list", "key", "title", "points"],
        ["extent", "a", "A", 1],
        [None, "b", "B", 0],
    ]
    data = asked(["single", "q", "Q", "Extent"], headings=[*HEADINGS, "options"], options=options)
    assert [each["key"] for each in only_question(data)["options"]] == ["a", "b"]


def test_answers_that_look_like_words_of_evidence_stand_in_brackets() -> None:
    often = [option("always", 2), option("never", 0)]
    asked_for = question("q", "single", options=often, evidence={"photo": ["never"]})
    parsed = authoring.parse(document(asked_for))
    data = write_workbook(parsed)
    place = place_of(data, "questions", "photo", "q")
    assert grid(data, "questions")[2][grid(data, "questions")[0].index("photo")] == "(never)"
    imported = read_workbook(changed(data, {place: "never"}))
    assert imported.document is not None
    found = imported.document["touchpoints"][0]["questions"][0]
    assert found["evidence"] == {"photo": "never"}


def test_a_list_with_a_comma_in_a_word_stands_in_quotes() -> None:
    words = ["street", "mall, inner", 'say "x"']
    attribute = {"key": "place", "type": "word", "title": {"en": "P", "zh": "P"}, "values": words}
    data = write_workbook(authoring.parse(document(site_attributes=[attribute])))
    assert grid(data, "site attributes")[1][-1] == 'street, "mall, inner", "say ""x"""'
    assert document_of(data)["site_attributes"][0]["values"] == words


def test_a_heading_names_the_nearest_of_the_checklist_s_languages() -> None:
    settings: Rows = [
        ["setting", "value"],
        ["format", 1],
        ["key", "store"],
        ["languages", "en-US, zh-CN, es-419"],
        ["title (en)", "Store"],
        ["title (zh)", "门店"],
        ["title (es-419)", "Tienda"],
    ]
    questions: Rows = [["type", "key", "title (en)"], ARRIVAL, ["photo", "p", "P"]]
    written = document_of(book(checklist=settings, questions=questions))
    assert written["title"] == {"en-US": "Store", "zh-CN": "门店", "es-419": "Tienda"}
    assert written["touchpoints"][0]["title"] == {"en-US": "Arrival"}


def test_a_cell_may_hold_several_effects_in_either_language() -> None:
    changes = {
        cell("effect", "partly", "options"): "封顶 60，判定不通过",
        cell("effect", "entrance_clean"): "cap fair\nzero section",
        cell("value bands", "greeting_time"): "from 0: 3; from 181: 0 failed, cap 60, fail",
    }
    written = document_of(changed(TEMPLATE, changes))
    entrance, greeting, manner, _ = written["touchpoints"][0]["questions"]
    partly = manner["options"][1]
    assert partly["effect"] == [{"cap": 60}, "fail"]
    assert entrance["effect"] == [{"cap": "fair"}, "zero_section"]
    assert greeting["bands"][1] == {
        "from": 181,
        "points": 0,
        "failed": True,
        "effect": [{"cap": 60}, "fail"],
    }
    checklist = authoring.parse(written)
    for language in ("en", "zh"):
        back = read_workbook(write_workbook(checklist, language)).document
        assert back is not None
        assert authoring.parse(back) == checklist


def test_what_no_report_can_print_is_told_by_its_cell() -> None:
    title = cell("title (en)", "entrance_clean")
    imported = read_workbook(changed(TEMPLATE, {title: "Clean? ש"}))
    assert notes(imported) == [(title, "text_unprintable")]
