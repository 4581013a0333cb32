"""Attributes of a site that no condition of a checklist can use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from audit_api.errors import Fault
from audit_api.rules.authoring.conditions import MAX_WORD_LENGTH
from audit_api.rules.authoring.node import Node
from audit_api.rules.checklist.conditions import FLAG, KIND, NUMBER, READERS, SiteAttribute
from audit_api.rules.exact import MAX_NUMBER


def attribute_faults(
    declared: Iterable[SiteAttribute], attributes: Mapping[str, object]
) -> Sequence[Fault]:
    """Attributes that a checklist does not declare, and values that it does not know.

    Such a value counts as none, or as one that no condition names: what is asked at the site
    may be less than was meant.
    """
    known = {attribute.key: attribute for attribute in (*declared, KIND)}
    node = Node(attributes, "/site_attributes", [])
    for key in attributes:
        if key in known:
            _read(node, known[key])
        else:
            node.fault(key, "condition_attribute_unknown", **node.unlike(key, sorted(known)))
    return node.faults


def _read(node: Node, attribute: SiteAttribute) -> None:
    key, accepted = attribute.key, attribute.values
    value = READERS[attribute.type](node.members[key])
    if value is None and attribute.type == FLAG:
        node.fault(key, "flag_expected")
    elif value is None and attribute.type == NUMBER:
        node.fault(key, "decimal_expected", low=-MAX_NUMBER, high=MAX_NUMBER, places=3)
    elif value is None:
        node.fault(key, "condition_word_expected", longest=MAX_WORD_LENGTH)
    elif accepted and value not in accepted:
        node.fault(key, "condition_value_refused", **node.unlike(value, accepted))
