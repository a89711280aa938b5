"""Papers of the supervision of dispatched offices: group, round, check, opinion (GL-3.21 to GL-3.25, LZ-22.14)."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from services.chassis.act import PaperForm
from services.inspection.domain.office_codes import (
    CHANNEL_ZH,
    METHOD_ZH,
    RESULT_ZH,
    CheckMethod,
    OfficeResult,
    OpinionChannel,
)
from services.inspection.papers.fields import Id, IdOrEmpty, Line, Number, of

Quarter = Annotated[str, Field(pattern=r"^[0-9]{4}-Q[1-4]$")]


class GroupSetUp(PaperForm):
    ZH = "成立督查工作领导小组"
    EN = "setting up of the leading group"

    citation: str = Field(title="文号", min_length=1, max_length=200, json_schema_extra=of("GL-3.21"))
    head_id: Id = Field(title="组长", json_schema_extra=of("GL-3.21"))
    member_ids: tuple[Id, ...] = Field((), title="成员", max_length=50)
    mandate: str = Field(title="职责", min_length=1, max_length=10000, json_schema_extra=of("GL-3.21"))


class GroupDissolution(PaperForm):
    ZH = "撤销督查工作领导小组"
    EN = "dissolution of the leading group"

    reason: str = Field(title="理由", min_length=1, max_length=5000, json_schema_extra={"reason": True})


class QuarterOfOffices(PaperForm):
    """Opened by the clock."""

    ZH = "季度督查"
    EN = "supervision of a quarter"

    quarter: Quarter = Field(title="季度")


class OfficeChecked(PaperForm):
    ZH = "机构已督查"
    EN = "an office was checked"

    check_id: Id = Field(title="督查记录")
    office_id: Id = Field(title="派驻机构")
    checked_on: date = Field(title="督查日期")


class TeamLine(Line):
    """`cleared_ids`: who of the team may read entries of ledgers that hold clues."""

    no: int = Field(title="组号", ge=1, le=99)
    leader_id: Id = Field(title="组长")
    member_ids: tuple[Id, ...] = Field(title="组员", max_length=30)
    cleared_ids: tuple[Id, ...] = Field((), title="可查阅涉线索台账人员", max_length=30)
    office_ids: tuple[Id, ...] = Field(title="督查对象", min_length=1, max_length=50)


class RoundPlanOfOffices(PaperForm):
    ZH = "督查方案"
    EN = "plan of a round of supervision"
    PRINTED_AS = "supervision_round_plan"

    quarter: Quarter = Field(title="季度", json_schema_extra=of("GL-3.25"))
    focus: str = Field(title="督查重点", min_length=1, max_length=20000)
    teams: tuple[TeamLine, ...] = Field(
        title="督查小组", min_length=1, max_length=30, json_schema_extra=of("GL-3.22")
    )


class RoundCancellation(PaperForm):
    ZH = "取消督查轮次"
    EN = "cancellation of a round"

    reason: str = Field(title="理由", min_length=1, max_length=5000, json_schema_extra={"reason": True})


class OfficeCheckPaper(PaperForm):
    """At least one method; a ledger that holds clues is read for its counts alone unless the reader is cleared."""

    ZH = "派驻机构督查记录"
    EN = "record of supervision of an office"
    PRINTED_AS = "supervision_of_office_record"

    round_id: Id = Field(title="督查轮次")
    office_id: Id = Field(title="派驻机构")
    checked_on: date = Field(title="督查日期")
    methods: tuple[CheckMethod, ...] = Field(
        (), title="督查方式", max_length=4, json_schema_extra=of("GL-3.24", METHOD_ZH)
    )
    findings: str = Field(title="督查情况", min_length=1, max_length=20000, json_schema_extra=of("GL-3.24"))
    result: OfficeResult = Field(title="督查结论", json_schema_extra=of("GL-3.24", RESULT_ZH))


class OfficeCheckAnswer(PaperForm):
    ZH = "督查反馈答复"
    EN = "the office's answer"

    answer: str = Field(title="整改和答复", min_length=1, max_length=20000)


class OfficeOpinionPaper(PaperForm):
    """`office_id`: of a liaison office; the office's own staff and its units speak of their own."""

    ZH = "对派驻机构的意见"
    EN = "opinion on the office"

    office_id: IdOrEmpty = Field("", title="派驻机构", description="本机构或者本单位的派驻机构可不填")
    channel: OpinionChannel = Field(title="监督渠道", json_schema_extra=of("LZ-22.14", CHANNEL_ZH))
    received_on: date = Field(title="收到日期")
    source_no: Number = Field("", title="来文编号")
    opinion: str = Field(title="意见", min_length=1, max_length=20000, json_schema_extra=of("LZ-22.14"))


class OfficeOpinionAnswer(PaperForm):
    ZH = "意见答复"
    EN = "answer to the opinion"

    accepted: bool = Field(title="是否采纳", json_schema_extra=of("LZ-22.14"))
    answer: str = Field(
        title="答复和改进措施", min_length=1, max_length=20000, json_schema_extra=of("LZ-22.14")
    )


class OfficeOpinionTrace(PaperForm):
    ZH = "意见办理回访"
    EN = "tracing of what came of it"

    traced_on: date = Field(title="回访日期", json_schema_extra=of("LZ-22.14"))
    carried_out: bool = Field(title="是否落实", json_schema_extra=of("LZ-22.14"))
    facts: str = Field(title="落实情况", min_length=1, max_length=20000, json_schema_extra=of("LZ-22.14"))
