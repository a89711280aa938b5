"""A service that was put back to an older state goes on under a new epoch: two administrators decide.

The system administrator proposes, the security administrator approves. The decision is for one restore: an older one,
sent again to a service that was put back a second time, opens nothing.
"""

from __future__ import annotations

from sqlalchemy import select

from contracts.events.desk import EpochApproved
from contracts.refusals import RefusalCode
from services.chassis import epochs
from services.chassis.act import Act, HandOn, approved_by
from services.chassis.performance import Performance
from services.chassis.subject import NORMAL
from services.chassis.tables import Installation
from services.desk.acts.accounts import ADMINISTRATOR
from services.desk.papers.epoch import EpochProposal
from services.desk.storage import EpochOpening

Opening = Performance[EpochOpening, EpochProposal]


def not_decided_already(p: Opening) -> None:
    opened = select(EpochOpening.id).where(
        EpochOpening.restore_id == p.paper.restore_id, EpochOpening.state == "opened"
    )
    if p.session.scalars(opened).first() is not None:
        raise p.refuse(RefusalCode.DUPLICATE, field="restore_id")


def new_opening(p: Opening) -> EpochOpening:
    return EpochOpening(
        id=p.work.new_id(),
        no="",
        state="proposed",
        version=0,
        secrecy=NORMAL,
        office_id="",
        liaison_office_id="",
        unit_id="",
        registrar_id=p.work.actor.person_id,
        handler_id="",
        addressee_id="",
        opened_on=p.today,
        changed_at=p.work.now,
        service=p.paper.service,
        restore_id=p.paper.restore_id,
    )


def open_own(p: Opening) -> None:
    """The desk hands nothing on while it is held itself: it opens its own epoch here, the others' by the event."""
    waits_for = p.session.scalars(select(Installation.restore_id)).one()
    if p.subject.service == "desk" and p.subject.restore_id == waits_for:
        epochs.open_epoch(p.work, by="two_administrators")


OPEN_EPOCH = Act(
    name="open_epoch",
    zh="开启恢复后的新纪元",
    en="Open a new epoch for a restored service",
    clauses=(),
    on=EpochOpening,
    by=ADMINISTRATOR,
    paper=EpochProposal,
    new=new_opening,
    becomes="opened",
    guards=(not_decided_already,),
    approvals=(approved_by("security_administrator", "安全保密管理员审批", "LZ-22.15", at=None),),
    effect=open_own,
    hands_on=(
        HandOn(
            EpochApproved,
            lambda p: EpochApproved(service=p.subject.service, restore_id=p.subject.restore_id),
        ),
    ),
)
