"""Forwarding, judging, entering and referring a petition (LZ-12.1, LZ-12.7 to LZ-12.11)."""

from __future__ import annotations

from typing import Any

from contracts.events.intake import PetitionForwarded, PetitionJudged, PetitionReferredAsClue
from contracts.refusals import RefusalCode
from services.chassis.access import HANDLER, anyone, post
from services.chassis.act import Act, HandOn, Meets, Tells
from services.chassis.performance import Performance
from services.chassis.subject import SEALED
from services.intake.acts.register import reported, subjects_of
from services.intake.domain.petition_class import PetitionClass, class_of
from services.intake.papers.petition import (
    ClueReferralRequest,
    JudgementOpinion,
    PetitionCoverLetter,
    PlatformEntry,
)
from services.intake.storage import Petition

AnyPetition = Performance[Petition, Any]

OFFICE = (anyone(HANDLER), post("dispatched_office_leader"))
PETITION_OFFICE = post("petition_office", at=None)


def classed(p: AnyPetition) -> None:
    if not p.subject.class_code:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="class_code", clauses=("LZ-12.2",))


def not_restricted(p: AnyPetition) -> None:
    """The restricted class never takes this route, whatever its source (LZ-12.3, LZ-12.7)."""
    if p.subject.secrecy == SEALED:
        raise p.refuse(RefusalCode.WRONG_ROUTE, clauses=("LZ-12.3", "LZ-12.7"))


def to_petition_office_only(p: Performance[Petition, PetitionCoverLetter]) -> None:
    if p.paper.recipient_role != "petition_office":
        raise p.refuse(RefusalCode.WRONG_ROUTE, field="recipient_role", clauses=("LZ-12.1",))


FORWARD_PETITION = Act(
    name="forward_petition",
    zh="转送信访室",
    en="Forward to the petition office",
    clauses=("LZ-12.1", "LZ-12.7"),
    on=Petition,
    by=OFFICE,
    paper=PetitionCoverLetter,
    when=("registered",),
    becomes="forwarded",
    needs=(classed, not_restricted),
    guards=(to_petition_office_only,),
    meets=(Meets("LZ-12.1"), Meets("LZ-12.7")),
    hands_on=(
        HandOn(
            PetitionForwarded,
            lambda p: PetitionForwarded(
                petition_id=p.subject.id,
                office_id=p.subject.office_id,
                recipient_role="petition_office",
                forwarded_on=p.today,
            ),
        ),
    ),
    tells=(Tells("petition_office", "petition_forwarded", "LZ-12.8"),),
)


JUDGE_PETITION = Act(
    name="judge_petition",
    zh="研判",
    en="Judge the petition",
    clauses=("LZ-12.8",),
    on=Petition,
    by=(PETITION_OFFICE,),
    paper=JudgementOpinion,
    when=("forwarded",),
    becomes="judged",
    sets=("in_scope",),
    hands_on=(
        HandOn(
            PetitionJudged,
            lambda p: PetitionJudged(
                petition_id=p.subject.id,
                office_id=p.subject.office_id,
                in_scope=p.paper.in_scope,
                level=p.paper.level.value,
                judged_on=p.today,
            ),
        ),
    ),
    tells=(Tells("", "petition_judged", "LZ-12.8", person=lambda p: p.subject.handler_id),),
)

RECORD_PETITION = Act(
    name="record_petition",
    zh="录入检举举报平台",
    en="Enter in the reporting platform",
    clauses=("LZ-12.9",),
    on=Petition,
    by=OFFICE,
    paper=PlatformEntry,
    when=("judged",),
    becomes="recorded",
    sets=("platform_no",),
)


def judged_in_scope(p: AnyPetition) -> None:
    if not p.subject.in_scope:
        raise p.refuse(RefusalCode.WRONG_STATE, clauses=("LZ-12.11",))


def within_office_authority(p: AnyPetition) -> None:
    """Only persons within the office's authority stay with it (LZ-12.10)."""
    for person_id in p.standing.reported:
        if class_of(reported(p, person_id)) is not PetitionClass.SUPERVISION_OBJECT:
            raise p.refuse(RefusalCode.OUT_OF_SCOPE, clauses=("LZ-12.10",))


REFER_AS_CLUE = Act(
    name="refer_as_clue",
    zh="提请线索处置",
    en="Refer as a clue",
    clauses=("LZ-12.8", "LZ-12.10", "LZ-12.11"),
    on=Petition,
    by=OFFICE,
    paper=ClueReferralRequest,
    when=("recorded",),
    becomes="referred_as_clue",
    otherwise={"registered": RefusalCode.OPINION_OUTSTANDING, "forwarded": RefusalCode.OPINION_OUTSTANDING},
    needs=(judged_in_scope, within_office_authority),
    hands_on=(
        HandOn(
            PetitionReferredAsClue,
            lambda p: PetitionReferredAsClue(
                petition_id=p.subject.id,
                subject_ids=tuple(subjects_of(p)),
                unit_id=p.subject.unit_id or "none",
                office_id=p.subject.office_id,
                liaison_office_id=p.subject.liaison_office_id or "none",
                handler_id=p.subject.handler_id,
                class_code=p.subject.class_code,
                referred_on=p.today,
            ),
        ),
    ),
    tells=(
        Tells(
            "liaison_discipline_office",
            "petition_referred",
            "LZ-12.11",
            office=lambda p: p.subject.liaison_office_id,
        ),
    ),
)
