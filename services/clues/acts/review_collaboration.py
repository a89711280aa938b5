"""An office too small to keep review apart borrows reviewers of another, with the commission's approval (LZ-17.2)."""

from __future__ import annotations

from contracts.refusals import RefusalCode
from services.chassis.access import post
from services.chassis.act import Act, Tells, approved_by
from services.chassis.performance import Performance
from services.chassis.reference import look_up
from services.chassis.tables import DirectoryOffice
from services.clues.acts.verification import PASSED_ON
from services.clues.papers.review import ReviewCollaboration
from services.clues.storage_case import Case

Requesting = Performance[Case, ReviewCollaboration]


def office_is_another_one(p: Requesting) -> None:
    office = look_up(p.session, DirectoryOffice, p.paper.office_id)
    if office is None or office.kind != "dispatched_office":
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="office_id")
    if p.paper.office_id == p.subject.office_id:
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="office_id")


def keep_collaboration(p: Requesting) -> None:
    p.subject.collaboration_office_id = p.paper.office_id
    p.facts |= {"collaboration_office": p.paper.office_id}


REQUEST_COLLABORATION = Act(
    name="request_collaboration",
    zh="申请审理协作",
    en="Ask for reviewers of another office",
    clauses=("LZ-17.2",),
    on=Case,
    by=(post("dispatched_office_leader"),),
    paper=ReviewCollaboration,
    when=("sent_for_review",),
    guards=(office_is_another_one,),
    approvals=(PASSED_ON, approved_by("commission_leader", "区纪委监委审批", "LZ-17.2", at=None)),
    effect=keep_collaboration,
    tells=(
        Tells(
            "dispatched_office_head",
            "review_collaboration_approved",
            "LZ-17.2",
            office=lambda p: p.subject.office_id,
        ),
    ),
    anytime=True,
)
"""Through the liaison office, as every collaboration is applied for (LZ-20.14)."""
