"""Special supervision of matters that stand on the office's list; it goes on as every special check does (LL-3.14)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.events.inspection_supervising import SpecialSupervisionOpened
from contracts.refusals import RefusalCode
from services.chassis.access import listed_ids
from services.chassis.act import Act, Document
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.inspection.acts.posts import ids_in, persons_known
from services.inspection.acts.special_matters import NOTE_SUPERVISED
from services.inspection.acts.special_supervision_years import OfficeItself
from services.inspection.acts.supervision_posts import ANY_OFFICE, item_of, numbered
from services.inspection.domain.special_supervision_codes import SPECIAL_MATTERS
from services.inspection.papers.risk_searches import SUPERVISED, MatterSupervisionPlan, MatterUnderSupervision
from services.inspection.storage_risk_search import SpecialMatter
from services.inspection.storage_special_supervision import SpecialSupervision

Planning = Performance[SpecialSupervision, MatterSupervisionPlan]


def matters_of(p: Planning) -> list[SpecialMatter]:
    """Each once, locked in the order of their ids."""
    query = select(SpecialMatter).where(
        SpecialMatter.id.in_(sorted(set(p.paper.matter_ids))),
        SpecialMatter.office_id == p.work.actor.office_id,
        SpecialMatter.state != "closed",
    )
    return list(p.session.scalars(query.order_by(SpecialMatter.id).with_for_update()))


def matters_are_on_the_list(p: Planning) -> None:
    """Of none, too, there is no matter of the list."""
    if not p.paper.matter_ids or len(matters_of(p)) < len(set(p.paper.matter_ids)):
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="matter_ids")
    persons_known(p, p.paper.member_ids, "member_ids")


def planned(p: Planning) -> SpecialSupervision:
    office, matters = OfficeItself(p, p.work.actor.office_id), matters_of(p)
    return SpecialSupervision(
        **item_of(p, office, state="opened", no=numbered(p, "ZTJD", office.office_id)),
        ground_code="",
        unit_ids=listed_ids(dict.fromkeys(matter.unit_id for matter in matters)),
        department_ids=listed_ids(dict.fromkeys(p.paper.department_ids)),
        type_code=SPECIAL_MATTERS,
        matter_ids=listed_ids(matter.id for matter in matters),
    )


def note_on_each_matter(p: Planning) -> None:
    p.session.flush()
    for matter in matters_of(p):
        perform_as_service(p.work, NOTE_SUPERVISED, MatterUnderSupervision(check_id=p.subject.id), matter)
    for unit_id in ids_in(p.subject.unit_ids):
        event = SpecialSupervisionOpened(
            check_id=p.subject.id,
            office_id=p.subject.office_id,
            unit_id=unit_id,
            type=SPECIAL_MATTERS,
            opened_on=p.subject.opened_on,
        )
        p.emit(event, (SUPERVISED,))


OPEN_MATTER_SUPERVISION = Act(
    name="open_matter_supervision",
    zh="启动专题监督",
    en="Open special-matter supervision",
    clauses=(SUPERVISED,),
    on=SpecialSupervision,
    by=ANY_OFFICE,
    paper=MatterSupervisionPlan,
    new=planned,
    becomes="opened",
    documents=(Document("special_supervision_plan", "专题监督方案(扫描)", SUPERVISED, required=False),),
    guards=(matters_are_on_the_list,),
    effect=note_on_each_matter,
)
ACTS: tuple[Act[Any, Any], ...] = (OPEN_MATTER_SUPERVISION,)
