"""A sanction is proposed, and a common view sought with the unit's Party committee (LZ-17.12, LZ-17.13)."""

from __future__ import annotations

from datetime import date

from contracts.events.clues_cases import SanctionAgreed, SanctionProposed
from contracts.refusals import RefusalCode
from services.chassis.access import listed_ids
from services.chassis.act import Act, Document, HandOn, Tells, approved_by
from services.chassis.performance import Performance
from services.chassis.reference import look_up
from services.chassis.tables import DirectoryPerson
from services.clues.acts.filing import AnyCase
from services.clues.acts.group import ids_in
from services.clues.acts.ledger import HANDLING
from services.clues.acts.unit_head import concerned
from services.clues.acts.verification import PASSED_ON
from services.clues.domain.case import CaseProposal
from services.clues.papers.sanction import DisagreementOverride, SanctionCommunication, SanctionSuggestion
from services.clues.storage_case import Case

Proposing = Performance[Case, SanctionSuggestion]
Communicating = Performance[Case, SanctionCommunication]


def review_found_a_breach(p: AnyCase) -> None:
    if p.subject.conclusion_code == CaseProposal.DISMISSAL:
        raise p.refuse(RefusalCode.WRONG_STATE)


def is_of_a_person_reported(p: Proposing) -> None:
    if p.paper.person_id not in p.standing.reported:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="person_id")


def names_a_sanction(p: Proposing) -> None:
    if p.paper.party_sanction_code is None and p.paper.government_sanction_code is None:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="party_sanction_code")


def note_proposal(p: Proposing) -> None:
    """One paper for each person; the case is proposed once there is one for everybody reported."""
    item, reported = p.subject, set(p.standing.reported)
    before = set(ids_in(item.proposed_ids))
    proposed = {p.paper.person_id} | (set() if before >= reported else before)
    item.proposed_ids = listed_ids(sorted(proposed))
    item.agreed_on = None
    p.facts |= {"person": p.paper.person_id}
    if proposed >= reported:
        item.state = "proposed"


PROPOSE_SANCTION = Act(
    name="propose_sanction",
    zh="提出处分建议",
    en="Propose a sanction",
    clauses=("LZ-17.12", "LZ-17.1", "LZ-17.8"),
    on=Case,
    by=HANDLING,
    paper=SanctionSuggestion,
    when=("completed", "not_agreed", "returned"),
    otherwise={"examined": RefusalCode.MISSING_DOCUMENT},
    documents=(Document("sanction_suggestion", "处分建议(盖章扫描)", "LZ-17.12"),),
    needs=(review_found_a_breach,),
    guards=(is_of_a_person_reported, names_a_sanction),
    effect=note_proposal,
    hands_on=(
        HandOn(
            SanctionProposed,
            lambda p: SanctionProposed(case_id=p.subject.id, proposed_on=p.today),
            only_if=lambda p: p.subject.state == "proposed",
        ),
    ),
)


def held_on(p: Communicating) -> date:
    return p.paper.held_on or p.today


def held_since_the_review(p: Communicating) -> None:
    if not (p.subject.completed_on or p.today) <= held_on(p) <= p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="held_on")


def held_with_the_unconcerned(p: Communicating) -> None:
    if not p.paper.participant_ids:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="participant_ids")
    if any(look_up(p.session, DirectoryPerson, person) is None for person in p.paper.participant_ids):
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="participant_ids")
    if set(p.paper.participant_ids) & concerned(p):
        raise p.refuse(RefusalCode.CONFLICT_OF_INTEREST, field="participant_ids")


def note_result(p: Communicating) -> None:
    if p.paper.agreed:
        p.subject.agreed_on = held_on(p)
    else:
        p.subject.state = "not_agreed"
    p.facts |= {"agreed": p.paper.agreed}


RECORD_COMMUNICATION = Act(
    name="record_communication",
    zh="登记与党组沟通情况",
    en="Record the communication with the Party committee",
    clauses=("LZ-17.13",),
    on=Case,
    by=HANDLING,
    paper=SanctionCommunication,
    when=("proposed", "not_agreed"),
    becomes="agreed",
    documents=(Document("sanction_communication_record", "与党组沟通记录(扫描)", "LZ-17.13"),),
    guards=(held_with_the_unconcerned, held_since_the_review),
    effect=note_result,
    hands_on=(
        HandOn(
            SanctionAgreed,
            lambda p: SanctionAgreed(case_id=p.subject.id, agreed=p.paper.agreed, result_on=held_on(p)),
        ),
    ),
)

REQUEST_OVERRIDE = Act(
    name="request_override",
    zh="未取得一致意见，呈区纪委监委决定",
    en="Put the disagreement before the commission",
    clauses=("LZ-17.13",),
    on=Case,
    by=HANDLING,
    paper=DisagreementOverride,
    when=("not_agreed",),
    becomes="agreed",
    approvals=(PASSED_ON, approved_by("commission_leader", "区纪委监委决定", "LZ-17.13", at=None)),
    tells=(Tells("", "sanction_override_approved", "LZ-17.13", person=lambda p: p.subject.handler_id),),
)
"""The text has no way out of a lasting disagreement: ours goes through the liaison office, and stays on file."""
