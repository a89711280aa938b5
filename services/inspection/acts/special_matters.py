"""The list of special matters: each with its sources, supervised, and closed with a result (LL-3.15, LL-3.18)."""

from __future__ import annotations

from typing import Any

from contracts.refusals import RefusalCode
from services.chassis.access import listed_ids
from services.chassis.act import Act, Fills, Tells, Warns
from services.chassis.performance import Performance
from services.chassis.subject import RESTRICTED
from services.inspection.acts.posts import ids_in, not_in_the_future
from services.inspection.acts.supervision_posts import (
    ANY_OFFICE,
    HEAD,
    IN_OFFICE,
    coverage_of,
    covered,
    item_of,
    numbered,
)
from services.inspection.domain.risk_codes import STANDING, MatterSource
from services.inspection.papers.meetings import Reminder
from services.inspection.papers.risk_searches import (
    LISTED,
    SEARCHED,
    SOURCED,
    MatterClosing,
    MatterListing,
    MatterOfSearch,
    MatterSourceLine,
    MatterUnderSupervision,
)
from services.inspection.storage_office_rules import DockingMeeting
from services.inspection.storage_problem import SupervisionProblem
from services.inspection.storage_rectification import FeedbackList
from services.inspection.storage_risk import RiskPoint
from services.inspection.storage_risk_search import SpecialMatter

AnyMatter = Performance[SpecialMatter, Any]
Listing = Performance[SpecialMatter, MatterListing]
SOURCES: dict[MatterSource, type[Any]] = {
    MatterSource.ANALYSIS: DockingMeeting,
    MatterSource.PROBLEM: SupervisionProblem,
    MatterSource.INSPECTION: FeedbackList,
    MatterSource.RISK: RiskPoint,
}


def has_sources(p: Listing) -> None:
    if not p.paper.sources:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="sources", clauses=(SOURCED,))
    for line in p.paper.sources:
        if not _is_there(p, line):
            raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="sources.drawn_from_id", clauses=(SOURCED,))


def _is_there(p: Listing, line: MatterSourceLine) -> bool:
    """On the same unit, and what everybody of the office may read; of meetings those with a report."""
    found = p.session.get(SOURCES[line.kind], line.drawn_from_id)
    if found is None or found.unit_id != p.paper.unit_id or found.office_id != p.work.actor.office_id:
        return False
    if line.kind is MatterSource.ANALYSIS:
        return bool(found.state == "reported")
    if line.kind is MatterSource.RISK:
        return found.state in STANDING
    return bool(found.secrecy != RESTRICTED)


def _on_list(p: AnyMatter, sources: list[tuple[str, str]]) -> SpecialMatter:
    coverage = coverage_of(p, p.paper.unit_id)
    return SpecialMatter(
        **item_of(p, coverage, state="listed", no=numbered(p, "ZTSX", coverage.office_id)),
        listed_on=p.today,
        source_kinds=listed_ids(kind for kind, _ in sources),
        source_ids=listed_ids(source for _, source in sources),
    )


LIST_MATTER = Act(
    name="list_special_matter",
    zh="列入专题监督事项清单",
    en="List a special matter",
    clauses=(LISTED, SOURCED),
    on=SpecialMatter,
    by=ANY_OFFICE,
    paper=MatterListing,
    new=lambda p: _on_list(
        p, list(dict.fromkeys((line.kind.value, line.drawn_from_id) for line in p.paper.sources))
    ),
    becomes="listed",
    guards=(covered, has_sources),
)
LIST_FROM_SEARCH = Act(
    name="list_matter_of_search",
    zh="排查列入专题监督事项清单",
    en="A search lists a special matter",
    clauses=(SEARCHED, LISTED, SOURCED),
    on=SpecialMatter,
    by=(),
    paper=MatterOfSearch,
    new=lambda p: _on_list(p, [(MatterSource.RISK.value, p.paper.point_id)]),
    becomes="listed",
)


def add_check(p: Performance[SpecialMatter, MatterUnderSupervision]) -> None:
    p.subject.check_ids = listed_ids([*ids_in(p.subject.check_ids), p.paper.check_id])


NOTE_SUPERVISED = Act(
    name="note_matter_supervised",
    zh="事项已开展专题监督",
    en="The matter is under special supervision",
    clauses=(LISTED,),
    on=SpecialMatter,
    by=(),
    paper=MatterUnderSupervision,
    when=("listed", "supervised"),
    becomes="supervised",
    effect=add_check,
    fills=(Fills(LISTED),),
)


def note_warned(p: AnyMatter) -> None:
    p.subject.warned_on = p.today


NOTE_STILL_OPEN = Act(
    name="note_matter_still_open",
    zh="年度终了事项未开展监督",
    en="The year closed and the matter was not supervised",
    clauses=(LISTED,),
    on=SpecialMatter,
    by=(),
    paper=Reminder,
    when=("listed",),
    effect=note_warned,
    keeps_paper=False,
    warns=(Warns(LISTED, lambda _: ("",)),),
    tells=(Tells(HEAD, "special_matter_open", LISTED, office=lambda p: p.subject.office_id),),
)


def not_before_it_was_listed(p: Performance[SpecialMatter, MatterClosing]) -> None:
    if p.paper.closed_on < p.subject.listed_on:
        raise p.refuse(RefusalCode.DATE_ORDER, field="closed_on")


CLOSE_MATTER = Act(
    name="close_special_matter",
    zh="专题监督事项销号",
    en="Close a special matter",
    clauses=(LISTED,),
    on=SpecialMatter,
    by=IN_OFFICE,
    paper=MatterClosing,
    when=("supervised",),
    otherwise={"listed": RefusalCode.PRECONDITION_NOT_MET},
    becomes="closed",
    guards=(not_in_the_future("closed_on"), not_before_it_was_listed),
    sets=("closed_on",),
)
ACTS: tuple[Act[Any, Any], ...] = (
    LIST_MATTER,
    LIST_FROM_SEARCH,
    NOTE_SUPERVISED,
    NOTE_STILL_OPEN,
    CLOSE_MATTER,
)
