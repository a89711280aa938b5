"""Papers of the supervision of a unit's important matters and meetings (papers.yaml; LZ-6, LL-1, LL-2)."""

from __future__ import annotations

from datetime import date

from pydantic import AwareDatetime, Field

from services.chassis.act import PaperForm
from services.inspection.domain.meeting_codes import (
    BOUNDARY_ZH,
    CAPACITY_ZH,
    GRADE_ZH,
    ITEM_ZH,
    MEETING_ZH,
    REPORT_TO_ZH,
    BoundaryKind,
    Capacity,
    ItemKind,
    MeetingKind,
    ProblemGrade,
    ReportTo,
)
from services.inspection.papers.fields import Id, IdOrEmpty, Line, Number, labels, of


class BoundaryLine(Line):
    """A boundary for one business area; amounts in yuan."""

    kind: BoundaryKind = Field(title="类别", json_schema_extra=of("LZ-6.2", BOUNDARY_ZH))
    area_no: int = Field(1, title="业务领域序号", ge=0, le=999)
    area: str = Field("", title="业务领域", max_length=200)
    criteria: str = Field("", title="界定标准", max_length=2000)
    amount: int | None = Field(
        None, title="起点金额(元)", description="含本数", json_schema_extra=of("LZ-6.2")
    )


class ListOfImportants(PaperForm):
    ZH = "三重一大事项清单"
    EN = "list of important matters"
    PRINTED_AS = "three_importants_list"

    unit_id: IdOrEmpty = Field("", title="单位", description="由单位自行报送时不填")
    effective_on: date = Field(title="施行日期")
    matters: str = Field(title="事项清单", min_length=1, max_length=20000, json_schema_extra=of("LZ-6.1"))
    decision_mechanism: str = Field(
        title="决策机制", min_length=1, max_length=5000, json_schema_extra=of("LZ-6.1")
    )
    supervision_mechanism: str = Field(
        title="监督机制", min_length=1, max_length=5000, json_schema_extra=of("LZ-6.1")
    )
    boundaries: tuple[BoundaryLine, ...] = Field(
        title="边界", min_length=1, max_length=200, json_schema_extra=of("LZ-6.2")
    )


class ListWithdrawal(PaperForm):
    ZH = "停用事项清单"
    EN = "a list is no longer in force"

    reason: str = Field(title="理由", min_length=1, max_length=2000, json_schema_extra={"reason": True})


class ItemLine(Line):
    """An item of an agenda; amounts in yuan."""

    no: int = Field(title="序号", ge=1, le=999)
    kind: ItemKind = Field(title="事项类别", json_schema_extra=labels(ITEM_ZH))
    area_no: int = Field(0, title="业务领域序号", ge=0, le=999)
    amount: int | None = Field(None, title="金额(元)", ge=0)
    subject: str = Field(title="议题", min_length=1, max_length=500)


class MeetingNotice(PaperForm):
    ZH = "会议通知"
    EN = "meeting notice"
    PRINTED_AS = "meeting_notice"

    unit_id: IdOrEmpty = Field("", title="单位", description="由单位自行通知时不填")
    kind: MeetingKind = Field(title="会议类别", json_schema_extra=of("LL-1.14", MEETING_ZH))
    opens_at: AwareDatetime = Field(title="开始时间", description="北京时间")
    place: str = Field("", title="地点", max_length=200)
    description: str = Field(
        "",
        title="会议说明",
        description="其他会议必填",
        max_length=2000,
        json_schema_extra=of("LL-1.20"),
    )
    items: tuple[ItemLine, ...] = Field((), title="议题", max_length=200)


class ExpectedMeeting(PaperForm):
    ZH = "巡察会议预告"
    EN = "a meeting of a round is expected"

    unit_id: Id = Field(title="单位")
    kind: MeetingKind = Field(title="会议类别", json_schema_extra=labels(MEETING_ZH))
    round_id: Id = Field(title="巡察轮次")


class MeetingSchedule(PaperForm):
    ZH = "会议时间安排"
    EN = "time of a meeting"

    opens_at: AwareDatetime = Field(title="开始时间", description="北京时间")
    place: str = Field("", title="地点", max_length=200)


class MeetingCancellation(PaperForm):
    ZH = "会议取消"
    EN = "cancellation of a meeting"

    reason: str = Field(title="理由", min_length=1, max_length=2000, json_schema_extra={"reason": True})


class AgendaPack(PaperForm):
    ZH = "议题和相关材料"
    EN = "agenda and papers"
    PRINTED_AS = "meeting_agenda_pack"

    agenda_on: date = Field(title="会议日期", json_schema_extra=of("LL-2.3"))
    delivered_at: AwareDatetime | None = Field(
        None, title="送达时间", description="监督机构登记纸质送达时填写；由单位报送的，以报送时间为准"
    )
    items: tuple[ItemLine, ...] = Field((), title="议题", description="与通知一致时不填", max_length=200)


class AttendanceRecord(PaperForm):
    ZH = "参会(列席)记录"
    EN = "attendance record"
    PRINTED_AS = "meeting_attendance_record"

    attendee_id: Id = Field(title="参会人员", json_schema_extra=of("LZ-6.3"))
    capacity: Capacity = Field(title="身份", json_schema_extra=of("LL-1.14", CAPACITY_ZH))
    summary: str = Field("", title="会议情况", max_length=5000)


class AbsenceRecord(PaperForm):
    ZH = "未参会登记"
    EN = "record of absence"

    absence_reason: str = Field(
        title="无法参加或者列席的原因",
        min_length=1,
        max_length=2000,
        json_schema_extra={"clause": "LZ-6.7", "reason": True},
    )


class Reminder(PaperForm):
    """What the clock notes: nothing is on record."""

    ZH = "到期未登记提示"
    EN = "nothing on record yet"


class DecisionLine(Line):
    item_no: int = Field(title="议题序号", ge=1, le=999)
    decision: str = Field(title="决定事项", min_length=1, max_length=5000)


class Minutes(PaperForm):
    ZH = "会议纪要"
    EN = "minutes"
    PRINTED_AS = "meeting_minutes"

    filed_on: date = Field(title="报送日期")
    decisions: tuple[DecisionLine, ...] = Field((), title="决定", max_length=200)


class DecisionRecord(PaperForm):
    ZH = "决策结果登记"
    EN = "record of decisions"

    decided_on: date = Field(title="决定日期")
    decisions: tuple[DecisionLine, ...] = Field(title="决定", min_length=1, max_length=200)


class ImplementationCheck(PaperForm):
    ZH = "监督检查记录"
    EN = "check of the implementation"
    PRINTED_AS = "supervision_check_record"

    item_no: int = Field(title="议题序号", ge=1, le=999, json_schema_extra=of("LZ-6.5"))
    checked_on: date = Field(title="检查日期")
    facts: str = Field(title="落实情况", min_length=1, max_length=20000)
    deviates: bool = Field(title="与决策不一致")
    grade: ProblemGrade | None = Field(None, title="问题程度", json_schema_extra=labels(GRADE_ZH))


class ProblemEntry(PaperForm):
    ZH = "会议发现问题登记"
    EN = "problem found at a meeting"

    item_no: int = Field(0, title="议题序号", description="不涉及具体议题的填0", ge=0, le=999)
    grade: ProblemGrade = Field(title="问题程度", json_schema_extra=labels(GRADE_ZH))
    facts: str = Field(title="问题", min_length=1, max_length=20000)


class SelfCheckLink(PaperForm):
    ZH = "关联年度自查"
    EN = "link to the yearly self-check"

    self_check_no: Number = Field(
        title="自查报告编号", min_length=1, pattern=r"^[A-Za-z0-9_.:-]+$", json_schema_extra=of("LL-1.18")
    )


class OpinionLine(Line):
    no: int = Field(title="序号", ge=1, le=99)
    text: str = Field(title="意见", min_length=1, max_length=5000)


class OpinionPaper(PaperForm):
    ZH = "监督意见书"
    EN = "supervision opinion"
    PRINTED_AS = "supervision_opinion"

    meeting_id: Id = Field(title="会议")
    item_no: int = Field(title="议题序号", ge=1, le=999, json_schema_extra=of("LZ-6.4"))
    addressee: str = Field(title="主送", min_length=1, max_length=200)
    lines: tuple[OpinionLine, ...] = Field(title="监督意见", min_length=1, max_length=99)


class OpinionReply(PaperForm):
    ZH = "监督意见答复"
    EN = "answer to an opinion"

    replied_on: date = Field(title="答复日期")
    reply: str = Field(title="采纳和落实情况", min_length=1, max_length=20000)


class OpinionWithdrawal(PaperForm):
    ZH = "撤回监督意见"
    EN = "withdrawal of an opinion"

    reason: str = Field(title="理由", min_length=1, max_length=2000, json_schema_extra={"reason": True})


class SupervisionReport(PaperForm):
    ZH = "三重一大监督情况报告"
    EN = "report on the supervision of important matters"
    PRINTED_AS = "three_importants_report"

    addressee: ReportTo = Field(title="报送对象", json_schema_extra=of("LZ-6.11", REPORT_TO_ZH))
    meeting_ids: tuple[Id, ...] = Field((), title="涉及会议", max_length=200)
    content: str = Field(title="监督情况", min_length=1, max_length=20000)


class UrgentMatter(PaperForm):
    ZH = "重要(紧急)事项报告"
    EN = "report of an urgent matter"
    PRINTED_AS = "urgent_report"

    unit_id: Id = Field(title="单位")
    discovered_at: AwareDatetime = Field(
        title="发现时间", description="北京时间", json_schema_extra=of("LZ-6.12")
    )
    matter: str = Field(title="事项", min_length=1, max_length=20000)


class ReportReceipt(PaperForm):
    ZH = "报告签收"
    EN = "receipt of a report"

    received_on: date = Field(title="签收日期")


class ReportForwarding(PaperForm):
    ZH = "报告报委"
    EN = "forwarding of a report"

    forwarded_on: date = Field(title="报送日期")
    remark: str = Field("", title="意见", max_length=5000)
