"""Three papers of a unit's last accepted file are released to the team that inspects it now (XC-4.3b)."""

from __future__ import annotations

from typing import Any

from contracts.events.archive_rounds import PriorMaterialsProvided
from services.archive.papers.round_file import PriorRelease
from services.archive.storage_round_file import RoundFile
from services.chassis.act import Act, HandOn
from services.chassis.performance import Performance

RELEASED = ("inspection_report", "feedback_opinion", "rectification_report")
"""What the team gets; the clue report is not among them."""


def note_release(p: Performance[RoundFile, PriorRelease]) -> None:
    p.facts |= {"team": p.paper.team_id, "released": len(p.paper.released)}


def provided(p: Performance[RoundFile, PriorRelease]) -> PriorMaterialsProvided:
    return PriorMaterialsProvided(
        round_id=p.paper.round_id,
        team_id=p.paper.team_id,
        unit_id=p.subject.unit_id,
        items=p.paper.released,
        first_inspection=False,
    )


RELEASE_PRIOR = Act(
    name="release_prior_materials",
    zh="提供上一轮巡察材料",
    en="Release papers of an earlier round",
    clauses=("XC-4.3b",),
    on=RoundFile,
    by=(),
    paper=PriorRelease,
    when=("accepted",),
    effect=note_release,
    hands_on=(HandOn(PriorMaterialsProvided, provided),),
)
ACTS: tuple[Act[Any, Any], ...] = (RELEASE_PRIOR,)
