"""Joint supervision is opened: embedded, led by the liaison office, or of a field (GL-1.6, GL-1.14, GL-1.19)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from contracts.events.inspection_supervising import SpecialSupervisionOpened
from contracts.refusals import RefusalCode
from services.chassis.access import Relation, listed_ids, post
from services.chassis.act import Act, Document
from services.chassis.performance import Performance
from services.chassis.reference import look_up
from services.chassis.tables import DirectoryCoverage, DirectoryOffice
from services.inspection.acts.posts import ids_in
from services.inspection.acts.special_supervision_years import OfficeItself
from services.inspection.acts.supervision_posts import item_of, numbered
from services.inspection.domain.joint_codes import BODIES, EMBEDDED, LED, SPECIAL_DUTY
from services.inspection.papers.joint import (
    DUTY,
    EMBED,
    LED_BY_LIAISON,
    EmbeddedPlan,
    JointBody,
    LedPlan,
    SpecialDutyPlan,
)
from services.inspection.storage_joint import JointSupervision

AnyJoint = Performance[JointSupervision, Any]
TEAM = Relation("body_ids", "office_id", listed=True)
OF_TEAM = (post(*BODIES, at=TEAM),)
OF_LEAD = (post(*BODIES),)
PLAN = "special_supervision_plan"


def is_unit(p: AnyJoint, unit_id: str) -> bool:
    unit = look_up(p.session, DirectoryOffice, unit_id)
    return unit is not None and unit.kind.endswith("unit")


def bodies_are_known(p: AnyJoint, body_ids: Iterable[str]) -> None:
    for body_id in body_ids:
        body = look_up(p.session, DirectoryOffice, body_id)
        if body is None or body.status != "active":
            raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="body_ids")


def bodies_of(p: AnyJoint) -> tuple[str, ...]:
    """The lead's own office first, each body once."""
    return tuple(dict.fromkeys((p.work.actor.office_id, *getattr(p.paper, "body_ids", ()))))


def opened(p: AnyJoint, joint_type: str, unit_ids: Iterable[str]) -> JointSupervision:
    office = OfficeItself(p, p.work.actor.office_id)
    return JointSupervision(
        **item_of(p, office, state="opened", no=numbered(p, "LHJD", office.office_id)),
        joint_type=joint_type,
        unit_ids=listed_ids(dict.fromkeys(unit_ids)),
        body_ids=listed_ids(bodies_of(p)),
    )


def hand_on_for_each_unit(p: AnyJoint) -> None:
    for unit_id in ids_in(p.subject.unit_ids):
        p.emit(
            SpecialSupervisionOpened(
                check_id=p.subject.id,
                office_id=p.subject.office_id,
                unit_id=unit_id,
                type=p.subject.joint_type,
                opened_on=p.subject.opened_on,
            )
        )


def team_has_two_bodies(p: Performance[JointSupervision, EmbeddedPlan]) -> None:
    if len(bodies_of(p)) < 2:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="body_ids")
    bodies_are_known(p, p.paper.body_ids)


def body_under_check_is_none_of_the_team(p: Performance[JointSupervision, EmbeddedPlan]) -> None:
    if not is_unit(p, p.paper.unit_id):
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="unit_id")
    if p.paper.unit_id in p.paper.body_ids:
        raise p.refuse(RefusalCode.CONFLICT_OF_INTEREST, field="body_ids")


OPEN_EMBEDDED = Act(
    name="open_embedded_supervision",
    zh="启动嵌入式监督",
    en="Open an embedded supervision",
    clauses=(EMBED,),
    on=JointSupervision,
    by=(
        post(
            "eighth_discipline_office", "liaison_discipline_office", "organs_discipline_commission", at=None
        ),
    ),
    paper=EmbeddedPlan,
    new=lambda p: opened(p, EMBEDDED, (p.paper.unit_id,)),
    becomes="opened",
    documents=(Document(PLAN, "监督方案(扫描)", EMBED, required=False),),
    guards=(body_under_check_is_none_of_the_team, team_has_two_bodies),
    effect=hand_on_for_each_unit,
)


def offices_covering(p: AnyJoint, unit_ids: Iterable[str]) -> set[str]:
    query = select(DirectoryCoverage.office_id).where(DirectoryCoverage.unit_id.in_(list(unit_ids)))
    return set(p.session.scalars(query))


def units_are_of_the_lead(p: AnyJoint) -> None:
    """Units of the liaison office's area, or of the dispatched office that opens it."""
    mine = p.work.actor.office_id
    for unit_id in p.paper.unit_ids:
        coverage = look_up(p.session, DirectoryCoverage, unit_id)
        if coverage is None or mine not in (coverage.office_id, coverage.liaison_office_id):
            raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="unit_ids")


def each_body_covers_a_unit(p: Performance[JointSupervision, LedPlan]) -> None:
    if set(p.paper.body_ids) - offices_covering(p, p.paper.unit_ids):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="body_ids")


OPEN_LED = Act(
    name="open_joint_supervision",
    zh="启动联合监督",
    en="Open a joint supervision",
    clauses=(LED_BY_LIAISON,),
    on=JointSupervision,
    by=(post("liaison_discipline_office", at=None),),
    paper=LedPlan,
    new=lambda p: opened(p, LED, p.paper.unit_ids),
    becomes="opened",
    documents=(Document(PLAN, "监督方案(扫描)", LED_BY_LIAISON, required=False),),
    guards=(units_are_of_the_lead, each_body_covers_a_unit),
    effect=hand_on_for_each_unit,
)


def body_may_join(p: Performance[JointSupervision, JointBody]) -> None:
    item, body = p.subject, p.paper.body_id
    if body in ids_in(item.body_ids):
        raise p.refuse(RefusalCode.DUPLICATE, field="body_id")
    if item.joint_type == EMBEDDED:
        if body in ids_in(item.unit_ids):
            raise p.refuse(RefusalCode.CONFLICT_OF_INTEREST, field="body_id", clauses=(EMBED,))
        known = look_up(p.session, DirectoryOffice, body)
        if known is None or known.kind not in BODIES:
            raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="body_id", clauses=(EMBED,))
    elif body not in offices_covering(p, ids_in(item.unit_ids)):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="body_id", clauses=(LED_BY_LIAISON,))


def take_in(p: Performance[JointSupervision, JointBody]) -> None:
    p.subject.body_ids = listed_ids([*ids_in(p.subject.body_ids), p.paper.body_id])


ADD_BODY = Act(
    name="add_joint_body",
    zh="增加成员单位",
    en="Add a body to the team",
    clauses=(EMBED, LED_BY_LIAISON),
    on=JointSupervision,
    by=OF_LEAD,
    paper=JointBody,
    when=("opened",),
    guards=(body_may_join,),
    effect=take_in,
    anytime=True,
)


def is_of_a_field_or_a_problem(p: Performance[JointSupervision, SpecialDutyPlan]) -> None:
    if p.paper.key_field is None and p.paper.outstanding is None:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="key_field")


def of_field(p: Performance[JointSupervision, SpecialDutyPlan]) -> JointSupervision:
    item, paper = opened(p, SPECIAL_DUTY, p.paper.unit_ids), p.paper
    item.field_code = paper.key_field.value if paper.key_field else ""
    item.outstanding_code = paper.outstanding.value if paper.outstanding else ""
    return item


OPEN_SPECIAL_DUTY = Act(
    name="open_special_duty_supervision",
    zh="组织专责监督",
    en="Organise special-duty supervision",
    clauses=(DUTY,),
    on=JointSupervision,
    by=(post("liaison_discipline_office", "dispatched_office", at=None),),
    paper=SpecialDutyPlan,
    new=of_field,
    becomes="opened",
    documents=(Document(PLAN, "监督方案(扫描)", DUTY, required=False),),
    guards=(is_of_a_field_or_a_problem, units_are_of_the_lead),
    effect=hand_on_for_each_unit,
)
ACTS: tuple[Act[Any, Any], ...] = (OPEN_EMBEDDED, OPEN_LED, OPEN_SPECIAL_DUTY, ADD_BODY)
