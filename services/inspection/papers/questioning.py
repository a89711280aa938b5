"""Papers of questioning persons with knowledge, and of help from others (steps 15 and 21)."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.chassis.act import PaperForm
from services.inspection.domain.questioning_codes import (
    CUSTODY_ZH,
    HELP_CHANNEL_ZH,
    HELP_TOPIC_ZH,
    Custody,
    HelpChannel,
    HelpTopic,
)
from services.inspection.papers.fields import Id, IdOrEmpty, Number, of


class InquiryPlan(PaperForm):
    ZH = "询问知情人方案"
    EN = "plan for questioning a person with knowledge"
    PRINTED_AS = "inquiry_plan"

    engagement_id: Id = Field(title="巡察任务")
    informant: str = Field(title="询问对象", min_length=1, max_length=200)
    custody_status: Custody = Field(title="人身状态", json_schema_extra=of("XC-15.2a", CUSTODY_ZH))
    purpose: str = Field(title="询问目的", min_length=1, max_length=5000, json_schema_extra=of("XC-15.1a"))
    plan: str = Field(title="询问方案", min_length=1, max_length=20000, json_schema_extra=of("XC-15.1a"))
    known_ids: tuple[Id, ...] = Field(
        title="知悉人员", min_length=1, max_length=20, json_schema_extra=of("XC-15.1b")
    )
    petition_id: IdOrEmpty = Field("", title="所涉信访件", json_schema_extra=of("XC-13.1d"))


class ConsentRequest(PaperForm):
    ZH = "询问在押和被采取审查措施人员审批"
    EN = "consent to question a detained person"
    PRINTED_AS = "detainee_inquiry_approval"

    request: str = Field(title="请示事项", min_length=1, max_length=5000, json_schema_extra=of("XC-15.2a"))


class AccessArrangement(PaperForm):
    ZH = "询问协调安排"
    EN = "arrangement by the commission"

    arranged_on: date = Field(title="协调日期", json_schema_extra=of("XC-15.2b"))
    arrangement: str = Field(title="安排", min_length=1, max_length=5000)


class QuestioningStart(PaperForm):
    ZH = "启动询问"
    EN = "the questioning is opened"

    remark: str = Field("", title="备注", max_length=2000)


class QuestioningRecord(PaperForm):
    ZH = "询问记录"
    EN = "record of a questioning"

    held_on: date = Field(title="询问日期", json_schema_extra=of("XC-15.1a"))
    content: str = Field(title="询问内容", min_length=1, max_length=100000)


class AssistanceRequest(PaperForm):
    """`guarded_words`: names and words that the letter must not have; no name stands in this service (XC-21.0d)."""

    ZH = "提请协助函"
    EN = "request for assistance"
    PRINTED_AS = "assistance_request"

    engagement_id: Id = Field(title="巡察任务")
    channel: HelpChannel = Field(title="提请渠道", json_schema_extra=of("XC-21.0a", HELP_CHANNEL_ZH))
    assistant: str = Field(title="协助单位", min_length=1, max_length=200, json_schema_extra=of("XC-21.0a"))
    topic: HelpTopic = Field(title="协助事项类别", json_schema_extra=of("XC-21.0a", HELP_TOPIC_ZH))
    letter: str = Field(title="函件内容", min_length=1, max_length=20000, json_schema_extra=of("XC-21.0d"))
    issue_id: IdOrEmpty = Field("", title="所涉问题", json_schema_extra=of("XC-21.0c"))
    clue_id: IdOrEmpty = Field("", title="所涉线索", json_schema_extra=of("XC-21.0d"))
    guarded_words: tuple[Number, ...] = Field(
        (),
        title="不得出现的姓名和字词",
        description="涉及线索的必填,如被反映人姓名",
        max_length=50,
        json_schema_extra=of("XC-21.0d"),
    )


class AssistanceAnswer(PaperForm):
    ZH = "协助答复"
    EN = "answer to a request"

    answered_on: date = Field(title="答复日期")
    remark: str = Field("", title="说明", max_length=2000)


class TaskSheet(PaperForm):
    ZH = "协助任务交办单"
    EN = "task of a helper"

    engagement_id: Id = Field(title="巡察任务")
    assistance_id: Id = Field(title="提请协助", json_schema_extra=of("XC-21.0b"))
    helper_id: Id = Field(title="协助人员", json_schema_extra=of("XC-21.0b"))
    leading_member_id: Id = Field(title="带队组员", json_schema_extra=of("XC-21.0b"))
    task: str = Field(title="任务", min_length=1, max_length=5000)


class WorkEntry(PaperForm):
    ZH = "协助工作记录"
    EN = "work entry of a helper"

    done_on: date = Field(title="日期")
    leading_member_id: Id = Field(title="带队组员", json_schema_extra=of("XC-21.0b"))
    content: str = Field(title="工作情况", min_length=1, max_length=20000)


class TaskEnd(PaperForm):
    ZH = "协助任务完成"
    EN = "a task is finished"

    result: str = Field(title="协助结果", min_length=1, max_length=20000)
