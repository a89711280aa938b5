"""Clues over time: by source, by the level of who is reported, by disposition; and the four forms."""

from __future__ import annotations

from services.chassis.figures import Source, Unit
from services.chassis.trends import Line, Trend, TrendBook
from services.clues.domain.disposition import DISPOSITION_ZH, Disposition
from services.clues.domain.four_forms import FOUR_FORMS_ZH, FourForms
from services.clues.figures import DISPOSED, FIRST_FORMS, FOURTH_FORMS, READERS, SECOND_FORMS, THIRD_FORMS
from services.clues.storage import Clue
from services.clues.storage_figure import DispositionApproval

REGISTERED = Source(
    code="registered",
    zh="登记的问题线索",
    en="clues registered",
    model=Clue,
    item_id=Clue.id,
    entry=Clue.id,
    counted=Clue.id,
    happened_on=Clue.opened_on,
)
SOURCES = {
    "petition": ("信访举报", "petitions"),
    "inspection": ("巡察移交", "handed over by inspection"),
    "own_finding": ("日常监督发现", "found in daily supervision"),
    "unit": ("综合监督单位移送", "passed on by a unit"),
    "superior": ("上级交办", "assigned from above"),
    "other_organ": ("其他机关移送", "passed on by another organ"),
}
LEVELS = {
    "division": ("正处级", "division"),
    "deputy_division": ("副处级", "deputy division"),
    "section_chief": ("正科级", "section chief"),
    "deputy_section": ("副科级", "deputy section"),
    "section_staff": ("科员级", "section staff"),
    "staff": ("工作人员", "staff"),
    "unknown": ("不详", "unknown"),
}
DISPOSITIONS_EN = {
    Disposition.TALK: "talk",
    Disposition.INQUIRY: "inquiry",
    Disposition.VERIFICATION: "preliminary verification",
    Disposition.SUSPENDED: "suspended",
    Disposition.CLOSING: "closed",
}
FORMS_EN = {
    FourForms.FIRST: "first form",
    FourForms.SECOND: "second form",
    FourForms.THIRD: "third form",
    FourForms.FOURTH: "fourth form",
}
FORMS = {
    FourForms.FIRST: FIRST_FORMS,
    FourForms.SECOND: SECOND_FORMS,
    FourForms.THIRD: THIRD_FORMS,
    FourForms.FOURTH: FOURTH_FORMS,
}
"""What stands behind a form's figures: GL-1.32 to GL-1.35."""
_BY_REGISTRATION = ("按登记日期计件", "by the day of registration")

_DECLARED = (
    Trend(
        "clues-by-source", "问题线索（按来源）", "clues by source", Unit.CLUES,
        (Line(REGISTERED, Clue.source),), SOURCES, *_BY_REGISTRATION,
    ),
    Trend(
        "clues-by-level", "问题线索（按被反映人职级）", "clues by level of the person reported", Unit.CLUES,
        (Line(REGISTERED, Clue.subject_level),), LEVELS,
        "按登记日期计件；反映多人的计最高职级", "by the day of registration; of several persons the highest level",
    ),
    Trend(
        "clues-by-disposition", "问题线索（按处置方式）", "clues by disposition", Unit.CLUES,
        tuple(Line(source, DispositionApproval.disposition_code) for source in DISPOSED),
        {code.value: (DISPOSITION_ZH[code], DISPOSITIONS_EN[code]) for code in Disposition},
        "按处置方案批准日期计次", "by the day of approval, each approved disposition",
    ),
    Trend(
        "four-forms", "四种形态（人次）", "four forms: person-times", Unit.PERSON_TIMES,
        tuple(Line(source, form.value) for form, sources in FORMS.items() for source in sources),
        {form.value: (FOUR_FORMS_ZH[form], FORMS_EN[form]) for form in FourForms},
        "按运用、决定或者移送日期计人次；同一事项只计最终形态（GL-1.32至GL-1.35）",
        "by the day of use, decision or transfer; of one matter the final form only (GL-1.32 to GL-1.35)",
    ),
)  # fmt: skip
TRENDS = TrendBook({trend.code: trend for trend in _DECLARED}, READERS)
