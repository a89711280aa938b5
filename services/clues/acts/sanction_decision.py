"""The decision on a sanction, by whose authority it is, and its filing for record (LZ-17.17, LZ-17.18)."""

from __future__ import annotations

from datetime import date

from contracts.events.clues_cases import SanctionCaseRecorded, SanctionDecided
from contracts.refusals import RefusalCode
from services.chassis.access import listed_ids
from services.chassis.act import Act, Document, HandOn, Meets, Opens, Step, Tells, approved_by
from services.chassis.papers import papers_of, read_paper
from services.chassis.performance import Performance
from services.clues.acts.group import ids_in
from services.clues.acts.ledger import HANDLING
from services.clues.acts.precheck import sanction_is_prechecked
from services.clues.acts.reported import head_may_decide
from services.clues.acts.sanction import PROPOSE_SANCTION
from services.clues.acts.verification import PASSED_ON
from services.clues.domain.execution import DecidingBody
from services.clues.domain.four_forms import FORMS_OF_A_SANCTION
from services.clues.domain.review import ReviewRecipient
from services.clues.papers.sanction_decision import CaseRecordFiling, SanctionDecision
from services.clues.storage_case import Case
from services.clues.storage_sanction import Sanction

Deciding = Performance[Case, SanctionDecision]
Filing = Performance[Case, CaseRecordFiling]
CODES = ("party_sanction_code", "government_sanction_code")


def decided_on(p: Deciding) -> date:
    return p.paper.decided_on or p.today


def is_of_a_person_proposed(p: Deciding) -> None:
    if p.paper.person_id not in ids_in(p.subject.proposed_ids):
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="person_id")
    if p.paper.person_id in ids_in(p.subject.decided_ids):
        raise p.refuse(RefusalCode.DUPLICATE, field="person_id")


def names_a_sanction(p: Deciding) -> None:
    if p.paper.party_sanction_code is None and p.paper.government_sanction_code is None:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="party_sanction_code")
    if p.paper.form_code not in FORMS_OF_A_SANCTION:
        raise p.refuse(RefusalCode.OUT_OF_RANGE, field="form_code")


def decided_since_the_notification(p: Deciding) -> None:
    if not (p.subject.notified_on or p.today) <= decided_on(p) <= p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="decided_on")


def departs_with_a_reason(p: Deciding) -> None:
    """Another sanction than the one that the assisted review consented to says why (ours)."""
    consented = _consented(p)
    decided = {code: getattr(p.paper, code) for code in CODES}
    if {code: consented.get(code) for code in CODES} != decided and not p.paper.reason:
        raise p.refuse(RefusalCode.MISSING_REASON, field="reason")


def _consented(p: Deciding) -> dict[str, object]:
    """The form of the latest proposal for this person; nothing is proposed any more after the consent."""
    found: dict[str, object] = {}
    for paper in papers_of(p.session, p.subject):
        if paper.act == PROPOSE_SANCTION.name:
            form = read_paper(p.session, p.work.runtime.ring, paper)["form"]
            found = form if form["person_id"] == p.paper.person_id else found
    return found


def everybody_is_decided_on(p: Deciding) -> bool:
    return set(ids_in(p.subject.decided_ids)) >= set(ids_in(p.subject.proposed_ids))


def _keep(p: Deciding, body: DecidingBody) -> None:
    """One decision for each person; the case is decided once there is one for everybody."""
    item, paper = p.subject, p.paper
    sanction = Sanction(
        id=p.work.new_id(),
        case_id=item.id,
        clue_id=item.clue_id,
        person_id=paper.person_id,
        office_id=item.office_id,
        decision_no=paper.decision_no,
        party_sanction_code=paper.party_sanction_code.value if paper.party_sanction_code else "",
        government_sanction_code=paper.government_sanction_code.value
        if paper.government_sanction_code
        else "",
        form_code=paper.form_code.value,
        decided_by=body.value,
        decided_on=decided_on(p),
    )
    p.session.add(sanction)
    item.decided_ids = listed_ids(sorted({*ids_in(item.decided_ids), paper.person_id}))
    item.decided_on = max(filter(None, (item.decided_on, decided_on(p))))
    p.facts |= {"person": paper.person_id, "sanction": sanction.id, "form": sanction.form_code}
    if everybody_is_decided_on(p):
        item.state = "decided"


def _decided(field: str, body: DecidingBody) -> HandOn:
    """Party and government sanction are two, each with an event of its own."""
    return HandOn(
        SanctionDecided,
        lambda p: SanctionDecided(
            case_id=p.subject.id,
            person_id=p.paper.person_id,
            sanction_code=getattr(p.paper, field).value,
            form_code=p.paper.form_code.value,
            decided_by=body.value,
            decided_on=decided_on(p),
        ),
        only_if=lambda p: getattr(p.paper, field) is not None,
    )


TO_BE_RECORDED = Opens(
    "LZ-17.18",
    "file_within",
    "dispatched_office",
    lambda p: p.subject.decided_on,
    owed_person=lambda p: p.subject.handler_id,
    to=ReviewRecipient.CASE_REVIEW.value,
    only_if=everybody_is_decided_on,
)
"""The text leaves time and addressee to another document: the case review office, and a parameter of ours."""


def _decision(
    name: str, zh: str, en: str, body: DecidingBody, approvals: tuple[Step, ...]
) -> Act[Case, SanctionDecision]:
    """The same decision by each body; `approvals`: those of the authority itself, the unit signs on its own paper."""
    return Act(
        name=name,
        zh=zh,
        en=en,
        clauses=("LZ-17.17",),
        on=Case,
        by=HANDLING,
        paper=SanctionDecision,
        when=("notified",),
        documents=(Document("sanction_decision", "处分决定(盖章扫描)", "LZ-17.17"),),
        needs=(head_may_decide,) if body is DecidingBody.OFFICE else (),
        guards=(
            is_of_a_person_proposed,
            names_a_sanction,
            decided_since_the_notification,
            departs_with_a_reason,
            sanction_is_prechecked,
        ),
        approvals=approvals,
        effect=lambda p: _keep(p, body),
        opens=(TO_BE_RECORDED,),
        hands_on=tuple(_decided(field, body) for field in CODES),
        tells=(
            Tells(
                "",
                "sanction_decided",
                "LZ-17.18",
                person=lambda p: p.subject.handler_id,
                only_if=everybody_is_decided_on,
            ),
        ),
    )


RECORD_UNITS_DECISION = _decision(
    "record_units_decision",
    "登记党组处分决定",
    "Record the decision of the unit's Party committee",
    DecidingBody.UNIT,
    (),
)
DECIDE_SANCTION = _decision(
    "decide_sanction",
    "呈批处分决定(派驻机构)",
    "Take the decision in the office's name",
    DecidingBody.OFFICE,
    (approved_by("dispatched_office_head", "派驻机构主要负责人审批", "LZ-17.17", sole=True),),
)
REQUEST_COMMISSIONS_DECISION = _decision(
    "request_commissions_decision",
    "呈请区纪委监委作出处分决定",
    "Put the decision before the commission",
    DecidingBody.COMMISSION,
    (PASSED_ON, approved_by("commission_leader", "区纪委监委决定", "LZ-17.17", at=None)),
)


def goes_to_the_case_review_office(p: Filing) -> None:
    if p.paper.recipient_role is not ReviewRecipient.CASE_REVIEW:
        raise p.refuse(RefusalCode.WRONG_ROUTE, field="recipient_role")


def note_filing(p: Filing) -> None:
    p.subject.recorded_on = p.today


FILE_CASE_RECORD = Act(
    name="file_case_record",
    zh="处分案件备案",
    en="File the sanction case for record",
    clauses=("LZ-17.18",),
    on=Case,
    by=HANDLING,
    paper=CaseRecordFiling,
    when=("decided",),
    becomes="recorded",
    documents=(Document("case_record_filing", "处分案件备案件(盖章扫描)", "LZ-17.18"),),
    guards=(goes_to_the_case_review_office,),
    effect=note_filing,
    meets=(Meets("LZ-17.18", to=lambda p: p.paper.recipient_role.value),),
    hands_on=(
        HandOn(SanctionCaseRecorded, lambda p: SanctionCaseRecorded(case_id=p.subject.id, filed_on=p.today)),
    ),
    tells=(Tells("case_review_office", "sanction_case_recorded", "LZ-17.18"),),
)
