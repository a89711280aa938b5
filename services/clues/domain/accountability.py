"""Accountability: its grounds, kinds of responsibility, addressees, tracks and conclusions (LZ-18.1 to LZ-18.5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Ground(StrEnum):
    """Why an organisation or a cadre is held accountable; the last four hold both sides (HS-3.12)."""

    FAILED_DUTIES = "failed_duties"
    WRONG_DUTIES = "wrong_duties"
    NOT_DRIVEN = "work_not_driven"
    WEAK = "weak_rectification"
    FALSE = "false_rectification"
    NOT_EXTENDED = "not_extended"
    NO_COOPERATION = "no_cooperation"


GROUND_ZH = {
    Ground.FAILED_DUTIES: "不履行职责",
    Ground.WRONG_DUTIES: "不正确履行职责",
    Ground.NOT_DRIVEN: "因主观原因工作推进不力",
    Ground.WEAK: "整改不力",
    Ground.FALSE: "虚假整改",
    Ground.NOT_EXTENDED: "未举一反三",
    Ground.NO_COOPERATION: "不予配合",
}
DUAL_GROUNDS = frozenset({Ground.WEAK, Ground.FALSE, Ground.NOT_EXTENDED, Ground.NO_COOPERATION})


class Cause(StrEnum):
    """Why work was not driven forward (HS-5.6)."""

    SUBJECTIVE = "subjective"
    OBJECTIVE = "objective"


CAUSE_ZH = {Cause.SUBJECTIVE: "主观原因", Cause.OBJECTIVE: "客观原因"}


class Responsibility(StrEnum):
    """Kinds of responsibility (LZ-18.3)."""

    MAIN = "main_responsibility"
    SUPERVISORY = "supervisory_responsibility"
    LEADERSHIP = "leadership_responsibility"


RESPONSIBILITY_ZH = {
    Responsibility.MAIN: "主体责任",
    Responsibility.SUPERVISORY: "监督责任",
    Responsibility.LEADERSHIP: "领导责任",
}


class Form(StrEnum):
    """How somebody is held accountable."""

    CRITICISM = "notice_of_criticism"
    CHECK = "self_examination"
    ADMONITION = "admonition"
    ORGANISATIONAL = "organisational"
    SANCTION = "sanction"


FORM_ZH = {
    Form.CRITICISM: "通报",
    Form.CHECK: "检查",
    Form.ADMONITION: "诫勉",
    Form.ORGANISATIONAL: "组织调整或者组织处理",
    Form.SANCTION: "纪律处分、政务处分",
}


class Decider(StrEnum):
    """Who took the decision."""

    UNIT = "unit_party_committee"
    COMMISSION = "district_commission"


DECIDER_ZH = {Decider.UNIT: "党组(党委)", Decider.COMMISSION: "区纪委区监委"}


class UnitAnswer(StrEnum):
    """What a unit answered to a proposal (LZ-18.2)."""

    ACCEPTED = "accepted"
    DECLINED = "declined"


UNIT_ANSWER_ZH = {UnitAnswer.ACCEPTED: "同意启动", UnitAnswer.DECLINED: "不同意启动"}


class Addressee(StrEnum):
    """To whom a decision is announced (LZ-18.4)."""

    ORGANISATION = "subject_organisation"
    CADRE = "cadre"
    CADRES_ORGANISATION = "cadre_party_organisation"


ADDRESSEE_ZH = {
    Addressee.ORGANISATION: "被问责党组织",
    Addressee.CADRE: "被问责干部",
    Addressee.CADRES_ORGANISATION: "被问责干部所在党组织",
}


def addressees_of(persons: Iterable[str], organisations: Iterable[str]) -> list[tuple[str, Addressee]]:
    """Every announcement that a decision asks for: the subject it is about, and to whom it is made."""
    found = [
        (person, role) for person in persons for role in (Addressee.CADRE, Addressee.CADRES_ORGANISATION)
    ]
    return found + [(organisation, Addressee.ORGANISATION) for organisation in organisations]


def without_responsibility(
    subjects: Iterable[str], held: Mapping[Responsibility, Iterable[str]]
) -> list[str]:
    """Subjects for whom the decision names no kind of responsibility; several kinds for one are allowed."""
    named = {subject for several in held.values() for subject in several}
    return [subject for subject in subjects if subject not in named]


class LenienceGround(StrEnum):
    """What a unit disclosed of its own accord (HS-4.1, HS-4.2)."""

    OWN_PROBLEM = "own_problem_disclosed"
    CADRE_CASE = "cadre_case_disclosed"


LENIENCE_GROUND_ZH = {
    LenienceGround.OWN_PROBLEM: "主动暴露并整改问题",
    LenienceGround.CADRE_CASE: "主动暴露干部违纪问题并已处理",
}


class Lenience(StrEnum):
    """What the study of it concluded."""

    LIGHT = "lighter"
    MITIGATED = "mitigated"
    EXEMPT = "exempt"


LENIENCE_ZH = {Lenience.LIGHT: "从轻", Lenience.MITIGATED: "减轻", Lenience.EXEMPT: "免予(不予追究)"}
