"""Codes of what figures count: how the first form was applied, and on what ground a decision was undone."""

from __future__ import annotations

from enum import StrEnum


class FirstFormMethod(StrEnum):
    """How the first form (红脸出汗) was applied to a person (GL-1.16, GL-1.30)."""

    TALK = "talk"
    INQUIRY = "inquiry"
    REMINDER = "reminder"
    CRITICISM = "criticism"
    SELF_EXAMINATION = "self_examination"
    ADMONITION = "admonition"


FIRST_FORM_METHOD_ZH = {
    FirstFormMethod.TALK: "谈话",
    FirstFormMethod.INQUIRY: "函询",
    FirstFormMethod.REMINDER: "谈话提醒",
    FirstFormMethod.CRITICISM: "批评教育",
    FirstFormMethod.SELF_EXAMINATION: "责令检查",
    FirstFormMethod.ADMONITION: "予以诫勉",
}


class Reversed(StrEnum):
    """Why what was decided on a person counts no more; `ACQUITTED` undoes a transfer to the procuratorate as well."""

    REVOKED = "revoked"
    ACQUITTED = "acquitted"


REVERSED_ZH = {Reversed.REVOKED: "处分决定撤销", Reversed.ACQUITTED: "法院判决无罪"}


class FigureClause(StrEnum):
    """The figures that can be published, by their clauses."""

    GL_1_32 = "GL-1.32"
    GL_1_33 = "GL-1.33"
    GL_1_34 = "GL-1.34"
    GL_1_35 = "GL-1.35"
    GL_1_36 = "GL-1.36"
    GL_1_37 = "GL-1.37"
    GL_2_23 = "GL-2.23"
    GL_2_25 = "GL-2.25"
    GL_2_26 = "GL-2.26"
    GL_2_27 = "GL-2.27"
    GL_2_28 = "GL-2.28"
    GL_4_2 = "GL-4.2"
    GL_4_3 = "GL-4.3"
    GL_4_4 = "GL-4.4"
    GL_4_5 = "GL-4.5"
    GL_4_6 = "GL-4.6"
    GL_4_7 = "GL-4.7"
