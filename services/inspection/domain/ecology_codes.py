"""Closed lists of the study of a unit's political ecology (LZ-20.4, GL-1.15, GL-1.31)."""

from __future__ import annotations

from enum import StrEnum

from services.inspection.domain.five_supervision_codes import Stream


class EcologyGrade(StrEnum):
    """What a study comes to, overall (综合评价, GL-1.15)."""

    GOOD = "ecology_good"
    FAIR = "ecology_fair"
    POOR = "ecology_poor"


GRADE_ZH = {EcologyGrade.GOOD: "好", EcologyGrade.FAIR: "一般", EcologyGrade.POOR: "差"}
RESTRICTED_STREAMS = frozenset({Stream.PETITIONS, Stream.CLUES, Stream.CASES, Stream.CHECKS})
"""Sources of which a unit learns nothing: no portrait for its eyes rests on them (GL-1.31)."""
