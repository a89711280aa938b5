"""Closed lists of the fieldwork (steps 12 to 23)."""

from __future__ import annotations

from enum import StrEnum


class Interviewee(StrEnum):
    LEADERSHIP = "leadership_member"
    CLEAN_GOVERNANCE = "clean_governance_staff"
    HEAD = "head_of_body"
    RECENT_RETIREE = "recent_retiree"
    KEY_POST = "key_post"
    INFORMED = "informed_person"
    OTHER = "other"


INTERVIEWEE_ZH = {
    Interviewee.LEADERSHIP: "领导班子成员",
    Interviewee.CLEAN_GOVERNANCE: "纪检、组织人事人员",
    Interviewee.HEAD: "内设机构和直属单位负责人",
    Interviewee.RECENT_RETIREE: "近三年退休的班子成员",
    Interviewee.KEY_POST: "重点岗位人员",
    Interviewee.INFORMED: "知情人员",
    Interviewee.OTHER: "其他人员",
}


class Outline(StrEnum):
    NONE = "none"
    GENERIC = "generic"
    TAILORED = "tailored"


OUTLINE_ZH = {
    Outline.NONE: "无提纲",
    Outline.GENERIC: "通用提纲",
    Outline.TAILORED: "个性化提纲",
}


class SurveyMethod(StrEnum):
    UNIVERSAL = "universal"
    SAMPLE = "sample"


METHOD_ZH = {SurveyMethod.UNIVERSAL: "普遍调查", SurveyMethod.SAMPLE: "抽样调查"}


class SurveyForm(StrEnum):
    EVALUATION = "democratic_evaluation"
    QUESTIONNAIRE = "questionnaire"


FORM_ZH = {SurveyForm.EVALUATION: "民主测评表", SurveyForm.QUESTIONNAIRE: "调查问卷"}


class HandedOutBy(StrEnum):
    TEAM = "team"
    UNIT = "unit"


HANDED_ZH = {HandedOutBy.TEAM: "巡察组集中发放", HandedOutBy.UNIT: "单位发放"}


class Collection(StrEnum):
    ON_THE_SPOT = "on_the_spot"
    SEALED = "sealed_return"
    OPEN = "open_return"


COLLECTION_ZH = {
    Collection.ON_THE_SPOT: "当场收回",
    Collection.SEALED: "密封收回",
    Collection.OPEN: "未密封收回",
}


class ClueClass(StrEnum):
    """Classes are not listed in the text but for *further attention*: the others are ours (XC-29.4b)."""

    KEY = "key"
    GENERAL = "general"
    FURTHER_ATTENTION = "further_attention"


CLUE_CLASS_ZH = {
    ClueClass.KEY: "重点线索",
    ClueClass.GENERAL: "一般线索",
    ClueClass.FURTHER_ATTENTION: "继续关注",
}
