"""Papers of special supervision checks, of who helps with them, and of key matters (papers.yaml; LZ-11, GL-1.5)."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.chassis.act import PaperForm
from services.inspection.domain.special_supervision_codes import (
    CHOICE_ZH,
    GROUND_ZH,
    KEY_ZH,
    KeyChoice,
    KeyKind,
    SelectionGround,
)
from services.inspection.papers.fields import Id, IdOrEmpty, labels, of


class SpecialYearOpening(PaperForm):
    ZH = "启动年度专项监督检查"
    EN = "opening of a year of special supervision"

    year: int = Field(title="年度", ge=1900, le=2200, json_schema_extra=of("LZ-11.1"))


class SpecialYearOfOffice(PaperForm):
    ZH = "年度专项监督检查(续)"
    EN = "the next year of special supervision"

    office_id: Id = Field(title="派驻机构")
    year: int = Field(title="年度", ge=1900, le=2200)


class SpecialCheckReported(PaperForm):
    """Filed on the year by the report of one of its checks."""

    ZH = "专项监督检查已报告"
    EN = "a special check of the year was reported"

    check_id: Id = Field(title="专项监督检查")
    concluded_on: date = Field(title="结束日期")


class SpecialSupervisionPlan(PaperForm):
    ZH = "专项监督检查方案"
    EN = "plan of a special supervision check"

    ground: SelectionGround = Field(title="选题理由", json_schema_extra=of("LZ-11.1", GROUND_ZH))
    problem: str = Field(title="检查的问题", min_length=1, max_length=2000, json_schema_extra=of("LZ-11.1"))
    unit_ids: tuple[Id, ...] = Field(title="被检查单位", min_length=1, max_length=100)
    department_ids: tuple[Id, ...] = Field((), title="被检查内设机构编号", max_length=100)
    member_ids: tuple[Id, ...] = Field((), title="检查人员", max_length=100)
    planned_to: date = Field(title="计划完成日期")
    steps: str = Field("", title="检查安排", max_length=10000)


class Participation(PaperForm):
    ZH = "内设机构人员参与"
    EN = "participation of a department's staff"

    person_id: Id = Field(title="参与人员", json_schema_extra=of("LZ-11.3"))
    department_id: Id = Field(title="所在内设机构编号", json_schema_extra=of("LZ-11.3"))
    task: str = Field("", title="任务", max_length=2000)


class SpecialSupervisionConclusion(PaperForm):
    ZH = "专项监督检查结束"
    EN = "conclusion of a special supervision check"

    concluded_on: date = Field(title="结束日期")
    findings: str = Field(title="检查发现", min_length=1, max_length=20000)


class SpecialSupervisionReport(PaperForm):
    ZH = "专项监督报告"
    EN = "report of a special supervision check"
    PRINTED_AS = "special_supervision_report"

    channel: str = Field(
        title="报告渠道",
        pattern=r"^[a-z_]{1,64}$",
        json_schema_extra=of("LZ-11.2")
        | {
            "labels": {
                "party_conduct_office": "党风政风监督室",
                "liaison_discipline_office": "联系纪检监察室",
                "fourth_discipline_office": "第四纪检监察室",
            }
        },
    )
    findings: str = Field(title="检查情况", min_length=1, max_length=20000)
    proposals: str = Field("", title="意见建议", max_length=10000)


class SpecialSupervisionForwarding(PaperForm):
    ZH = "专项监督报告报委"
    EN = "forwarding of a special supervision report"

    forwarded_on: date = Field(title="报委日期")
    opinion: str = Field("", title="意见", max_length=5000)


class ThirdPartyInvitation(PaperForm):
    ZH = "委托第三方"
    EN = "invitation of a third party"

    check_id: Id = Field(title="专项监督检查", json_schema_extra=of("LZ-11.4"))
    person_id: Id = Field(title="第三方人员", json_schema_extra=of("LZ-11.4"))
    question: str = Field(title="委托事项", min_length=1, max_length=5000)


class ThirdPartyOpinion(PaperForm):
    ZH = "第三方专业意见"
    EN = "third party's opinion"
    PRINTED_AS = "third_party_opinion"

    author_id: IdOrEmpty = Field("", title="出具人", description="由第三方本人提交时不填")
    given_on: date = Field(title="出具日期")
    opinion: str = Field(title="专业意见", min_length=1, max_length=20000, json_schema_extra=of("LZ-11.4"))


class EngagementEnding(PaperForm):
    ZH = "终止第三方委托"
    EN = "end of an engagement"

    reason: str = Field(title="理由", min_length=1, max_length=2000, json_schema_extra={"reason": True})


class SupportLetter(PaperForm):
    ZH = "提请支撑函"
    EN = "request for support"
    PRINTED_AS = "support_request"

    recipient_id: Id = Field(title="提请的职能室", json_schema_extra=of("LZ-11.5"))
    check_id: IdOrEmpty = Field("", title="专项监督检查")
    need: str = Field(
        title="需要的支撑", min_length=1, max_length=5000, json_schema_extra={"reason": True} | of("LZ-11.5")
    )


class SupportAnswer(PaperForm):
    ZH = "支撑答复"
    EN = "answer to a request for support"

    answered_on: date = Field(title="答复日期")
    answer: str = Field(title="答复", min_length=1, max_length=10000, json_schema_extra=of("LZ-11.5"))


class KeyMatterChoice(PaperForm):
    ZH = "确定重点事项(案件)"
    EN = "choice of a key matter"

    unit_id: IdOrEmpty = Field("", title="单位", description="不限于某一单位的不填")
    key_kind: KeyKind = Field(title="类别", json_schema_extra=labels(KEY_ZH))
    choice: KeyChoice = Field(KeyChoice.TAKEN_UP, title="取舍", json_schema_extra=labels(CHOICE_ZH))
    matter: str = Field(title="事项", min_length=1, max_length=2000)
    reason: str = Field(
        title="理由", min_length=1, max_length=5000, json_schema_extra={"reason": True} | of("GL-1.5")
    )


class KeyMatterSettling(PaperForm):
    ZH = "重点事项办结"
    EN = "a key matter is settled"

    settled_on: date = Field(title="办结日期")
    outcome: str = Field(title="结果", min_length=1, max_length=5000)
