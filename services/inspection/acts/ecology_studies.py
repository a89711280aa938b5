"""Office and liaison office study a unit's political ecology together: one writes, the other confirms (GL-1.15)."""

from __future__ import annotations

from typing import Any

from contracts.events.inspection_ecology import PoliticalEcologyJudged
from contracts.refusals import RefusalCode
from services.chassis.access import LIAISON_OFFICE, holders, listed_ids, post
from services.chassis.act import Act, Document, HandOn
from services.chassis.duties import meet_duties
from services.chassis.performance import Performance
from services.chassis.values import value_in_force
from services.inspection.acts.ecology_years import LIAISON_OFFICE_POST
from services.inspection.acts.officials import noon_of
from services.inspection.acts.posts import not_in_the_future
from services.inspection.acts.supervision_posts import HEAD, IN_OFFICE
from services.inspection.papers.ecology import (
    EVALUATED,
    STUDIED,
    EcologyConfirmation,
    EcologyDraft,
    EcologyReturn,
)
from services.inspection.storage_ecology import EcologyStudy

AnyStudy = Performance[EcologyStudy, Any]
Drafting = Performance[EcologyStudy, EcologyDraft]
BASIS = "ecology_basis"
BOTH = (STUDIED, EVALUATED)
OF_EITHER = (*IN_OFFICE, post(LIAISON_OFFICE_POST, at=LIAISON_OFFICE))


def both_offices_took_part(p: Drafting) -> None:
    """By the posts of the day: somebody of each office, and nobody else."""
    named, item = set(p.paper.participant_ids), p.subject
    ours = set(holders(p.session, "dispatched_office", p.today, item.office_id))
    theirs = set(holders(p.session, LIAISON_OFFICE_POST, p.today, item.liaison_office_id))
    if named - ours - theirs:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="participant_ids", clauses=(STUDIED,))
    if not (named & ours and named & theirs):
        raise p.refuse(RefusalCode.WRONG_ROLE, field="participant_ids", clauses=(STUDIED,))


def is_of_the_year(p: Drafting) -> None:
    """Written down late it counts all the same; a study of another year is another item."""
    if p.paper.studied_on.year < p.subject.year:
        raise p.refuse(RefusalCode.DATE_ORDER, field="studied_on")


def keep_draft(p: Drafting) -> None:
    item, paper = p.subject, p.paper
    item.studied_on, item.ecology_grade = paper.studied_on, paper.grade.value
    item.source_codes = listed_ids(dict.fromkeys(one.value for one in paper.sources))
    item.drafter_office_id = p.work.actor.office_id
    item.basis_attached = len(p.attached.get(BASIS, ()))
    of_liaison = item.drafter_office_id == item.liaison_office_id
    to, office = (HEAD, item.office_id) if of_liaison else (LIAISON_OFFICE_POST, item.liaison_office_id)
    p.tell("ecology_to_confirm", STUDIED, to_role=to, office_id=office)


DRAFT_STUDY = Act(
    name="draft_ecology_study",
    zh="登记政治生态研判",
    en="Write down a study",
    clauses=BOTH,
    on=EcologyStudy,
    by=OF_EITHER,
    paper=EcologyDraft,
    when=("awaited",),
    becomes="drafted",
    documents=(Document(BASIS, "研判依据材料", EVALUATED, required=False),),
    guards=(not_in_the_future("studied_on"), is_of_the_year, both_offices_took_part),
    effect=keep_draft,
)


def is_the_other_office(p: AnyStudy) -> None:
    """A record of one of the two alone is none (LZ-20.4)."""
    if p.work.actor.office_id == p.subject.drafter_office_id:
        raise p.refuse(RefusalCode.WRONG_ROLE, clauses=(STUDIED,))


def has_its_basis(p: AnyStudy) -> None:
    if not p.subject.basis_attached and not p.attached.get(BASIS):
        raise p.refuse(RefusalCode.MISSING_DOCUMENT, field=f"attachments.{BASIS}", clauses=(EVALUATED,))


def count_study(p: AnyStudy) -> None:
    """As many as the clause asks for meet the year's clocks, by the day of the last of them."""
    item = p.subject
    if item.studied_on is None:
        raise LookupError("a study that was written down has its day")
    item.study_count += 1
    item.state = "awaited"
    if item.study_count >= value_in_force(p.session, STUDIED, "least_count", p.today).amount:
        item.state = "judged"
        p.met += meet_duties(p.work, item, STUDIED, at=noon_of(item.studied_on, p.work.now))


def _judged(p: AnyStudy) -> PoliticalEcologyJudged:
    if p.subject.studied_on is None:
        raise LookupError("a study that was written down has its day")
    return PoliticalEcologyJudged(
        unit_id=p.subject.unit_id, year=str(p.subject.year), judged_on=p.subject.studied_on
    )


CONFIRM_STUDY = Act(
    name="confirm_ecology_study",
    zh="确认政治生态研判",
    en="Confirm the other office's study",
    clauses=BOTH,
    on=EcologyStudy,
    by=OF_EITHER,
    paper=EcologyConfirmation,
    when=("drafted",),
    documents=(Document(BASIS, "研判依据材料", EVALUATED, required=False),),
    needs=(is_the_other_office,),
    guards=(has_its_basis,),
    effect=count_study,
    hands_on=(HandOn(PoliticalEcologyJudged, _judged),),
)


def forget_draft(p: AnyStudy) -> None:
    item = p.subject
    item.studied_on, item.ecology_grade, item.source_codes = None, "", ""
    item.drafter_office_id, item.basis_attached = "", 0


RETURN_STUDY = Act(
    name="return_ecology_study",
    zh="退回政治生态研判",
    en="Return the other office's study",
    clauses=(STUDIED,),
    on=EcologyStudy,
    by=OF_EITHER,
    paper=EcologyReturn,
    when=("drafted",),
    becomes="awaited",
    needs=(is_the_other_office,),
    effect=forget_draft,
)
ACTS: tuple[Act[Any, Any], ...] = (DRAFT_STUDY, CONFIRM_STUDY, RETURN_STUDY)
