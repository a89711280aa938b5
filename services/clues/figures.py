"""The figures of clues (统计指标): one declaration each, by the clause that names it.

Where the texts count persons, one who is met twice counts once; where they count person-times, every time counts. One
matter counts in the final form only: a first form gives way to a sanction on the same person, a sanction to a transfer
to the procuratorate. What was revoked or acquitted counts no more.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, or_
from sqlalchemy.orm import aliased

from services.chassis.figures import Counting, Figure, FigureBook, Measure, Source, Unit
from services.chassis.tables import Party
from services.clues.domain.accountability import Addressee
from services.clues.domain.figures import Reversed
from services.clues.domain.four_forms import FourForms
from services.clues.storage import Clue, InquiryLetter, Talk
from services.clues.storage_accountability import Accountability, Announcement
from services.clues.storage_case import Case
from services.clues.storage_figure import DispositionApproval, FirstForm, ProsecutionTransfer, Reversal
from services.clues.storage_sanction import Sanction

READERS = frozenset(
    {"dispatched_office_head", "liaison_discipline_office", "case_supervision_office", "commission_leader"}
)
"""The office's head, and the district commission: who of it supervises cases, the liaison office, the leader."""

PERSONS = Measure(Unit.PERSONS, Counting.DISTINCT)
PERSON_TIMES = Measure(Unit.PERSON_TIMES, Counting.TIMES)
DECISIONS = Measure(Unit.DECISIONS, Counting.TIMES)
Named = aliased(Party)
"""The persons of an item: apart from those that decide who may know of it."""
BY_PERSONS, BY_PERSON_TIMES = (PERSONS, PERSON_TIMES), (PERSON_TIMES, PERSONS)


def _reversed(decided: Any, *grounds: Reversed) -> ColumnElement[bool]:
    """Whether what was decided on the person in the case was undone since, on one of these grounds (none: any)."""
    of = exists().where(Reversal.case_id == decided.case_id, Reversal.person_id == decided.person_id)
    return of.where(Reversal.ground_code.in_([one.value for one in grounds])) if grounds else of


def _transferred(clue_id: Any, person_id: Any) -> ColumnElement[bool]:
    """A transfer of the person in the matter of the clue that no acquittal undid."""
    return exists().where(
        ProsecutionTransfer.clue_id == clue_id,
        ProsecutionTransfer.person_id == person_id,
        ~_reversed(ProsecutionTransfer, Reversed.ACQUITTED),
    )


def _sanctioned(clue_id: Any, person_id: Any) -> ColumnElement[bool]:
    return exists().where(Sanction.clue_id == clue_id, Sanction.person_id == person_id, ~_reversed(Sanction))


def _final(clue_id: Any, person_id: Any) -> ColumnElement[bool]:
    """No graver form followed in the same matter."""
    return ~or_(_sanctioned(clue_id, person_id), _transferred(clue_id, person_id))


def _handled(form: FourForms) -> Source:
    """Persons of clues that ended by handling in this form."""
    return Source(
        code=f"handled_{form.value}",
        zh="以处理结束的问题线索所涉人员",
        en="persons of clues that ended by handling",
        model=Clue,
        item_id=Clue.id,
        entry=Clue.id + "/" + Named.person_id,
        counted=Named.person_id,
        happened_on=Clue.ended_on,
        joined=((Named, and_(Named.subject_kind == Clue.KIND, Named.subject_id == Clue.id)),),
        only=(Clue.form_code == form.value, _final(Clue.id, Named.person_id)),
    )


def _sanctions(*forms: FourForms) -> Source:
    """Sanctions that count to one of these forms: of each person and decision one."""
    graver = () if forms == (FourForms.FOURTH,) else (~_transferred(Sanction.clue_id, Sanction.person_id),)
    return Source(
        code="sanctions",
        zh="处分决定",
        en="sanction decisions",
        model=Case,
        rows=Sanction,
        item_id=Sanction.case_id,
        office_id=Sanction.office_id,
        entry=Sanction.id,
        counted=Sanction.person_id,
        happened_on=Sanction.decided_on,
        weight=case((Sanction.party_sanction_code != "", 1), else_=0)
        + case((Sanction.government_sanction_code != "", 1), else_=0),
        only=(
            *((Sanction.form_code.in_([form.value for form in forms]), *graver) if forms else ()),
            ~_reversed(Sanction),
        ),
    )


_ALREADY_COUNTED = exists().where(FirstForm.clue_id == Clue.id, FirstForm.person_id == Named.person_id)
_FIRST_BY_HANDLING = _handled(FourForms.FIRST)
FIRST_FORMS = (
    Source(
        code="first_forms",
        zh="第一种形态处置记录",
        en="records of the first form",
        model=Clue,
        rows=FirstForm,
        item_id=FirstForm.clue_id,
        office_id=FirstForm.office_id,
        entry=FirstForm.id,
        counted=FirstForm.person_id,
        happened_on=FirstForm.applied_on,
        only=(
            Clue.form_code.in_(("", FourForms.FIRST.value)),
            _final(FirstForm.clue_id, FirstForm.person_id),
        ),
    ),
    replace(_FIRST_BY_HANDLING, only=(*_FIRST_BY_HANDLING.only, ~_ALREADY_COUNTED)),
)
SECOND_FORMS = (_sanctions(FourForms.SECOND), _handled(FourForms.SECOND))
THIRD_FORMS = (_sanctions(FourForms.THIRD),)
FOURTH_FORMS = (
    _sanctions(FourForms.FOURTH),
    Source(
        code="prosecution_transfers",
        zh="移送检察机关",
        en="transfers to the procuratorate",
        model=Case,
        rows=ProsecutionTransfer,
        item_id=ProsecutionTransfer.case_id,
        office_id=ProsecutionTransfer.office_id,
        entry=ProsecutionTransfer.id,
        counted=ProsecutionTransfer.person_id,
        happened_on=ProsecutionTransfer.transferred_on,
        only=(
            ~_reversed(ProsecutionTransfer, Reversed.ACQUITTED),
            ~exists().where(
                Sanction.case_id == ProsecutionTransfer.case_id,
                Sanction.person_id == ProsecutionTransfer.person_id,
                Sanction.form_code == FourForms.FOURTH.value,
                ~_reversed(Sanction),
            ),
        ),
    ),
)
DISPOSED = (
    Source(
        code="dispositions",
        zh="经批准处置的问题线索",
        en="clues whose disposition was approved",
        model=Clue,
        rows=DispositionApproval,
        item_id=DispositionApproval.clue_id,
        office_id=DispositionApproval.office_id,
        entry=DispositionApproval.id,
        counted=DispositionApproval.clue_id,
        happened_on=DispositionApproval.approved_on,
    ),
)
FILED = (
    Source(
        code="filed_cases",
        zh="立案的案件",
        en="cases that were filed",
        model=Case,
        item_id=Case.id,
        entry=Case.id,
        counted=Case.id,
        happened_on=Case.filed_on,
        only=(Case.filing_no != "",),
    ),
)
ASKED = (
    Source(
        code="talks",
        zh="处置性谈话",
        en="disposition talks held",
        model=Clue,
        rows=Talk,
        item_id=Talk.clue_id,
        entry=Talk.id,
        counted=Talk.subject_id,
        happened_on=Talk.held_on,
    ),
    Source(
        code="inquiry_letters",
        zh="发出的函询书",
        en="inquiry letters issued",
        model=Clue,
        rows=InquiryLetter,
        item_id=InquiryLetter.clue_id,
        entry=InquiryLetter.letter_no,
        counted=InquiryLetter.subject_id,
        happened_on=InquiryLetter.issued_on,
    ),
)


def _accountable(code: str, zh: str, en: str, addressee: Addressee) -> Source:
    """Each subject of a decision once: to every one of them it is announced."""
    return Source(
        code=code,
        zh=zh,
        en=en,
        model=Accountability,
        item_id=Accountability.id,
        entry=Accountability.id + "/" + Announcement.subject_ref,
        counted=Announcement.subject_ref,
        happened_on=Accountability.decided_on,
        joined=((Announcement, Announcement.accountability_id == Accountability.id),),
        only=(Announcement.addressee == addressee.value,),
    )


FIRST_RULE = "同一事项只计最终形态：其后给予处分或移送检察机关的不计；按运用日期"
DECIDED_RULE = "同一决定对同一人只计一次；已撤销的不计；按决定日期"
RATE_RULE = "（本期－上年同期）÷上年同期×100，保留一位小数，四舍五入；上年同期为零的不适用"
SINCE_RULE = "；只计改革之日起"

_DECLARED = (
    Figure("GL-1.32", "第一种形态（人）", "first form: persons", FIRST_FORMS, BY_PERSONS,
           "第一种形态处置记录和以第一种形态处理结束的线索", FIRST_RULE),
    Figure("GL-1.33", "第二种形态（人）", "second form: persons", SECOND_FORMS, BY_PERSONS,
           "轻处分决定和组织调整", DECIDED_RULE),
    Figure("GL-1.34", "第三种形态（人）", "third form: persons", THIRD_FORMS, BY_PERSONS,
           "重处分、重大职务调整决定", DECIDED_RULE),
    Figure("GL-1.35", "第四种形态（人）", "fourth form: persons", FOURTH_FORMS, BY_PERSONS,
           "严重违纪涉嫌违法立案审查的处分决定和移送检察机关", "按决定或者移送日期；经法院判决无罪的不计"),
    Figure("GL-1.36", "线索处置同比", "growth of clues disposed of", DISPOSED,
           (Measure(Unit.CLUES, Counting.DISTINCT),), "处置经批准的问题线索，按批准日期", RATE_RULE, growth=True),
    Figure("GL-1.37", "立案同比", "growth of cases filed", FILED, (Measure(Unit.CASES, Counting.DISTINCT),),
           "立案的案件，按立案日期；依据生效裁判办理、未经立案的不计", RATE_RULE, growth=True),
    Figure("GL-2.23", "谈话函询（人次）", "talks and inquiries: person-times", ASKED, BY_PERSON_TIMES,
           "处置性谈话和函询", "按谈话或者发函日期；未发出的不计"),
    Figure("GL-2.25", "问责党组织（个）", "Party organisations held accountable",
           (_accountable("organisations", "被问责党组织", "organisations held accountable", Addressee.ORGANISATION),),
           (Measure(Unit.ORGANISATIONS, Counting.DISTINCT), DECISIONS), "问责决定", "对象为党组织；按决定日期"),
    Figure("GL-2.26", "问责（人）", "persons held accountable",
           (_accountable("persons", "被问责人员", "persons held accountable", Addressee.CADRE),),
           (PERSONS, DECISIONS), "问责决定", "对象为个人；按决定日期；不是 GL-2.27 与 GL-2.28 之和"),
    Figure("GL-2.27", "其中第一种形态（人）", "of these the first form: persons", FIRST_FORMS, BY_PERSONS,
           "第一种形态处置记录和以第一种形态处理结束的线索", FIRST_RULE),
    Figure("GL-2.28", "党纪政务处分（人）", "Party or government sanctions: persons", (_sanctions(),),
           (PERSONS, Measure(Unit.SANCTIONS, Counting.WEIGHT)), "处分决定", DECIDED_RULE),
    Figure("GL-4.2", "改革以来第一种形态（人次）", "first form since the reform", FIRST_FORMS, BY_PERSON_TIMES,
           "第一种形态处置记录和以第一种形态处理结束的线索", FIRST_RULE + SINCE_RULE, since=True),
    Figure("GL-4.3", "改革以来第二种形态（人次）", "second form since the reform", SECOND_FORMS, BY_PERSON_TIMES,
           "轻处分决定和组织调整", DECIDED_RULE + SINCE_RULE, since=True),
    Figure("GL-4.4", "改革以来第三种形态（人次）", "third form since the reform", THIRD_FORMS, BY_PERSON_TIMES,
           "重处分、重大职务调整决定", DECIDED_RULE + SINCE_RULE, since=True),
    Figure("GL-4.5", "改革以来第四种形态（人次）", "fourth form since the reform", FOURTH_FORMS, BY_PERSON_TIMES,
           "处分决定和移送检察机关", "按决定或者移送日期；占比＝本形态÷四种形态之和×100" + SINCE_RULE, since=True,
           shares=("GL-4.2", "GL-4.3", "GL-4.4", "GL-4.5")),
    Figure("GL-4.6", "改革以来线索同比", "growth of clues since the reform", DISPOSED,
           (Measure(Unit.CLUES, Counting.DISTINCT),), "处置经批准的问题线索，按批准日期",
           RATE_RULE + "；与上年相同月份比较", growth=True),
    Figure("GL-4.7", "改革以来立案同比", "growth of cases since the reform", FILED,
           (Measure(Unit.CASES, Counting.DISTINCT),), "立案的案件，按立案日期；未经立案的不计",
           RATE_RULE + "；与上年相同月份比较", growth=True),
)  # fmt: skip

BOOK = FigureBook({figure.clause: figure for figure in _DECLARED}, READERS)
