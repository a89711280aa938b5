"""A unit's petitions by class, month by month: the figures are published, and no name with them (GL-3.13)."""

from __future__ import annotations

import json
from collections import Counter
from uuid import uuid4

from sqlalchemy import ColumnElement, select

from contracts.events.intake import PetitionAnalysed
from contracts.refusals import RefusalCode
from services.chassis.access import post, visible
from services.chassis.act import Act, HandOn
from services.chassis.papers import papers_of, read_paper
from services.chassis.performance import Performance
from services.chassis.subject import NORMAL, RESTRICTED
from services.chassis.tables import DirectoryCoverage
from services.intake.acts.vault import open_identity
from services.intake.domain.months import first_day, last_day, months_up_to
from services.intake.domain.petition_class import PetitionClass
from services.intake.papers.analysis import PetitionAnalysisPaper
from services.intake.storage import Petition, PetitionAnalysis

Analysing = Performance[PetitionAnalysis, PetitionAnalysisPaper]
SHORTEST_NAME = 2


def of_own_unit(p: Analysing) -> None:
    coverage = p.session.get(DirectoryCoverage, p.paper.unit_id)
    if coverage is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="unit_id")
    if coverage.office_id != p.work.actor.office_id:
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="unit_id")


def month_has_begun(p: Analysing) -> None:
    if p.paper.month < "1900" or first_day(p.paper.month) > p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="month")


def names_nobody(p: Analysing) -> None:
    """Neither persons of the roster nor a name that stands in one of the month's petitions, who petitions included."""
    if p.paper.subject_ids:
        raise p.refuse(RefusalCode.ACCESS_DENIED, field="subject_ids")
    for petition in p.session.scalars(select(Petition).where(*counted(p), *_received(p.paper.month))):
        if any(name in p.paper.findings for name in _names_in(p, petition)):
            raise p.refuse(RefusalCode.ACCESS_DENIED, field="findings")


def _names_in(p: Analysing, petition: Petition) -> set[str]:
    ring = p.work.runtime.ring
    forms = [read_paper(p.session, ring, paper)["form"] for paper in papers_of(p.session, petition)]
    names = {name for form in forms for name in (*form.get("subject_names", ()), *form.get("subjects", ()))}
    kept = open_identity(p.session, ring, petition.id)
    names |= {one.name for one in kept.petitioners} if kept else set()
    return {name for name in names if len(name) >= SHORTEST_NAME}


def counted(p: Analysing) -> tuple[ColumnElement[bool], ...]:
    """Ordinary petitions on the unit that the actor may know of: what is sealed is in no figure (ruling 9)."""
    knows = p.work.runtime.kinds[Petition.KIND].knows
    return (
        Petition.office_id == p.work.actor.office_id,
        Petition.unit_id == p.paper.unit_id,
        Petition.secrecy == RESTRICTED,
        visible(Petition, p.work.actor, knows),
    )


def _received(first: str, last: str = "") -> tuple[ColumnElement[bool], ...]:
    return (Petition.received_on.between(first_day(first), last_day(last or first)),)


def analyse(p: Analysing) -> PetitionAnalysis:
    actor, months = p.work.actor, months_up_to(p.paper.month)
    coverage = p.session.get_one(DirectoryCoverage, p.paper.unit_id)
    rows = p.session.execute(
        select(Petition.received_on, Petition.class_code).where(
            *counted(p), *_received(months[0], months[-1])
        )
    )
    counts = Counter((row.received_on.strftime("%Y-%m"), row.class_code) for row in rows)
    figures = [
        {"month": month, "class_code": code.value, "count": counts[month, code.value]}
        for month in months
        for code in PetitionClass
        if any(counts[one, code.value] for one in months)
    ]
    return PetitionAnalysis(
        id=uuid4().hex, no="", state="published", version=0, secrecy=NORMAL, office_id=actor.office_id,
        liaison_office_id=coverage.liaison_office_id, unit_id=p.paper.unit_id, registrar_id=actor.person_id,
        handler_id="", addressee_id="", opened_on=p.today, changed_at=p.work.now, period=p.paper.month,
        figures=json.dumps(figures),
    )  # fmt: skip


def analysed_event(p: Analysing) -> PetitionAnalysed:
    month = [line for line in json.loads(p.subject.figures) if line["month"] == p.subject.period]
    return PetitionAnalysed(
        unit_id=p.subject.unit_id,
        period=p.subject.period,
        class_codes=tuple(line["class_code"] for line in month),
        counts=tuple(line["count"] for line in month),
    )


PUBLISH_ANALYSIS = Act(
    name="publish_analysis",
    zh="发布信访分析",
    en="Publish a petition analysis",
    clauses=("GL-3.13",),
    on=PetitionAnalysis,
    by=(post("dispatched_office_leader", at=None),),
    paper=PetitionAnalysisPaper,
    new=analyse,
    becomes="published",
    guards=(of_own_unit, month_has_begun, names_nobody),
    hands_on=(HandOn(PetitionAnalysed, analysed_event),),
)
