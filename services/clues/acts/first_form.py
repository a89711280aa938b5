"""The first form (第一种形态): by the office on its own matters, by the liaison office on others (GL-1.16, GL-1.30)."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from sqlalchemy import select

from contracts.events.clues_accountability import FirstFormApplied
from contracts.refusals import RefusalCode
from services.chassis.access import LIAISON_OFFICE, post
from services.chassis.act import Act, Document, HandOn, approved_by
from services.chassis.performance import Performance
from services.clues.acts.ledger import HANDLING
from services.clues.acts.reported import head_may_decide, own_matter
from services.clues.papers.figures import FirstFormRecord
from services.clues.storage import Clue
from services.clues.storage_figure import FirstForm

Applying = Performance[Clue, FirstFormRecord]
LIAISON = "liaison_discipline_office"


def applied_on(p: Applying) -> date:
    return p.paper.applied_on or p.today


def is_of_a_person_reported(p: Applying) -> None:
    if p.paper.person_id not in p.standing.reported:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="person_id")


def applied_since_the_clue(p: Applying) -> None:
    if not p.subject.opened_on <= applied_on(p) <= p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="applied_on")


def once_in_a_matter(p: Applying) -> None:
    """One matter counts once for a person, whatever was said and written in it."""
    applied = select(FirstForm.id).where(
        FirstForm.clue_id == p.subject.id, FirstForm.person_id == p.paper.person_id
    )
    if p.session.scalars(applied).first() is not None:
        raise p.refuse(RefusalCode.DUPLICATE, field="person_id")


def note_first_form(p: Applying) -> None:
    p.session.add(
        FirstForm(
            id=uuid4().hex,
            clue_id=p.subject.id,
            office_id=p.subject.office_id,
            person_id=p.paper.person_id,
            method_code=p.paper.method_code.value,
            applied_on=applied_on(p),
        )
    )
    p.facts |= {"person": p.paper.person_id, "method": p.paper.method_code.value}


APPLIED = HandOn(
    FirstFormApplied,
    lambda p: FirstFormApplied(
        clue_id=p.subject.id,
        person_id=p.paper.person_id,
        method_code=p.paper.method_code.value,
        applied_on=applied_on(p),
    ),
)
ASKED = ("inquiry_issued", "talk_held", "explanation_received", "close_proposed", "handling_proposed")
NOT_OURS = dict.fromkeys(("submission_approved", "submitted"), RefusalCode.OUT_OF_SCOPE)

APPLY_FIRST_FORM = Act(
    name="apply_first_form",
    zh="运用第一种形态",
    en="Apply the first form",
    clauses=("GL-1.30", "GL-1.16"),
    on=Clue,
    by=HANDLING,
    paper=FirstFormRecord,
    when=ASKED,
    otherwise={"registered": RefusalCode.APPROVAL_REQUIRED, **NOT_OURS},
    needs=(own_matter, head_may_decide),
    guards=(is_of_a_person_reported, applied_since_the_clue, once_in_a_matter),
    approvals=(approved_by("dispatched_office_head", "派驻机构主要负责人审批", "GL-1.30", sole=True),),
    effect=note_first_form,
    hands_on=(APPLIED,),
    anytime=True,
)

APPLY_FIRST_FORM_ABOVE = Act(
    name="apply_first_form_above",
    zh="对口联系室运用第一种形态",
    en="Apply the first form, by the liaison office",
    clauses=("GL-1.16",),
    on=Clue,
    by=(post(LIAISON, at=LIAISON_OFFICE),),
    paper=FirstFormRecord,
    when=("submitted",),
    documents=(Document("first_form_approval", "区纪委监委领导审批件(扫描)", "GL-1.16"),),
    guards=(is_of_a_person_reported, applied_since_the_clue, once_in_a_matter),
    effect=note_first_form,
    hands_on=(APPLIED,),
    anytime=True,
)
"""On cadres managed above the unit. The text names no approver: ours is the leader's approval, on file."""

FIRST_FORM_ACTS = (APPLY_FIRST_FORM, APPLY_FIRST_FORM_ABOVE)
