"""The fields of the API's schemas, and the checks of their values.

What one of them refuses is a `Fault` in marshmallow's ValidationError, with the pointer "":
whoever gathers them (`faults`) knows where each was found.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any, ClassVar

import marshmallow as ma

from audit_api.errors import Fault, Refused
from audit_api.rules import names
from audit_api.words import LOCALES, read_locale
from audit_api.words.languages import MAX_TAG_LENGTH

MAX_ATTRIBUTE_LENGTH = MAX_REASON_LENGTH = 1_000
MARGIN = 4
"""A text that is so many times longer than its form may be is not looked through."""
_UUID = re.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_FIRST, _LAST = datetime(1900, 1, 1, tzinfo=UTC), datetime(9998, 12, 31, tzinfo=UTC)


def refused(code: str, **values: object) -> ma.ValidationError:
    """Return the refusal of a value, by the code of a fault and what its sentence names."""
    return ma.ValidationError([Fault("", code, values)])


def kept(read: Callable[[str], str], text: str) -> str:
    """Return a text as it is kept; what `read` refuses becomes the refusal of a value."""
    try:
        return read(text)
    except Refused as fault:
        raise refused(fault.code, **fault.values) from None


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
            raise refused("not_one_of", accepted=[*LOCALES, *self._others])
        return found


class Kept(Text):
    """A text that is kept in a form of its own: `read` returns it so, or raises `Refused`."""

    def __init__(self, read: Callable[[str], str], length: Length, **kwargs: Any) -> None:
        super().__init__(validate=length, **kwargs)
        self._read, self._length = read, length

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text: str = super()._deserialize(value, attr, data, **kwargs)
        if len(text) > MARGIN * (self._length.max or 0):
            self._length(text)
        return kept(self._read, text)


class Code(Kept):
    """What people call a site, a region or an attribute by."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(names.code, Length(1, names.MAX_CODE_LENGTH), **kwargs)


class Name(Kept):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(names.name, Length(1, names.MAX_NAME_LENGTH), **kwargs)


class Email(Kept):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(names.email, Length(3, names.MAX_EMAIL_LENGTH), **kwargs)


class Prose(Kept):
    """A text of at most `most` characters, which may have several lines."""

    def __init__(self, most: int, **kwargs: Any) -> None:
        super().__init__(partial(names.prose, most=most), Length(max=most), **kwargs)


class Reason(Kept):
    """Why somebody goes beyond a rule, for the activity; never told again."""

    def __init__(self, **kwargs: Any) -> None:
        read = partial(names.prose, most=MAX_REASON_LENGTH)
        super().__init__(read, Length(1, MAX_REASON_LENGTH), load_only=True, **kwargs)


class Integer(Field, ma.fields.Integer):
    refusal = "not_integer"


class Float(Field, ma.fields.Float):
    refusal = "not_number"


class Percentage(Float):
    """A share from 0 to 100 that a client writes in percent; it is held in hundredths of it."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        percent = super()._deserialize(value, attr, data, **kwargs)
        hundredths = round(percent * 100)
        if hundredths / 100 != percent or not 0 <= percent <= 100:
            raise refused("decimal_expected", low=0, high=100, places=2)
        return hundredths


class Boolean(Field, ma.fields.Boolean):
    refusal = "not_boolean"


class UUID(Field, ma.fields.UUID):
    """A UUID in its one usual spelling: what is compared as a text is one text."""

    refusal = "not_uuid"

    def _validated(self, value: Any) -> uuid.UUID:
        if not isinstance(value, str):
            return super()._validated(value)
        if _UUID.fullmatch(value) is None:
            raise self.make_error("invalid_uuid")
        return uuid.UUID(value)


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


class Attributes(Dict):
    """What is told of a site: values by codes, of which no two are kept as one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(keys=Code(), **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        found = super()._deserialize(value, attr, data, **kwargs)
        if len(found) < len(value):
            raise refused("names_alike")
        return {name: self._told(name, each) for name, each in found.items()}

    @staticmethod
    def _told(name: str, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        try:
            return kept(partial(names.prose, most=MAX_ATTRIBUTE_LENGTH), value)
        except ma.ValidationError as error:
            raise ma.ValidationError({name: {"value": error.messages}}) from None


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
