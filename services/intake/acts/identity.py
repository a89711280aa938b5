"""Opening a petitioner's identity: two persons release it to a third, for a time (LZ-22.15)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from contracts.refusals import RefusalCode
from contracts.working_days import Unit, due, published_calendar
from services.chassis.act import Act, Step, approved_by
from services.chassis.performance import Performance
from services.chassis.subject import RESTRICTED
from services.chassis.values import value_in_force
from services.intake.acts.route import OFFICE, PETITION_OFFICE
from services.intake.papers.petitioner import IdentityRequest
from services.intake.storage import IdentityRelease, Petition

AnyPetition = Performance[Petition, Any]
CLAUSE = "LZ-22.15"


def in_the_vault(p: AnyPetition) -> None:
    """Something is kept, and the petition is none that only its addressee opens."""
    if p.subject.secrecy != RESTRICTED:
        raise p.refuse(RefusalCode.WRONG_ROUTE, clauses=("LZ-12.3",))
    if not p.subject.petitioners:
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET)


def release(p: Performance[Petition, IdentityRequest]) -> None:
    """To whoever asked, until the end of the last day of the value in force."""
    asked_by = p.filed.by_person if p.filed is not None else ""
    p.session.add(
        IdentityRelease(id=uuid4().hex, petition_id=p.subject.id, person_id=asked_by, until=ends_at(p))
    )
    p.facts["released_to"] = asked_by


def ends_at(p: AnyPetition) -> datetime:
    value = value_in_force(p.session, CLAUSE, "identity_open_for", p.today)
    return due(p.today, int(value.amount), cast(Unit, value.unit), published_calendar()).due_at


def released(session: Session, petition_id: str, person_id: str, now: datetime) -> IdentityRelease | None:
    """The release that is in force for this person now, the one that lasts longest; None: there is none."""
    query = select(IdentityRelease).where(
        IdentityRelease.petition_id == petition_id,
        IdentityRelease.person_id == person_id,
        IdentityRelease.until >= now,
    )
    return session.scalars(query.order_by(IdentityRelease.until.desc()).limit(1)).one_or_none()


TWO_PERSONS: tuple[Step, ...] = (
    approved_by("dispatched_office_leader", "派驻机构负责人审批（第一人）", CLAUSE),
    approved_by("petition_office_head", "信访室主任审批（第二人）", CLAUSE, at=None),
)
"""Neither of them is who asks, nor both of them one person: the chassis refuses SELF_APPROVAL."""

REQUEST_IDENTITY = Act(
    name="request_identity",
    zh="申请调阅反映人身份",
    en="Ask to open the petitioner's identity",
    clauses=(CLAUSE,),
    on=Petition,
    by=(*OFFICE, PETITION_OFFICE),
    paper=IdentityRequest,
    needs=(in_the_vault,),
    anytime=True,
    approvals=TWO_PERSONS,
    effect=release,
)
