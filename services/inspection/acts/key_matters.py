"""An office chooses key matters and key cases: what to do and what not, and why (GL-1.5)."""

from __future__ import annotations

from typing import Any

from contracts.refusals import RefusalCode
from services.chassis.access import post
from services.chassis.act import Act
from services.chassis.performance import Performance
from services.chassis.subject import NORMAL, RESTRICTED
from services.inspection.acts.posts import not_in_the_future
from services.inspection.acts.special_supervision_years import OfficeItself
from services.inspection.acts.supervision_posts import LEADERS, coverage_of, item_of, numbered
from services.inspection.domain.special_supervision_codes import KeyKind
from services.inspection.papers.special_supervision import KeyMatterChoice, KeyMatterSettling
from services.inspection.storage_special_supervision import KeyMatter

Choosing = Performance[KeyMatter, KeyMatterChoice]


def unit_is_covered(p: Choosing) -> None:
    if p.paper.unit_id:
        coverage_of(p, p.paper.unit_id)


def marked(p: Choosing) -> KeyMatter:
    """Which cases are key is restricted: their reading is logged."""
    office = OfficeItself(p, p.work.actor.office_id)
    office.unit_id = p.paper.unit_id
    common = item_of(p, office, state="marked", no=numbered(p, "ZD", office.office_id))
    return KeyMatter(
        **(common | {"secrecy": RESTRICTED if p.paper.key_kind is KeyKind.CASE else NORMAL}),
        key_kind=p.paper.key_kind.value,
        choice_code=p.paper.choice.value,
    )


MARK_KEY_MATTER = Act(
    name="mark_key_matter",
    zh="确定重点事项(案件)",
    en="Mark a matter or case as key",
    clauses=("GL-1.5",),
    on=KeyMatter,
    by=(post("dispatched_office_leader", at=None),),
    paper=KeyMatterChoice,
    new=marked,
    becomes="marked",
    guards=(unit_is_covered,),
)


def not_before_it_was_marked(p: Performance[KeyMatter, KeyMatterSettling]) -> None:
    if p.paper.settled_on < p.subject.opened_on:
        raise p.refuse(RefusalCode.DATE_ORDER, field="settled_on")


SETTLE_KEY_MATTER = Act(
    name="settle_key_matter",
    zh="重点事项办结",
    en="Settle a key matter",
    clauses=("GL-1.5",),
    on=KeyMatter,
    by=LEADERS,
    paper=KeyMatterSettling,
    when=("marked",),
    becomes="settled",
    guards=(not_in_the_future("settled_on"), not_before_it_was_marked),
    sets=("settled_on",),
)
ACTS: tuple[Act[Any, Any], ...] = (MARK_KEY_MATTER, SETTLE_KEY_MATTER)
