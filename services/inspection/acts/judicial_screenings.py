"""Cases of courts and procuratorates, changed or protested against, are screened; a sign is a clue (GL-1.24)."""

from __future__ import annotations

from typing import Any

from contracts.events.inspection import ClueFound
from contracts.refusals import RefusalCode
from services.chassis.act import Act, Document, HandOn
from services.chassis.performance import Performance
from services.chassis.reference import look_up
from services.chassis.subject import RESTRICTED
from services.chassis.tables import DirectoryOffice
from services.inspection.acts.posts import not_in_the_future, persons_known
from services.inspection.acts.supervision_posts import ANY_OFFICE, coverage_of, covered, item_of, numbered
from services.inspection.domain.joint_codes import COURT, PROCURATORATE, JudicialSign
from services.inspection.papers.joint import JUDICIAL, JudicialScreeningPaper
from services.inspection.storage_joint import JudicialScreening

Screening = Performance[JudicialScreening, JudicialScreeningPaper]


def unit_is_judicial(p: Screening) -> None:
    unit = look_up(p.session, DirectoryOffice, p.paper.unit_id)
    if unit is None or unit.kind not in (COURT, PROCURATORATE):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="unit_id")


def sign_points_to_somebody(p: Screening) -> None:
    """Who screens it is none of those whom it is about, nor in their line."""
    if not p.paper.subject_id:
        if p.paper.sign is not JudicialSign.NONE:
            raise p.refuse(RefusalCode.MISSING_FIELD, field="subject_id")
        return
    persons_known(p, (p.paper.subject_id,), "subject_id")
    if p.paper.subject_id in p.work.actor.recused_for:
        raise p.refuse(RefusalCode.CONFLICT_OF_INTEREST, field="subject_id")


def screened(p: Screening) -> JudicialScreening:
    coverage, paper = coverage_of(p, p.paper.unit_id), p.paper
    common = item_of(p, coverage, state="screened", no=numbered(p, "GPKS", coverage.office_id))
    return JudicialScreening(
        **(common | {"secrecy": RESTRICTED}),
        case_ref=paper.case_ref,
        screened_kind=paper.screened_kind.value,
        sign_code=paper.sign.value,
        screened_on=paper.screened_on,
    )


def keep_whom_it_is_about(p: Screening) -> None:
    if p.paper.subject_id:
        p.add_party(p.paper.subject_id)
    if p.paper.sign is not JudicialSign.NONE:
        p.subject.state = "clue_referred"


SCREEN_CASE = Act(
    name="screen_judicial_case",
    zh="排查改判抗诉案件",
    en="Screen a changed or protested case",
    clauses=(JUDICIAL,),
    on=JudicialScreening,
    by=ANY_OFFICE,
    paper=JudicialScreeningPaper,
    new=screened,
    becomes="screened",
    documents=(Document("judicial_case_screening", "排查表(扫描)", JUDICIAL, required=False),),
    guards=(covered, unit_is_judicial, not_in_the_future("screened_on"), sign_points_to_somebody),
    effect=keep_whom_it_is_about,
    hands_on=(
        HandOn(
            ClueFound,
            lambda p: ClueFound(
                finding_id=p.subject.id,
                subject_ref=p.paper.subject_id,
                unit_id=p.subject.unit_id,
                office_id=p.subject.office_id,
                found_on=p.subject.screened_on,
            ),
            only_if=lambda p: p.paper.sign is not JudicialSign.NONE,
        ),
    ),
)
ACTS: tuple[Act[Any, Any], ...] = (SCREEN_CASE,)
