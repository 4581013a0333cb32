"""The fields of the API's schemas, and the checks of their values.

What one of them refuses is a `Fault` in marshmallow's ValidationError, with the pointer "":
whoever gathers them (`faults`) knows where each was found.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any, ClassVar

import marshmallow as ma

from audit_api.errors import Fault
from audit_api.words import LOCALES, read_locale
from audit_api.words.languages import MAX_TAG_LENGTH

_FIRST, _LAST = datetime(1900, 1, 1, tzinfo=UTC), datetime(9998, 12, 31, tzinfo=UTC)


def refused(code: str, **values: object) -> ma.ValidationError:
    """Return the refusal of a value, by the code of a fault and what its sentence names."""
    return ma.ValidationError([Fault("", code, values)])


class Field(ma.fields.Field):
    """What every field is: one that refuses by codes."""

    refusal: ClassVar[str]
    """The code for a value of another kind."""

    def make_error(self, key: str, **kwargs: Any) -> ma.ValidationError:
        match key:
            case "required":
                return refused("required")
            case "null":
                return refused("not_null")
        return refused(self.refusal)


class Text(Field, ma.fields.String):
    refusal = "not_text"


class Language(Text):
    """The tag of a language that somebody reads and that the product speaks, or speaks one near
    it; `others` are accepted beside the tags."""

    def __init__(self, *others: str, description: str = "", **kwargs: Any) -> None:
        told = f"{description} A language tag: zh, zh-TW, en-GB…".strip()
        length = Length(max=MAX_TAG_LENGTH)
        super().__init__(validate=length, metadata={"description": told}, **kwargs)
        self._others = others

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        tag = str(super()._deserialize(value, attr, data, **kwargs))
        found = tag if tag in self._others else read_locale(tag)
        if found is None:
            raise refused("not_one_of", accepted=", ".join((*LOCALES, *self._others)))
        return found


class Integer(Field, ma.fields.Integer):
    refusal = "not_integer"


class Float(Field, ma.fields.Float):
    refusal = "not_number"


class Boolean(Field, ma.fields.Boolean):
    refusal = "not_boolean"


class UUID(Field, ma.fields.UUID):
    """A UUID in its one usual spelling: what is compared as a text is one text."""

    refusal = "not_uuid"

    def _validated(self, value: Any) -> uuid.UUID:
        read = super()._validated(value)
        if isinstance(value, str) and str(read) != value.lower():
            raise self.make_error("invalid_uuid")
        return read


class RandomUUID(UUID):
    """The id of something that a phone made: one made from the time would tell when, one made
    from a name, or of zeros, could be another's."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(metadata={"description": "A random UUID (version 4)."}, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        read = super()._deserialize(value, attr, data, **kwargs)
        # A version is told of no other variant.
        if read is not None and read.version != 4:
            raise refused("not_random_uuid")
        return read


class Date(Field, ma.fields.Date):
    refusal = "not_date"


class Moment(Field, ma.fields.AwareDateTime):
    """A time with its offset, one that exists in every time zone and database."""

    refusal = "not_moment"

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> datetime:
        moment = super()._deserialize(value, attr, data, **kwargs)
        if not _FIRST <= moment <= _LAST:
            raise refused("range", min=_FIRST.date(), max=_LAST.date())
        return moment


class List(Field, ma.fields.List):
    refusal = "not_list"


class Dict(Field, ma.fields.Dict):
    refusal = "not_object"


class Nested(Field, ma.fields.Nested):
    refusal = "not_object"


class Parts(Float):
    """A whole number of parts, of which `of` make one: 8640 hundredths are written 86.4."""

    def __init__(self, of: int, description: str, **kwargs: Any) -> None:
        super().__init__(metadata={"description": description}, **kwargs)
        self._of = of

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return None if value is None else value / self._of


def percentage(description: str = "Percent, two decimals.", **kwargs: Any) -> Parts:
    """A score, held in hundredths of a percent."""
    return Parts(100, description, allow_none=True, required=True, **kwargs)


def points(**kwargs: Any) -> Parts:
    """Points, held in millionths."""
    return Parts(1_000_000, "Points.", required=True, **kwargs)


class Length(ma.validate.Length):
    """How many characters or elements there may be: at most `max`, and `min` where it is told."""

    def __call__(self, value: Any) -> Any:
        try:
            return super().__call__(value)
        except ma.ValidationError:
            if self.min is None:
                raise refused("too_long", max=self.max) from None
            raise refused("length", min=self.min, max=self.max) from None


class Range(ma.validate.Range):
    """The least and the greatest number that are accepted."""

    def __call__(self, value: Any) -> Any:
        try:
            return super().__call__(value)
        except ma.ValidationError:
            raise refused("range", min=self.min, max=self.max) from None


class OneOf(ma.validate.OneOf):
    """The texts that are accepted."""

    def __call__(self, value: Any) -> Any:
        try:
            return super().__call__(value)
        except ma.ValidationError:
            raise refused("not_one_of", accepted=list(self.choices)) from None


class Regexp(ma.validate.Regexp):
    """The form that a text must have."""

    def __call__(self, value: Any) -> Any:
        try:
            return super().__call__(value)
        except ma.ValidationError:
            raise refused("pattern") from None


DIGEST = Regexp(r"[0-9a-f]{64}\Z")
"""What a SHA-256 digest looks like."""
