"""The rule of discipline work (监督执纪工作暂行办法) under which a case is opened is kept with it (GL-3.6)."""

from __future__ import annotations

from contracts.clause import UnknownValue
from contracts.refusals import RefusalCode
from services.chassis.values import value_in_force
from services.clues.acts.reported import AnyItem

RULE = ("GL-3.6", "rule_version")


def rule_version(p: AnyItem) -> str:
    """The version in force; raises the catalogue's error before there was one."""
    return value_in_force(p.session, *RULE, p.today).version


def rule_is_in_force(p: AnyItem) -> None:
    """Of the rule the title alone is known: what is kept is which version an installation has published."""
    try:
        rule_version(p)
    except UnknownValue:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="rule_version", clauses=RULE[:1]) from None
