"""Who files a team's material at a unit, and the file that they open for it (XC-46.0a)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.refusals import RefusalCode
from services.chassis.act import Act, Tells
from services.chassis.perform import AnyAct, perform_as_service
from services.chassis.performance import Performance
from services.chassis.subject import RESTRICTED
from services.inspection.acts.posts import TAKES_PART, TEAM_LEADER, ids_in
from services.inspection.acts.preparation import engagement_of
from services.inspection.papers.archive import ArchiveOpening, FilerDesignation
from services.inspection.storage_archive import ArchiveFile, CatalogueEntry
from services.inspection.storage_unit import Engagement

Designating = Performance[Engagement, FilerDesignation]
Opening = Performance[ArchiveFile, ArchiveOpening]


def has_entered(p: Performance[Engagement, Any]) -> None:
    if p.subject.entered_on is None:
        raise p.refuse(RefusalCode.WRONG_STATE)


def is_of_the_team(p: Designating) -> None:
    if p.paper.filer_id not in ids_in(p.subject.staff_ids):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="filer_id", clauses=("XC-46.0a",))


def follow_filer(p: Performance[Any, FilerDesignation]) -> None:
    p.subject.handler_id = p.paper.filer_id


def _follow(model: type[Any]) -> AnyAct:
    return Act(
        name="change_filer",
        zh="更换立卷归档人员",
        en="Another filer takes it over",
        clauses=("XC-46.0a",),
        on=model,
        by=(),
        paper=FilerDesignation,
        effect=follow_filer,
        keeps_paper=False,
    )


CHANGES_OF_FILER = (_follow(ArchiveFile), _follow(CatalogueEntry))


def designate(p: Designating) -> None:
    """A file that is there already goes over to the new filer, with all that is in it."""
    p.subject.filer_id = p.paper.filer_id
    for act in CHANGES_OF_FILER:
        made = select(act.on).where(act.on.engagement_id == p.subject.id).with_for_update()
        for item in p.session.scalars(made).all():
            perform_as_service(p.work, act, p.paper, item)


DESIGNATE_FILER = Act(
    name="designate_filer",
    zh="指定立卷归档人员",
    en="Designate who files the material",
    clauses=("XC-46.0a",),
    on=Engagement,
    by=TEAM_LEADER,
    paper=FilerDesignation,
    anytime=True,
    needs=(has_entered,),
    guards=(is_of_the_team,),
    effect=designate,
    tells=(Tells("", "archive_filer_designated", "XC-46.0a", person=lambda p: p.paper.filer_id),),
)


def has_a_filer(p: Opening) -> None:
    of = engagement_of(p)
    if not of.filer_id:
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, field="engagement_id", clauses=("XC-46.0a",))
    if p.work.actor.person_id != of.filer_id:
        raise p.refuse(RefusalCode.WRONG_ROLE, clauses=("XC-46.0a",))


def is_the_first(p: Opening) -> None:
    same = select(ArchiveFile.id).where(ArchiveFile.engagement_id == p.paper.engagement_id)
    if p.session.scalars(same).first() is not None:
        raise p.refuse(RefusalCode.DUPLICATE, field="engagement_id")


def opened(p: Opening) -> ArchiveFile:
    of = engagement_of(p)
    return ArchiveFile(
        id=p.work.new_id(), no="", state="open", version=0, secrecy=RESTRICTED, office_id=of.office_id,
        unit_id=of.unit_id, registrar_id="", handler_id=of.filer_id, liaison_office_id="", addressee_id="",
        opened_on=p.today, changed_at=p.work.now, engagement_id=of.id, round_id=of.round_id, team_id=of.team_id,
        leader_id=of.leader_id, staff_ids=of.staff_ids,
    )  # fmt: skip


OPEN_CATALOGUE = Act(
    name="open_catalogue",
    zh="建立归档目录",
    en="Open the archive's catalogue",
    clauses=("XC-46.0a",),
    on=ArchiveFile,
    by=(TAKES_PART,),
    paper=ArchiveOpening,
    new=opened,
    becomes="open",
    guards=(has_a_filer, is_the_first),
)
ACTS = (DESIGNATE_FILER, *CHANGES_OF_FILER, OPEN_CATALOGUE)
