"""Papers of self-checks, of the hearing at the start of a year and of duty records (papers.yaml; LZ-4.5, LZ-5)."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.chassis.act import PaperForm
from services.inspection.domain.responsibility_codes import NONE_HEARD_ZH, NoneHeard
from services.inspection.papers.fields import Id, IdOrEmpty, Line, of


class SelfCheckReport(PaperForm):
    ZH = "政治生态自查报告"
    EN = "self-check report"
    PRINTED_AS = "self_check_report"

    unit_id: IdOrEmpty = Field("", title="单位", description="只能为本单位报送,可不填")
    meeting_id: Id = Field(title="关联会议", json_schema_extra=of("LZ-4.5"))
    checked_on: date = Field(title="自查日期")
    findings: str = Field(title="自查情况", min_length=1, max_length=20000, json_schema_extra=of("LZ-4.5"))
    follow_up: str = Field("", title="整改措施", max_length=10000)


class HearingsBeginning(PaperForm):
    ZH = "启动年初听取履责报告"
    EN = "yearly hearings of a unit begin"

    unit_id: Id = Field(title="单位", json_schema_extra=of("LZ-5.4"))
    next_level_count: int = Field(
        title="下一级党组织数", description="没有的填0", ge=0, le=999, json_schema_extra=of("LZ-5.5")
    )


class HearingOfUnit(PaperForm):
    ZH = "年初听取履责报告(续)"
    EN = "the next yearly hearing of a unit"

    unit_id: Id = Field(title="单位")
    year: int = Field(title="年度", ge=1900, le=2200)
    next_level_count: int = Field(title="下一级党组织数", ge=0, le=999)


class MemberHeard(Line):
    person_id: Id = Field(title="班子成员")
    report: str = Field("", title="履行一岗双责情况", max_length=5000)


class OrganisationHeard(Line):
    organisation: str = Field(title="下一级党组织", min_length=1, max_length=200)
    head_id: IdOrEmpty = Field("", title="负责人")
    report: str = Field("", title="履行主体责任情况", max_length=5000)


class YearStartHearingRecord(PaperForm):
    ZH = "年初听取履责报告记录"
    EN = "record of the hearing at the start of the year"
    PRINTED_AS = "year_start_hearing_record"

    held_on: date = Field(title="听取日期")
    members: tuple[MemberHeard, ...] = Field(
        (), title="听取的班子成员", max_length=100, json_schema_extra=of("LZ-5.4")
    )
    next_level: tuple[OrganisationHeard, ...] = Field(
        (), title="听取的下一级党组织", max_length=300, json_schema_extra=of("LZ-5.5")
    )
    next_level_count: int | None = Field(
        None, title="下一级党组织数", description="有变化的填写", ge=0, le=999
    )
    none_heard: NoneHeard | None = Field(
        None,
        title="未听取的原因",
        description="没有下一级党组织的必填",
        json_schema_extra=of("LZ-5.5", NONE_HEARD_ZH),
    )


class HearingSignature(PaperForm):
    ZH = "听取记录签字"
    EN = "signature of the record"


class HearingCompletion(PaperForm):
    ZH = "完成年初听取"
    EN = "completion of the hearing"


class DutyEntry(PaperForm):
    ZH = "履责记实"
    EN = "record of duty performance"
    PRINTED_AS = "duty_record"

    unit_id: IdOrEmpty = Field("", title="单位", description="由单位自行登记时不填")
    person_id: IdOrEmpty = Field("", title="班子成员", description="领导班子集体的不填")
    performed_on: date = Field(title="履责日期", json_schema_extra=of("LZ-5.6"))
    matter: str = Field(title="履责事项", min_length=1, max_length=5000, json_schema_extra=of("LZ-5.6"))


class DutyRecordsReview(PaperForm):
    ZH = "履责记实检查督促"
    EN = "review of duty records"

    unit_id: Id = Field(title="单位", json_schema_extra=of("LZ-5.6"))
    period_from: date = Field(title="期间起")
    period_to: date = Field(title="期间止")
    remark: str = Field("", title="督促意见", max_length=5000)
