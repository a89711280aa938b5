"""The fields of a petition ledger row; ``vocabulary`` has the names that offices give their columns."""

from enum import StrEnum


class Field(StrEnum):
    """A field of a petition ledger; the value is its name in JSON and on the command line."""

    LEDGER_NO = "ledger_no"
    RECEIVED_ON = "received_on"
    CHANNEL = "channel"
    REPORTER = "reporter"
    SUBJECT_NAME = "subject_name"
    SUBJECT_UNIT = "subject_unit"
    SUBJECT_POST = "subject_post"
    SUMMARY = "summary"
    DISPOSITION = "disposition"
    CLOSED_ON = "closed_on"
    STATUS = "status"
    HANDLER = "handler"
    REMARK = "remark"


TITLES: dict[Field, str] = {
    Field.LEDGER_NO: "编号",
    Field.RECEIVED_ON: "收件日期",
    Field.CHANNEL: "信访方式",
    Field.REPORTER: "举报人",
    Field.SUBJECT_NAME: "被反映人",
    Field.SUBJECT_UNIT: "单位",
    Field.SUBJECT_POST: "职务",
    Field.SUMMARY: "反映问题",
    Field.DISPOSITION: "办理情况",
    Field.CLOSED_ON: "办结日期",
    Field.STATUS: "状态",
    Field.HANDLER: "经办人",
    Field.REMARK: "备注",
}

REQUIRED = (Field.RECEIVED_ON, Field.SUMMARY)

ENGLISH: dict[Field, str] = {
    Field.LEDGER_NO: "number",
    Field.RECEIVED_ON: "received on",
    Field.CHANNEL: "channel",
    Field.REPORTER: "reporter",
    Field.SUBJECT_NAME: "reported person",
    Field.SUBJECT_UNIT: "unit",
    Field.SUBJECT_POST: "post",
    Field.SUMMARY: "what is reported",
    Field.DISPOSITION: "what was done",
    Field.CLOSED_ON: "closed on",
    Field.STATUS: "state",
    Field.HANDLER: "handler",
    Field.REMARK: "remark",
}
