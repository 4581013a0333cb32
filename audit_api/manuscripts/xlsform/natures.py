"""What an XLSForm's types are at bottom, whatever alias a form uses: pyxform's own table tells."""

from __future__ import annotations

from collections.abc import Container

from audit_api.errors import Refused
from audit_api.manuscripts.xlsform.form import Json

try:
    from pyxform.question_type_dictionary import QUESTION_TYPE_DICT
except ImportError:  # An optional extra.
    QUESTION_TYPE_DICT = {}

SINGLE, SEVERAL, ACKNOWLEDGE, RANGE = "select1", "select", "trigger", "range"
INTEGER, DECIMAL, TEXT, DATE, TIME = "int", "decimal", "string", "date", "time"
DATE_TIME, PLACE, BARCODE, PHOTO = "dateTime", "geopoint", "barcode", "image/*"

_ASKED = (INTEGER, DECIMAL, TEXT, DATE, TIME, DATE_TIME, PLACE, BARCODE, PHOTO)
_TAGGED = (SINGLE, SEVERAL, ACKNOWLEDGE, RANGE)
_METADATA = ("audit", "start-geopoint", "background-geopoint", "background-audio")
_EXTERNAL = ("select one external", "xml-external", "csv-external")


def of(element: Json, lists: Container[str] = ()) -> str:
    """The nature of a question, one of the names above; raise Refused where a checklist has
    none like it, or its choices stand in none of the lists."""
    kind = str(element["type"])
    entry = QUESTION_TYPE_DICT.get(kind, {})
    control, bind = entry.get("control", {}), entry.get("bind", {})
    tag = control.get("tag")
    if kind in _METADATA or "jr:preload" in bind:
        raise Refused("xlsform_metadata", given=kind)
    if kind in _EXTERNAL or (tag in (SINGLE, SEVERAL) and element.get("itemset") not in lists):
        raise Refused("xlsform_outside", given=kind)
    if "readonly" in bind:
        raise Refused("xlsform_note")
    if entry and not control:
        raise Refused("xlsform_calculation", given=kind)
    nature = str(control.get("mediatype", bind.get("type")))
    if tag not in _TAGGED and nature not in _ASKED:
        raise Refused("xlsform_type", given=kind)
    return str(tag) if tag in _TAGGED else nature
