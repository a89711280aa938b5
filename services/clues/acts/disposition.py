"""Disposing of a clue: proposed, studied, approved by the head, filed for record (LZ-12.19, LZ-12.20, LZ-13.1)."""

from __future__ import annotations

from uuid import uuid4

from contracts.events.clues import ClueDispositionApproved, ClueFiledForRecord
from contracts.refusals import RefusalCode
from services.chassis.act import Act, Document, HandOn, Meets, Opens, Tells, approved_by
from services.chassis.performance import Performance
from services.chassis.values import value_in_force
from services.clues.acts.ledger import HANDLING, LEDGER, STATUS_CHANGED
from services.clues.acts.measure_talks import talk_is_approved_above
from services.clues.acts.reported import head_may_decide, officials, own_matter, parties
from services.clues.domain.disposition import Disposition
from services.clues.domain.management import is_unit_managed_principal
from services.clues.papers.clue import DispositionProposal, RecordFiling, RecordRecipient
from services.clues.storage import Clue
from services.clues.storage_figure import DispositionApproval

Proposing = Performance[Clue, DispositionProposal]
Filing = Performance[Clue, RecordFiling]

AFTER_INQUIRY = (
    "verification",
    "close_proposed",
    "handling_proposed",
    "filing_proposed",
    "referral_proposed",
    "case_opened",
    "closed",
    "handled",
)
"""States of a clue once a verification has begun or an end is proposed."""

TALK_PLAN = Document("talk_plan", "谈话方案", "LZ-13.2", required=False)
CONTINGENCY_PLAN = Document("work_contingency_plan", "相关工作预案", "LZ-13.3", required=False)


def suspending_is_open(p: Proposing) -> None:
    """Suspending is in the national rules only: an installation may do without (LZ-12.19)."""
    if p.paper.disposition_code is not Disposition.SUSPENDED:
        return
    if not value_in_force(p.session, "LZ-12.19", "suspend_allowed", p.today).amount:
        raise p.refuse(RefusalCode.OUT_OF_RANGE, field="disposition_code", clauses=("LZ-12.19",))


def talk_is_prepared(p: Proposing) -> None:
    """A talk is requested with its plan and its contingency plan (LZ-13.2, LZ-13.3)."""
    if p.paper.disposition_code is not Disposition.TALK:
        return
    for document in (TALK_PLAN, CONTINGENCY_PLAN):
        if not p.attached.get(document.kind):
            raise p.refuse(
                RefusalCode.MISSING_DOCUMENT, field=f"attachments.{document.kind}", clauses=(document.clause,)
            )


def head_suffices(p: Proposing) -> None:
    """A talk with a principal leader managed by the unit takes a higher approval first (LZ-13.1, LZ-16.8)."""
    if not p.approver or p.paper.disposition_code is not Disposition.TALK:
        return
    if not value_in_force(p.session, "LZ-13.1", "strict_talk", p.today).amount:
        return
    for person_id in parties(p):
        principal = any(is_unit_managed_principal(one) for one in officials(p.session, [person_id]))
        if principal and not talk_is_approved_above(p, person_id):
            raise p.refuse(RefusalCode.WRONG_APPROVER, clauses=("LZ-13.1", "LZ-16.8"))


def dispose(p: Proposing) -> None:
    """The clue names its last disposition; each of them is kept, for its year's figures."""
    p.subject.disposition_code = p.paper.disposition_code.value
    p.subject.approved_on = p.today
    p.session.add(
        DispositionApproval(
            id=uuid4().hex,
            clue_id=p.subject.id,
            office_id=p.subject.office_id,
            disposition_code=p.subject.disposition_code,
            approved_on=p.today,
        )
    )


def approved_event(p: Proposing) -> ClueDispositionApproved:
    return ClueDispositionApproved(
        clue_id=p.subject.id,
        office_id=p.subject.office_id,
        disposition_code=p.subject.disposition_code,
        self_initiated=bool(p.facts.get("self_initiated")),
        approved_on=p.today,
    )


def _filing_clock(recipient: RecordRecipient) -> Opens:
    return Opens(
        "LZ-12.20",
        "file_within",
        "dispatched_office",
        lambda p: p.today,
        owed_person=lambda p: p.subject.handler_id,
        to=recipient.value,
    )


PROPOSE_DISPOSITION = Act(
    name="propose_disposition",
    zh="呈批线索处置",
    en="Propose the disposition",
    clauses=("LZ-12.19", "LZ-13.1", "LZ-13.2", "LZ-13.3", "LZ-22.5", "LZ-22.15", *LEDGER),
    on=Clue,
    by=HANDLING,
    paper=DispositionProposal,
    when=("registered", "explanation_received"),
    otherwise={"submission_approved": RefusalCode.OUT_OF_SCOPE, "submitted": RefusalCode.OUT_OF_SCOPE},
    becomes="disposition_approved",
    documents=(
        Document("collective_study_minutes", "集体研究记录", "LZ-22.5"),
        TALK_PLAN,
        CONTINGENCY_PLAN,
        Document("inquiry_letter_draft", "函询书(拟稿)", "LZ-13.2", required=False),
    ),
    needs=(own_matter, head_may_decide),
    guards=(suspending_is_open, talk_is_prepared, head_suffices),
    approvals=(approved_by("dispatched_office_head", "派驻机构主要负责人审批", "LZ-12.19", sole=True),),
    effect=dispose,
    opens=tuple(_filing_clock(recipient) for recipient in RecordRecipient),
    hands_on=(HandOn(ClueDispositionApproved, approved_event), STATUS_CHANGED),
    tells=(Tells("", "disposition_approved", "LZ-12.20", person=lambda p: p.subject.handler_id),),
)


def not_filed_there_yet(p: Filing) -> None:
    """One filing with each office for each disposition."""
    if not p.standing.clock_is_open("LZ-12.20", p.paper.recipient_role.value):
        raise p.refuse(RefusalCode.DUPLICATE, field="recipient_role", clauses=("LZ-12.20",))


FILE_FOR_RECORD = Act(
    name="file_for_record",
    zh="处置备案",
    en="File the disposition for record",
    clauses=("LZ-12.20",),
    on=Clue,
    by=HANDLING,
    paper=RecordFiling,
    when=(
        "disposition_approved",
        "inquiry_issued",
        "talk_held",
        "explanation_received",
        *AFTER_INQUIRY,
    ),
    otherwise={
        "registered": RefusalCode.APPROVAL_REQUIRED,
        "submission_approved": RefusalCode.OUT_OF_SCOPE,
        "submitted": RefusalCode.OUT_OF_SCOPE,
    },
    while_open="LZ-12.20",
    guards=(not_filed_there_yet,),
    meets=(Meets("LZ-12.20", to=lambda p: p.paper.recipient_role.value),),
    hands_on=(
        HandOn(
            ClueFiledForRecord,
            lambda p: ClueFiledForRecord(
                clue_id=p.subject.id,
                office_id=p.subject.office_id,
                recipient_role=p.paper.recipient_role.value,
                filed_on=p.today,
            ),
        ),
    ),
    tells=(
        Tells(
            "liaison_discipline_office",
            "clue_filed_for_record",
            "LZ-12.20",
            office=lambda p: p.subject.liaison_office_id,
            only_if=lambda p: p.paper.recipient_role is RecordRecipient.LIAISON,
        ),
        Tells(
            "case_supervision_office",
            "clue_filed_for_record",
            "LZ-12.20",
            only_if=lambda p: p.paper.recipient_role is RecordRecipient.CASE_SUPERVISION,
        ),
    ),
)
