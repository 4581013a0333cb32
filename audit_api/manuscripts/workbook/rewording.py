"""What the rules say of a document, said of a sheet: of cells and headings, never of the fields and
signs of a text file."""

from __future__ import annotations

from collections.abc import Mapping

from audit_api.errors import Fault
from audit_api.manuscripts.manuscript import Remark, SheetPlace
from audit_api.manuscripts.workbook.condition_text import COMPARISONS

SENTENCES: Mapping[str, str] = {
    code: f"fault.sheet_{code}"
    for code in (
        *("member_missing", "list_expected", "flag_expected", "object_expected"),
        *("words_by_language_expected", "options_twice", "bands_or_per_unit", "pass_mark_needed"),
        *("metric_weight_of_csi", "scale_points_expected", "per_unit_above_zero"),
        *("response_set_unknown", "response_set_unused", "score_band_unknown"),
        *("answers_without_points", "section_weight_zero", "no_section_pass_mark"),
        *("condition_expected", "points_alike", "most_marks_fail"),
    )
}
"""The faults whose sentence speaks of text files, and the one that is said of a sheet instead."""
_TOO_MANY = "fault.options_too_many"
_SIGNS = {
    **{operator: sign for sign, operator in COMPARISONS.items()},
    **{"one_of": "in (…)", "contains": "contains", "answered": "is answered"},
}
"""The tests of a condition as cells write them."""
_TESTS = ("condition_test_expected", "condition_test_refused")
_SETS = "/response_sets/"


def of_sheet(fault: Fault, place: SheetPlace) -> Remark:
    """The remark on a place that a fault, or a doubt, is."""
    if fault.code == "member_unknown":
        return Remark(place.pointer, "cell_not_for_type", {}, place)
    values = {name: fault.values[name] for name in fault.values if name != "signs"}
    told_as = SENTENCES.get(fault.code)
    name = fault.pointer.removeprefix(_SETS)
    if fault.code == "list_too_long" and name != fault.pointer:
        told_as, values["given"] = _TOO_MANY, name
    if fault.code in _TESTS and isinstance(accepted := values["accepted"], list):
        values["accepted"] = [_SIGNS.get(each, each) for each in accepted]
    return Remark(place.pointer, fault.code, values, place, told_as)
