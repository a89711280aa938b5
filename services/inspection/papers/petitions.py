"""Papers of a team's petitions: designation, ledger, important ones, what is passed on (step 13.1)."""

from __future__ import annotations

from datetime import date

from pydantic import AwareDatetime, Field

from services.chassis.act import PaperForm
from services.inspection.domain.petition_codes import (
    CHANNEL_ZH,
    DEPARTMENT_ZH,
    INSTRUCTION_ZH,
    NATURE_ZH,
    SUBJECT_POST_ZH,
    Department,
    Instruction,
    PetitionChannel,
    PetitionNature,
    SubjectPost,
)
from services.inspection.papers.fields import Id, IdOrEmpty, Line, labels, of


class ReceiverDesignation(PaperForm):
    ZH = "指定信访受理人员"
    EN = "who receives petitions"

    designee_ids: tuple[Id, ...] = Field(
        title="指定受理人员", min_length=1, max_length=10, json_schema_extra=of("XC-13.1a")
    )


class ComplaintSubject(Line):
    person_id: IdOrEmpty = Field("", title="名册编号", description="不在名册的人员不填")
    post: SubjectPost = Field(title="职务类别", json_schema_extra=labels(SUBJECT_POST_ZH))
    target_of_round: bool = Field(False, title="属本轮巡察对象")


class PetitionEntry(PaperForm):
    ZH = "信访台账登记"
    EN = "entry of the petition ledger"
    PRINTED_AS = "petition_ledger"

    engagement_id: Id = Field(title="巡察任务")
    received_on: date = Field(title="接收日期", json_schema_extra=of("XC-13.1b"))
    channel: PetitionChannel = Field(title="渠道", json_schema_extra=of("XC-13.1b", CHANNEL_ZH))
    letters: int = Field(
        1, title="件数", description="一件一号", ge=1, le=1000, json_schema_extra=of("XC-13.1b")
    )
    signed: bool = Field(False, title="署实名")
    subjects: tuple[ComplaintSubject, ...] = Field(
        (), title="被反映人", max_length=30, json_schema_extra=of("XC-13.1c")
    )
    nature: PetitionNature = Field(title="性质", json_schema_extra=of("XC-13.1d", NATURE_ZH))
    important: bool = Field(False, title="巡察组认为重要", json_schema_extra=of("XC-13.1c"))
    summary: str = Field(title="主要内容", min_length=1, max_length=20000, json_schema_extra=of("XC-13.1b"))


class BoxPaper(Line):
    """A paper out of the box; with more persons complained of than one, the entry is corrected."""

    summary: str = Field(title="主要内容", min_length=1, max_length=20000, json_schema_extra=of("XC-13.1b"))
    nature: PetitionNature = Field(title="性质", json_schema_extra=of("XC-13.1d", NATURE_ZH))
    person_id: IdOrEmpty = Field("", title="被反映人(名册编号)")
    post: SubjectPost | None = Field(
        None, title="被反映人职务类别", json_schema_extra=labels(SUBJECT_POST_ZH)
    )
    signed: bool = Field(False, title="署实名")
    important: bool = Field(False, title="巡察组认为重要")


class BoxEmptying(PaperForm):
    """An empty box is emptied too."""

    ZH = "意见箱开启登记"
    EN = "emptying of a suggestion box"

    received_on: date = Field(title="开启日期")
    box_papers: tuple[BoxPaper, ...] = Field(
        (), title="箱内信件", max_length=200, json_schema_extra=of("XC-7.3a")
    )


class PetitionCorrection(PaperForm):
    ZH = "信访台账更正"
    EN = "correction of an entry"

    reason: str = Field(
        title="更正理由",
        min_length=1,
        max_length=2000,
        json_schema_extra={"clause": "XC-13.1b", "reason": True},
    )
    subjects: tuple[ComplaintSubject, ...] = Field((), title="被反映人", max_length=30)
    nature: PetitionNature = Field(title="性质", json_schema_extra=labels(NATURE_ZH))
    important: bool = Field(False, title="巡察组认为重要")
    summary: str = Field(title="主要内容", min_length=1, max_length=20000)


class DirectEntry(PaperForm):
    """Of what is delivered directly nothing is written down but that it came (XC-13.2a)."""

    ZH = "径送件登记"
    EN = "blind entry of a direct item"

    engagement_id: Id = Field(title="巡察任务")
    received_on: date = Field(title="接收日期", json_schema_extra=of("XC-13.2a"))
    subjects: tuple[ComplaintSubject, ...] = Field(
        title="被反映人", min_length=1, max_length=30, json_schema_extra=of("XC-13.2e")
    )


class Reception(PaperForm):
    ZH = "来访接待记录"
    EN = "record of a reception of visitors"
    PRINTED_AS = "visit_reception_record"

    received_at: AwareDatetime = Field(title="接待时间")
    place: str = Field(title="接待地点", min_length=1, max_length=500)
    receiver_ids: tuple[Id, ...] = Field(
        title="接待人员", min_length=1, max_length=10, json_schema_extra=of("XC-13.1f")
    )


class LoneReception(PaperForm):
    ZH = "一人接待来访审批"
    EN = "reception by one person, approved"

    received_at: AwareDatetime = Field(title="接待时间")
    place: str = Field(title="接待地点", min_length=1, max_length=500)
    receiver_id: Id = Field(title="接待人员")
    reason: str = Field(
        title="一人接待的理由",
        min_length=1,
        max_length=2000,
        json_schema_extra={"clause": "XC-13.1f", "reason": True},
    )


class ImportantSlip(PaperForm):
    ZH = "重要信访呈批单"
    EN = "submission slip for an important petition"
    PRINTED_AS = "important_petition_form"

    summary: str = Field(
        title="反映的主要问题", min_length=1, max_length=20000, json_schema_extra=of("XC-13.1c")
    )
    proposed_handling: str = Field(
        title="拟办意见", min_length=1, max_length=5000, json_schema_extra=of("XC-13.1c")
    )


class LeaderInstruction(PaperForm):
    ZH = "组长批示"
    EN = "the leader's instruction"

    instruction: Instruction = Field(title="处理", json_schema_extra=of("XC-13.1c", INSTRUCTION_ZH))
    text: str = Field(title="批示", min_length=1, max_length=5000, json_schema_extra=of("XC-13.1c"))


class PetitionFiling(PaperForm):
    ZH = "信访件存档"
    EN = "a petition is filed"

    reason: str = Field(title="存档理由", min_length=1, max_length=2000)


class PetitionClue(PaperForm):
    ZH = "信访件转问题线索"
    EN = "a petition becomes a clue"

    engagement_id: Id = Field(title="巡察任务")
    petition_no: Id = Field(title="信访台账序号", json_schema_extra=of("XC-13.1b"))
    subject_ids: tuple[Id, ...] = Field(title="涉及人员(名册编号)", min_length=1, max_length=20)
    summary: str = Field(title="主要问题", min_length=1, max_length=20000)


class ClueOfPetition(PaperForm):
    """Filed by the act that opens the clue."""

    ZH = "信访件已转线索"
    EN = "the petition has become a clue"

    clue_id: Id = Field(title="线索")


class DepartmentTransfer(PaperForm):
    ZH = "信访件移交有关部门"
    EN = "a petition is passed to a department"

    department: Department = Field(title="移交部门", json_schema_extra=of("XC-13.1e", DEPARTMENT_ZH))
    sent_on: date = Field(title="移交日期")


class UnitTransfer(PaperForm):
    ZH = "信访件转被巡察单位"
    EN = "a petition goes to the unit"

    sent_on: date = Field(title="移交日期")


class ReferralNote(PaperForm):
    """Filed by the act that fills in the slip."""

    ZH = "信访件已填转办单"
    EN = "a referral slip was filled in"

    slip_id: Id = Field(title="转办单")
