"""Papers of a round's report to the county committee and of its proposals of accountability (step 44)."""

from __future__ import annotations

from pydantic import Field

from services.chassis.act import PaperForm
from services.inspection.domain.after_feedback_codes import FAILED_DUTY_ZH, FailedDuty
from services.inspection.papers.fields import Id, Line, of


class UnitResult(Line):
    """How a unit has rectified; with a code where it failed its duty."""

    unit_id: Id = Field(title="被巡察党组织")
    issues_rectified: int = Field(title="已整改问题数", ge=0, le=500)
    failed_duty: FailedDuty | None = Field(
        None, title="整改责任问题", json_schema_extra=of("XC-44.0b", FAILED_DUTY_ZH)
    )


class SummaryDraft(PaperForm):
    ZH = "巡察反馈问题整改情况和问题线索办理情况的报告"
    EN = "report on rectification and on the handling of clues"
    PRINTED_AS = "rectification_summary_report"

    round_id: Id = Field(title="巡察轮次")
    units: tuple[UnitResult, ...] = Field(title="各单位整改情况", min_length=1, max_length=100)
    clues_total: int = Field(title="移交问题线索总数", ge=0, json_schema_extra=of("XC-44.0a"))
    clues_closed: int = Field(title="已办结问题线索数", ge=0, json_schema_extra=of("XC-44.0a"))
    text: str = Field(title="报告正文", min_length=1, max_length=50000)


class SummaryIssue(PaperForm):
    ZH = "以领导小组名义报县委"
    EN = "sent in the leading group's name"

    remark: str = Field("", title="备注", max_length=2000)


class AccountabilityDraft(PaperForm):
    ZH = "问责建议"
    EN = "proposal to hold to account"
    PRINTED_AS = "accountability_proposal"

    round_id: Id = Field(title="巡察轮次")
    unit_id: Id = Field(title="被巡察党组织")
    failed_duty: FailedDuty = Field(title="情形", json_schema_extra=of("XC-44.0b", FAILED_DUTY_ZH))
    evidence: str = Field(title="依据", min_length=1, max_length=20000, json_schema_extra=of("XC-44.0b"))


class RoundClosing(PaperForm):
    ZH = "本轮巡察办结"
    EN = "closing of the round"

    remark: str = Field("", title="备注", max_length=2000)


class AuthorityEnd(PaperForm):
    ZH = "本轮授权终止"
    EN = "end of the mandate"

    person_ids: tuple[Id, ...] = Field(title="人员", max_length=500)


class SentNote(PaperForm):
    ZH = "已随报告报县委"
    EN = "sent with the report"

    summary_id: Id = Field(title="报告")
