"""A piece of work that is the same for ever, to be beside what is measured: a processor that others
keep busy, or that is slower, takes longer for both."""

from __future__ import annotations

import time

import marshmallow as ma

from bench.world import answers

NAME = "marshmallow, checking 40 answers alone"
_CALLS = 60


class AnswerSchema(ma.Schema):
    value = ma.fields.Raw()
    comment = ma.fields.String(validate=ma.validate.Length(max=4000))
    not_applicable = ma.fields.Boolean()


def milliseconds() -> float:
    """Return the milliseconds of a processor that marshmallow takes, now, to check the forty
    answers of an audit."""
    check()
    begun = time.process_time()
    for _ in range(_CALLS):
        check()
    return (time.process_time() - begun) / _CALLS * 1000


def check() -> None:
    """Check the forty answers once."""
    _SCHEMA.load(_ANSWERS)


_ANSWERS = answers()
_SCHEMA = ma.Schema.from_dict({key: ma.fields.Nested(AnswerSchema()) for key in _ANSWERS})()
