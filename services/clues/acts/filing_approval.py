"""Filing a case: exempted from asking the unit, approved by capacity, the unit told afterwards (LZ-15.2, LZ-15.4)."""

from __future__ import annotations

from datetime import date

from contracts.events.clues_cases import CaseFiled, UnitInformedOfFiling
from contracts.refusals import RefusalCode
from services.chassis.act import Act, Document, HandOn, Meets, Opens, Tells, approved_by
from services.chassis.clock import local_date
from services.chassis.performance import Performance
from services.chassis.reference import look_up
from services.chassis.tables import DirectoryPerson
from services.chassis.values import value_in_force
from services.clues.acts.filing import INVESTIGATING, AnyCase, settle_opinions
from services.clues.acts.reported import head_may_decide
from services.clues.acts.unit_head import concerned, party_heads
from services.clues.acts.verification import PASSED_ON
from services.clues.domain.filing import in_force, outstanding
from services.clues.domain.verification import Capacity
from services.clues.papers.filing import ExemptionRequest, FilingApprovalForm, UnitFilingNotice
from services.clues.storage_case import BEFORE_FILING, Case

Filing = Performance[Case, FilingApprovalForm]
Informing = Performance[Case, UnitFilingNotice]
COMMISSION = approved_by("commission_leader", "区纪委监委审批", "LZ-15.4", at=None)


def not_exempted_yet(p: AnyCase) -> None:
    if p.subject.exempted_on is not None:
        raise p.refuse(RefusalCode.DUPLICATE)


def exempt(p: AnyCase) -> None:
    p.subject.exempted_on = p.today
    settle_opinions(p.subject)


REQUEST_EXEMPTION = Act(
    name="request_exemption",
    zh="呈批立案后通报",
    en="Request to inform the unit after filing",
    clauses=("LZ-15.2",),
    on=Case,
    by=INVESTIGATING,
    paper=ExemptionRequest,
    when=BEFORE_FILING,
    needs=(not_exempted_yet,),
    approvals=(approved_by("commission_leader", "区纪委监委批准", "LZ-15.2", at=None),),
    effect=exempt,
    tells=(Tells("", "filing_exempted", "LZ-15.2", person=lambda p: p.subject.handler_id),),
    anytime=True,
)


def verified_before(p: AnyCase) -> None:
    """What was opened on a judgement goes to review without filing, or is verified first (LZ-15.4)."""
    if not p.subject.verification_id:
        raise p.refuse(RefusalCode.WRONG_STATE, clauses=("LZ-15.4",))


def opinions_are_in(p: AnyCase) -> None:
    item = p.subject
    missing = outstanding(
        unit=item.unit_opinion_code,
        liaison=item.liaison_opinion_code,
        exempted=item.exempted_on is not None,
    )
    if missing:
        raise p.refuse(RefusalCode.OPINION_OUTSTANDING, clauses=missing)


def head_files(p: AnyCase) -> bool:
    """Whether it is the head's to approve: in the discipline group's name, unless the installation says otherwise."""
    by_head = value_in_force(p.session, "LZ-15.4", "head_files", p.today).amount
    return p.subject.capacity == Capacity.DISCIPLINE and bool(by_head)


def the_heads_to_file(p: AnyCase) -> None:
    if not head_files(p):
        raise p.refuse(RefusalCode.WRONG_APPROVER, clauses=("LZ-15.4",))


def the_commissions_to_file(p: AnyCase) -> None:
    if head_files(p):
        raise p.refuse(RefusalCode.WRONG_APPROVER, clauses=("LZ-15.4",))


def reasoned_in_spite_of_a_judgement(p: Filing) -> None:
    if in_force(p.subject.judgement_on, p.today) and not p.paper.reason:
        raise p.refuse(RefusalCode.MISSING_REASON, field="reason", clauses=("LZ-15.10",))


def file_case(p: AnyCase) -> None:
    item = p.subject
    year = p.today.year
    item.filed_on = p.today
    item.filing_no = f"LA-{item.office_id}-{year}-{p.work.next_number(f'filing/{item.office_id}/{year}'):05d}"
    p.facts |= {"capacity": item.capacity}


def filed_event(p: AnyCase) -> CaseFiled:
    item = p.subject
    return CaseFiled(case_id=item.id, clue_id=item.clue_id, capacity=item.capacity, filed_on=p.today)


FILED = HandOn(CaseFiled, filed_event)
TO_INFORM = Opens(
    "LZ-15.2",
    "inform_within",
    "dispatched_office",
    lambda p: p.today,
    owed_person=lambda p: p.subject.handler_id,
    to="unit_party_head",
    only_if=lambda p: p.subject.exempted_on is not None and not p.subject.unit_opinion_code,
)
"""The text sets no limit for telling the unit afterwards; ours is shown and never breached."""
MINUTES = Document("collective_study_minutes", "集体研究记录", "LZ-22.5")
TOLD_FILED = Tells("", "case_filed", "LZ-15.4", person=lambda p: p.subject.handler_id)

REQUEST_FILING = Act(
    name="request_filing",
    zh="呈批立案(纪检组名义)",
    en="Request the filing in the discipline group's name",
    clauses=("LZ-15.1", "LZ-15.2", "LZ-15.3", "LZ-15.4", "LZ-22.5"),
    on=Case,
    by=INVESTIGATING,
    paper=FilingApprovalForm,
    when=BEFORE_FILING,
    becomes="filed",
    documents=(MINUTES,),
    needs=(verified_before, opinions_are_in, the_heads_to_file, head_may_decide),
    guards=(reasoned_in_spite_of_a_judgement,),
    approvals=(approved_by("dispatched_office_head", "派驻机构主要负责人审批", "LZ-15.4", sole=True),),
    effect=file_case,
    opens=(TO_INFORM,),
    hands_on=(FILED,),
    tells=(TOLD_FILED,),
)

REQUEST_COMMISSION_FILING = Act(
    name="request_commission_filing",
    zh="呈批立案(监察机构名义)",
    en="Request the filing in the supervisory office's name",
    clauses=("LZ-15.1", "LZ-15.2", "LZ-15.3", "LZ-15.4", "LZ-22.5"),
    on=Case,
    by=INVESTIGATING,
    paper=FilingApprovalForm,
    when=BEFORE_FILING,
    becomes="filed",
    documents=(MINUTES,),
    needs=(verified_before, opinions_are_in, the_commissions_to_file),
    guards=(reasoned_in_spite_of_a_judgement,),
    approvals=(PASSED_ON, COMMISSION),
    effect=file_case,
    opens=(TO_INFORM,),
    hands_on=(FILED,),
    tells=(TOLD_FILED,),
)


def told_to_who_may_be_told(p: Informing) -> None:
    """The head of the unit's Party organisation; where the head is concerned, another of its leadership (ours)."""
    informed, involved = p.paper.informed_id, concerned(p)
    if informed in involved:
        raise p.refuse(RefusalCode.ACCESS_DENIED, field="informed_id")
    free = [head for head in party_heads(p) if head not in involved]
    if informed in free:
        return
    person = look_up(p.session, DirectoryPerson, informed)
    leads = person is not None and person.unit_id == p.subject.unit_id and person.leadership_member
    if free or not leads:
        raise p.refuse(RefusalCode.WRONG_ADDRESSEE, field="informed_id")


def told_since_filed(p: Informing) -> None:
    if not (p.subject.filed_on or p.today) <= told_on(p) <= p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="informed_on")


def told_on(p: Informing) -> date:
    return p.paper.informed_on or (local_date(p.filed.at) if p.filed else p.today)


def note_told(p: Informing) -> None:
    p.subject.informed_on = told_on(p)
    p.facts |= {"informed": p.paper.informed_id}


INFORM_UNIT_OF_FILING = Act(
    name="inform_unit_of_filing",
    zh="立案后通报党组",
    en="Inform the unit of the filing",
    clauses=("LZ-15.2",),
    on=Case,
    by=INVESTIGATING,
    paper=UnitFilingNotice,
    while_open="LZ-15.2",
    documents=(Document("filing_notice_to_unit", "立案通报(盖章扫描)", "LZ-15.2"),),
    guards=(told_to_who_may_be_told, told_since_filed),
    effect=note_told,
    meets=(Meets("LZ-15.2"),),
    hands_on=(
        HandOn(
            UnitInformedOfFiling,
            lambda p: UnitInformedOfFiling(case_id=p.subject.id, informed_on=p.subject.informed_on),
        ),
    ),
)
