"""The office gives the inspection body what its supervision knows of a unit that is to be inspected (LZ-20.10)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.events.inspection_rectification import SupportProvided
from contracts.refusals import RefusalCode
from services.chassis.act import Act, Document, Fills, HandOn, Tells, Warns
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.chassis.reference import look_up
from services.chassis.subject import RESTRICTED
from services.chassis.tables import DirectoryCoverage
from services.chassis.work import Work
from services.inspection.acts.posts import ids_in
from services.inspection.acts.supervision_posts import HEAD, LEADERS, item_of, supervisor_of
from services.inspection.domain.rectification_codes import SupportTo
from services.inspection.papers.meetings import Reminder
from services.inspection.papers.rectification import SupportExpected, SupportNote
from services.inspection.storage_rectification import InspectionSupport
from services.inspection.storage_round import Team
from services.inspection.storage_unit import Engagement

AnySupport = Performance[InspectionSupport, Any]
Providing = Performance[InspectionSupport, SupportNote]


def expected(p: Performance[InspectionSupport, SupportExpected]) -> InspectionSupport:
    of = p.session.get_one(Engagement, p.paper.engagement_id)
    coverage = supervisor_of(p, of.unit_id)
    common = item_of(p, coverage, state="awaited", no=f"PH-{coverage.unit_id}-{p.today.year}")
    return InspectionSupport(
        **(common | {"secrecy": RESTRICTED}),
        engagement_id=of.id,
        round_id=of.round_id,
        team_id=of.team_id,
    )


EXPECT_SUPPORT = Act(
    name="expect_inspection_support",
    zh="配合巡察(预告)",
    en="Support of an inspection is expected",
    clauses=("LZ-20.10",),
    on=InspectionSupport,
    by=(),
    paper=SupportExpected,
    new=expected,
    becomes="awaited",
    tells=(Tells(HEAD, "inspection_support_expected", "LZ-20.10", office=lambda p: p.subject.office_id),),
)


def expect_support(p: Performance[Any, Any], of: Engagement) -> None:
    """From the notice on; a unit that no office supervises has nobody to support its inspection."""
    if look_up(p.session, DirectoryCoverage, of.unit_id) is not None:
        perform_as_service(p.work, EXPECT_SUPPORT, SupportExpected(engagement_id=of.id))


def clues_go_to_the_cleared_alone(p: Providing) -> None:
    """A team is cleared for the content of clues when all of its people signed this round's pledge (XC-3.3b)."""
    if not p.paper.has_clues or p.paper.given_to is SupportTo.OFFICE:
        return
    team = p.session.get_one(Team, p.subject.team_id)
    if set(ids_in(team.staff_ids)) - set(ids_in(team.pledged_ids)):
        raise p.refuse(RefusalCode.ACCESS_DENIED, field="given_to")


def let_team_know(p: Providing) -> None:
    """The inspection office always knows; the team if the note is given to it: its people at this unit."""
    item = p.subject
    item.given_to, item.provided_on = p.paper.given_to.value, p.today
    if p.paper.given_to is SupportTo.TEAM:
        item.staff_ids = p.session.get_one(Engagement, item.engagement_id).staff_ids


PROVIDE_SUPPORT = Act(
    name="provide_inspection_support",
    zh="提供配合巡察情况材料",
    en="Provide a note in support of the inspection",
    clauses=("LZ-20.10",),
    on=InspectionSupport,
    by=LEADERS,
    paper=SupportNote,
    when=("awaited",),
    becomes="provided",
    documents=(
        Document("inspection_support_note", "配合巡察情况材料(盖章扫描)", "LZ-20.10", required=False),
    ),
    guards=(clues_go_to_the_cleared_alone,),
    effect=let_team_know,
    fills=(Fills("LZ-20.10"),),
    hands_on=(
        HandOn(
            SupportProvided,
            lambda p: SupportProvided(
                round_id=p.subject.round_id,
                office_id=p.subject.office_id,
                provided_on=p.subject.provided_on,
            ),
        ),
    ),
    tells=(Tells("inspection_office", "inspection_support_provided", "LZ-20.10"),),
)


def note_warned(p: AnySupport) -> None:
    p.subject.warned_on = p.today


NOTE_SUPPORT_MISSING = Act(
    name="note_support_missing",
    zh="巡察已进驻尚无配合材料",
    en="The team entered and there is no note",
    clauses=("LZ-20.10",),
    on=InspectionSupport,
    by=(),
    paper=Reminder,
    when=("awaited",),
    effect=note_warned,
    keeps_paper=False,
    warns=(Warns("LZ-20.10", lambda _: ("",)),),
    tells=(Tells(HEAD, "inspection_support_missing", "LZ-20.10", office=lambda p: p.subject.office_id),),
)


def support_missing(work: Work) -> list[str]:
    """Units where the team is, of which their office has provided nothing."""
    query = (
        select(InspectionSupport.id)
        .join(Engagement, Engagement.id == InspectionSupport.engagement_id)
        .where(
            InspectionSupport.state == "awaited",
            InspectionSupport.warned_on.is_(None),
            Engagement.entered_on <= work.today,
        )
    )
    return list(work.session.scalars(query))


ACTS: tuple[Act[Any, Any], ...] = (EXPECT_SUPPORT, PROVIDE_SUPPORT, NOTE_SUPPORT_MISSING)
