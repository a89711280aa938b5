"""Before a case is filed: opened from its clue, opinions of the unit's Party head and the liaison office (LZ-15.1)."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from contracts.events.clues_cases import FilingOpinionGiven, FilingOpinionSought
from contracts.refusals import RefusalCode
from services.chassis.access import HANDLER, LIAISON_OFFICE, Relation, anyone, parties_of, post
from services.chassis.act import Act, Document, HandOn, Tells
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.chassis.subject import RESTRICTED
from services.clues.acts.closing import LIAISON
from services.clues.acts.discipline_rule import rule_is_in_force, rule_version
from services.clues.acts.ledger import HANDLING, LEDGER, STATUS_CHANGED
from services.clues.acts.reported import AnyClue, officials
from services.clues.acts.unit_head import concerned, party_heads
from services.clues.domain.filing import outstanding
from services.clues.domain.letter_copy import PARTY_HEAD
from services.clues.domain.verification import Capacity, Proposed
from services.clues.papers.filing import (
    CaseOnJudgement,
    CaseOpening,
    LiaisonFilingOpinion,
    LiaisonOpinionRequest,
    OpenedCase,
    UnitFilingOpinion,
    UnitOpinionRequest,
)
from services.clues.storage import Clue, Verification
from services.clues.storage_case import BEFORE_FILING, Case

AnyCase = Performance[Case, Any]

IN_INVESTIGATION = Relation("group_ids", "person_id", listed=True)
INVESTIGATION_LEAD = Relation("lead_id", "person_id")
INVESTIGATING = (anyone(INVESTIGATION_LEAD), anyone(HANDLER), post("dispatched_office_leader"))
"""Who carries a case on: the investigation group's lead once there is one, and who handles the clue."""
AT_THE_LIAISON_OFFICE = (post("liaison_discipline_office", at=LIAISON_OFFICE),)


def of_clue(p: Performance[Case, OpenedCase]) -> Case:
    """The clue's office, handler and liaison office are taken over: who may know of it is who may know of the clue."""
    clue = p.session.get_one(Clue, p.paper.clue_id)
    verified = p.session.get(Verification, p.paper.verification_id)
    return Case(
        id=p.work.new_id(),
        no="",
        state="opened",
        version=0,
        secrecy=RESTRICTED,
        office_id=clue.office_id,
        liaison_office_id=clue.liaison_office_id,
        unit_id=clue.unit_id,
        registrar_id=clue.registrar_id,
        handler_id=clue.handler_id,
        addressee_id="",
        opened_on=p.today,
        changed_at=p.work.now,
        clue_id=clue.id,
        verification_id=p.paper.verification_id,
        capacity=p.paper.capacity.value,
        unit_opinion_code="",
        liaison_opinion_code="",
        judgement_code="",
        judged_ids="",
        filing_no="",
        lead_id="",
        group_ids="",
        investigator_ids=verified.group_ids if verified else "",
        eight_point=verified.eight_point if verified else False,
        safety_officer_id="",
        plan_version=0,
        path_code="",
        proposal_code="",
        rule_version=rule_version(p),
    )


def number_and_parties(p: Performance[Case, OpenedCase]) -> None:
    """The persons reported are the clue's, so that recusal is the same. The number is taken last."""
    for person_id in parties_of(p.session, p.session.get_one(Clue, p.paper.clue_id)):
        p.add_party(person_id)
    item = p.subject
    year = item.opened_on.year
    item.no = f"AJ-{item.office_id}-{year}-{p.work.next_number(f'case/{item.office_id}/{year}'):05d}"


OPEN_CASE = Act(
    name="open_case",
    zh="案件登记",
    en="Open a case",
    clauses=("LZ-15.1", "LZ-15.10", "GL-3.6"),
    on=Case,
    by=(),
    paper=OpenedCase,
    new=of_clue,
    becomes="opened",
    effect=number_and_parties,
)


def verified_for_filing(p: AnyClue) -> Verification | None:
    """The clue's youngest verification, if it was concluded with a proposal to file a case (LZ-14.7)."""
    youngest = p.session.scalars(
        select(Verification)
        .where(Verification.clue_id == p.subject.id)
        .order_by(Verification.opened_on.desc(), Verification.no.desc())
    ).first()
    if youngest is None or youngest.state != "concluded" or youngest.proposal_code != Proposed.FILE_CASE:
        return None
    return youngest


def open_case(p: AnyClue, capacity: Capacity | None) -> None:
    p.session.flush()
    verified = verified_for_filing(p)
    paper = OpenedCase(
        clue_id=p.subject.id,
        verification_id=verified.id if verified else "",
        capacity=capacity or Capacity(verified.capacity if verified else Capacity.DISCIPLINE),
    )
    opened = perform_as_service(p.work, OPEN_CASE, paper)
    p.facts |= {"case": opened.subject.id}


BEGIN_FILING = Act(
    name="begin_filing",
    zh="启动立案程序",
    en="Begin the filing of a case",
    clauses=("LZ-15.1", "LZ-15.3", "LZ-15.4", "GL-3.6", *LEDGER),
    on=Clue,
    by=HANDLING,
    paper=CaseOpening,
    when=("filing_proposed",),
    becomes="case_opened",
    guards=(rule_is_in_force,),
    effect=lambda p: open_case(p, p.paper.capacity),
    hands_on=(STATUS_CHANGED,),
)

BEGIN_ON_JUDGEMENT = Act(
    name="begin_on_judgement",
    zh="依据生效裁判办理案件",
    en="Open a case on the ground of a judgement",
    clauses=("LZ-15.10", "GL-3.6", *LEDGER),
    on=Clue,
    by=HANDLING,
    paper=CaseOnJudgement,
    when=("disposition_approved", "referral_proposed"),
    otherwise={"submission_approved": RefusalCode.OUT_OF_SCOPE, "submitted": RefusalCode.OUT_OF_SCOPE},
    becomes="case_opened",
    guards=(rule_is_in_force,),
    effect=lambda p: open_case(p, p.paper.capacity),
    hands_on=(STATUS_CHANGED,),
    anytime=True,
)
"""Of persons whom a court has found guilty: without a verification, and without filing (LZ-15.10)."""


def settle_opinions(item: Case) -> None:
    """The state follows from what was asked and what is in."""
    missing = outstanding(
        unit=item.unit_opinion_code,
        liaison=item.liaison_opinion_code,
        exempted=item.exempted_on is not None,
    )
    asked = item.unit_asked_on or item.liaison_asked_on
    item.state = "opinions_in" if not missing else "opinions_sought" if asked else "opened"


def unit_not_asked_yet(p: AnyCase) -> None:
    if p.subject.unit_asked_on is not None:
        raise p.refuse(RefusalCode.DUPLICATE)
    if p.subject.exempted_on is not None:
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, clauses=("LZ-15.2",))


def unit_head_is_unconcerned(p: AnyCase) -> None:
    """Nobody is warned of a filing against themselves: then the commission exempts from asking (LZ-15.2)."""
    heads = party_heads(p)
    if not heads:
        raise p.refuse(RefusalCode.WRONG_ADDRESSEE)
    leading = [one for one in officials(p.session, p.standing.reported) if one.party_head]
    if leading or concerned(p) & set(heads):
        raise p.refuse(RefusalCode.ACCESS_DENIED)


def note_unit_asked(p: AnyCase) -> None:
    p.subject.unit_asked_on = p.today
    settle_opinions(p.subject)


def _sought(role: str) -> HandOn:
    return HandOn(
        FilingOpinionSought,
        lambda p: FilingOpinionSought(clue_id=p.subject.clue_id, asked_role=role, asked_on=p.today),
    )


def _given(role: str) -> HandOn:
    return HandOn(
        FilingOpinionGiven,
        lambda p: FilingOpinionGiven(
            clue_id=p.subject.clue_id,
            given_role=role,
            opinion_code=p.paper.opinion_code.value,
            given_on=p.today,
        ),
    )


SEEK_UNIT_OPINION = Act(
    name="seek_unit_opinion",
    zh="立案前征求党组主要负责人意见",
    en="Ask the unit's Party head for an opinion",
    clauses=("LZ-15.1",),
    on=Case,
    by=INVESTIGATING,
    paper=UnitOpinionRequest,
    when=BEFORE_FILING,
    needs=(unit_not_asked_yet,),
    guards=(unit_head_is_unconcerned,),
    effect=note_unit_asked,
    hands_on=(_sought(PARTY_HEAD),),
    tells=(Tells("", "filing_opinion_sought", "LZ-15.1", person=lambda p: party_heads(p)[0]),),
)
"""The Party head is told that an opinion is asked for, and does not see the case: the office records it."""


def unit_was_asked(p: AnyCase) -> None:
    if p.subject.unit_asked_on is None:
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET)
    if p.subject.unit_opinion_code:
        raise p.refuse(RefusalCode.DUPLICATE)


def given_since_asked(p: Performance[Case, UnitFilingOpinion]) -> None:
    asked_on: date = p.subject.unit_asked_on or p.today
    if p.paper.given_on is not None and not asked_on <= p.paper.given_on <= p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="given_on")


def note_unit_opinion(p: Performance[Case, UnitFilingOpinion]) -> None:
    p.subject.unit_opinion_code = p.paper.opinion_code.value
    p.facts |= {"opinion": p.subject.unit_opinion_code}
    settle_opinions(p.subject)


RECORD_UNIT_OPINION = Act(
    name="record_unit_opinion",
    zh="登记党组主要负责人意见",
    en="Record the opinion of the unit's Party head",
    clauses=("LZ-15.1",),
    on=Case,
    by=INVESTIGATING,
    paper=UnitFilingOpinion,
    when=("opinions_sought", "opinions_in"),
    documents=(Document("filing_opinion_unit", "立案前征求党组意见记录(签字扫描)", "LZ-15.1"),),
    needs=(unit_was_asked,),
    guards=(given_since_asked,),
    effect=note_unit_opinion,
    hands_on=(_given(PARTY_HEAD),),
)


def liaison_not_asked_yet(p: AnyCase) -> None:
    if p.subject.liaison_asked_on is not None:
        raise p.refuse(RefusalCode.DUPLICATE)


def note_liaison_asked(p: AnyCase) -> None:
    p.subject.liaison_asked_on = p.today
    settle_opinions(p.subject)


SEEK_LIAISON_OPINION = Act(
    name="seek_liaison_opinion",
    zh="立案前征求对口联系室意见",
    en="Ask the liaison office for an opinion",
    clauses=("LZ-15.3",),
    on=Case,
    by=INVESTIGATING,
    paper=LiaisonOpinionRequest,
    when=BEFORE_FILING,
    needs=(liaison_not_asked_yet,),
    effect=note_liaison_asked,
    hands_on=(_sought(LIAISON),),
    tells=(Tells(LIAISON, "filing_opinion_sought", "LZ-15.3", office=lambda p: p.subject.liaison_office_id),),
)


def liaison_was_asked(p: AnyCase) -> None:
    if p.subject.liaison_asked_on is None:
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET)
    if p.subject.liaison_opinion_code:
        raise p.refuse(RefusalCode.DUPLICATE)


def note_liaison_opinion(p: Performance[Case, LiaisonFilingOpinion]) -> None:
    p.subject.liaison_opinion_code = p.paper.opinion_code.value
    p.facts |= {"opinion": p.subject.liaison_opinion_code}
    settle_opinions(p.subject)


GIVE_LIAISON_OPINION = Act(
    name="give_liaison_opinion",
    zh="答复立案前意见",
    en="Give the liaison office's opinion",
    clauses=("LZ-15.3",),
    on=Case,
    by=AT_THE_LIAISON_OFFICE,
    paper=LiaisonFilingOpinion,
    when=("opinions_sought", "opinions_in"),
    documents=(
        Document("filing_opinion_liaison", "立案前与对口室沟通记录(扫描)", "LZ-15.3", required=False),
    ),
    needs=(liaison_was_asked,),
    effect=note_liaison_opinion,
    hands_on=(_given(LIAISON),),
    tells=(Tells("", "filing_opinion_given", "LZ-15.3", person=lambda p: p.subject.handler_id),),
)
