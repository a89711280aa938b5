"""Papers of spot checks of declared matters and of special checks (steps 14 and 22)."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.chassis.act import PaperForm
from services.inspection.domain.asked_codes import SPECIAL_ZH, SpecialTopic
from services.inspection.papers.fields import Id, IdOrEmpty, Line, Number, of


class SpotCheckLine(Line):
    person_id: Id = Field(title="抽查对象")
    post: str = Field("", title="职务", max_length=200)
    reason: str = Field("", title="理由", max_length=2000)


class SpotCheckList(PaperForm):
    ZH = "抽查核实名单"
    EN = "list of cadres to be spot-checked"
    PRINTED_AS = "spot_check_list"

    engagement_id: Id = Field(title="巡察任务")
    lines: tuple[SpotCheckLine, ...] = Field(
        title="名单", min_length=1, max_length=50, json_schema_extra=of("XC-14.1a")
    )


class SpotCheckForwarding(PaperForm):
    ZH = "抽查核实名单送审"
    EN = "the list goes to the leading group"

    remark: str = Field("", title="备注", max_length=2000)


class SpotCheckInstruction(PaperForm):
    ZH = "函送组织部"
    EN = "letter to the organisation department"

    letter_no: Number = Field(title="函件编号", min_length=1, json_schema_extra=of("XC-14.2a"))


class SpotCheckForm(PaperForm):
    ZH = "抽查核实情况表"
    EN = "result form of a spot check"
    PRINTED_AS = "spot_check_form"

    person_id: Id = Field(title="抽查对象")
    received_on: date = Field(title="收到日期")
    through_office: bool = Field(True, title="由组织部经巡察办转回", json_schema_extra=of("XC-14.2b"))
    check_result: str = Field(title="核实情况", min_length=1, max_length=20000)
    review_opinion: str = Field(
        title="审核意见", min_length=1, max_length=5000, json_schema_extra=of("XC-14.2b")
    )
    suspected_breach: bool = Field(False, title="涉嫌违纪违法", json_schema_extra=of("XC-14.3a"))


class SpotCheckClosing(PaperForm):
    ZH = "抽查核实结束"
    EN = "spot check closed"

    remark: str = Field("", title="备注", max_length=2000)


class SpotCheckUse(PaperForm):
    ZH = "抽查核实结果运用"
    EN = "a result of a spot check is used"

    spot_check_id: Id = Field(title="抽查核实", json_schema_extra=of("XC-14.3a"))
    person_id: Id = Field(title="抽查对象", json_schema_extra=of("XC-14.3a"))
    finding: str = Field(
        title="涉嫌违纪违法情况", min_length=1, max_length=20000, json_schema_extra=of("XC-14.3a")
    )


class SpotCheckClue(SpotCheckUse):
    ZH = "抽查核实结果转问题线索"
    EN = "a result of a spot check becomes a clue"

    engagement_id: Id = Field(title="巡察任务")


class ResultUsed(PaperForm):
    """Filed by the act that writes it into a clue."""

    ZH = "抽查核实结果已写入线索"
    EN = "the result stands in a clue"

    person_id: Id = Field(title="抽查对象")
    clue_id: Id = Field(title="线索")


class SpecialCheckReport(PaperForm):
    ZH = "专项检查报告"
    EN = "special check report"
    PRINTED_AS = "special_check_report"

    topic: SpecialTopic = Field(title="检查事项", json_schema_extra=of("XC-22.0c", SPECIAL_ZH))
    findings: str = Field(title="检查情况", min_length=1, max_length=50000, json_schema_extra=of("XC-22.0c"))


class SpecialCheckOrder(PaperForm):
    ZH = "专项检查"
    EN = "special check"

    topic: SpecialTopic = Field(title="检查事项", json_schema_extra=of("XC-22.0a", SPECIAL_ZH))
    order_no: str = Field("", title="县委批准文号", max_length=64, json_schema_extra=of("XC-22.0a"))
    head_id: IdOrEmpty = Field("", title="负责人", json_schema_extra=of("XC-22.0b"))
