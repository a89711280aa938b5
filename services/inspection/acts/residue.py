"""Classified material that was not archived is destroyed by the rules, with a list (XC-47.0c)."""

from __future__ import annotations

from sqlalchemy import select

from contracts.events.inspection_archive import ResidueDestroyed
from contracts.refusals import RefusalCode
from services.chassis.act import Act, HandOn
from services.chassis.performance import Performance
from services.chassis.values import value_in_force
from services.inspection.acts.archive_handover import WHO_HANDS_OVER
from services.inspection.acts.posts import persons_known
from services.inspection.papers.archive import ResidueItem, ResidueList
from services.inspection.storage_archive import ArchiveFile, CatalogueEntry

Destroying = Performance[ArchiveFile, ResidueList]


def archive_is_accepted(p: Destroying) -> None:
    if p.subject.accepted_on is None:
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, clauses=("XC-47.0c",))


def nothing_archived_is_on_the_list(p: Destroying) -> None:
    kept = select(CatalogueEntry.no).where(
        CatalogueEntry.archive_file_id == p.subject.id, CatalogueEntry.state == "filed"
    )
    if set(p.session.scalars(kept)) & {item.item_no for item in p.paper.items}:
        raise p.refuse(RefusalCode.CONTENT_RULE, field="items.item_no", clauses=("XC-47.0c",))


def enough_are_there(p: Destroying) -> None:
    """The text says "by the rules", which stand outside it: how many persons is a value that can be set."""
    wanted = int(value_in_force(p.session, "XC-47.0c", "persons", p.today).amount)

    def short(item: ResidueItem) -> bool:
        return len({item.destroyed_by_id, item.witness_id} - {""}) < wanted

    if any(short(item) for item in p.paper.items):
        raise p.refuse(RefusalCode.TWO_PERSON_RULE, field="items.witness_id", clauses=("XC-47.0c",))
    named = {one for item in p.paper.items for one in (item.destroyed_by_id, item.witness_id) if one}
    persons_known(p, tuple(sorted(named)), "items.destroyed_by_id")


def list_is_dated_and_signed(p: Destroying) -> None:
    if any(item.destroyed_on > p.today for item in p.paper.items):
        raise p.refuse(RefusalCode.DATE_ORDER, field="items.destroyed_on")
    if not p.paper.list_signed:
        raise p.refuse(RefusalCode.MISSING_SIGNATURE, field="list_signed", clauses=("XC-47.0c",))


def note_destruction(p: Destroying) -> None:
    p.subject.residue_destroyed_on = p.today
    p.facts |= {"destroyed": len(p.paper.items)}


DESTROY_RESIDUE = Act(
    name="destroy_residue",
    zh="登记未归档涉密材料销毁",
    en="Record the destruction of what was not archived",
    clauses=("XC-47.0c",),
    on=ArchiveFile,
    by=WHO_HANDS_OVER,
    paper=ResidueList,
    anytime=True,
    needs=(archive_is_accepted,),
    guards=(nothing_archived_is_on_the_list, enough_are_there, list_is_dated_and_signed),
    effect=note_destruction,
    hands_on=(
        HandOn(
            ResidueDestroyed,
            lambda p: ResidueDestroyed(
                round_id=p.subject.round_id,
                team_id=p.subject.team_id,
                catalogue_ref=p.subject.id,
                destruction_list_id=p.filed.id if p.filed else p.subject.id,
                destroyed_on=p.today,
            ),
        ),
    ),
)
ACTS = (DESTROY_RESIDUE,)
