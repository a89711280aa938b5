"""The entry is made public, and the unit's reports are heard (steps 10 and 11)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.events.inspection_entry import (
    AnnouncementApproved,
    EntryReleaseApproved,
    EntryStatementFiled,
)
from contracts.refusals import RefusalCode
from services.chassis.access import OWN_UNIT, anyone, post
from services.chassis.act import Act, Document, HandOn, Meets, Step, Warns
from services.chassis.performance import Performance
from services.chassis.subject import NORMAL
from services.chassis.tables import Approval, Proposal
from services.inspection.acts.posts import (
    LEADER,
    OFFICE,
    TAKES_PART,
    TEAM,
    TEAM_HEADS,
    ids_in,
    is_principal,
    leadership_of,
    not_in_the_future,
)
from services.inspection.acts.preparation import engagement_of
from services.inspection.domain.entry_codes import MadeKnown, MaterialKind
from services.inspection.papers.entry import (
    Announcement,
    CirculationProof,
    Publication,
    ReleaseClearance,
    ReleaseDraft,
    ReportHearing,
    StatementFiling,
    TopicHearing,
)
from services.inspection.storage_unit import Engagement, Release

AnyEngagement = Performance[Engagement, Any]
Drafting = Performance[Release, ReleaseDraft]
NOT_CLEARED = ("drafted", "template_drafted", "template_approved", "with_unit", "completed_by_unit")
"""States of releases of the entry and of the feedback before their three gates."""


def texts_missing(p: Performance[Engagement, CirculationProof]) -> set[str]:
    return {one.value for one in MadeKnown} - {one.value for one in p.paper.texts}


PROVE_CIRCULATION = Act(
    name="prove_circulation",
    zh="登记党内通报",
    en="Prove that the speeches were made known",
    clauses=("XC-10.1a",),
    on=Engagement,
    by=TEAM,
    paper=CirculationProof,
    when=("fieldwork",),
    documents=(Document("circulation_proof", "通报佐证(扫描)", "XC-10.1a", required=False),),
    warns=(Warns("XC-10.1a", texts_missing),),
)
FILE_STATEMENT = Act(
    name="file_statement",
    zh="表态发言报备",
    en="File the statement of position",
    clauses=("XC-10.1b",),
    on=Engagement,
    by=(*TEAM, *OFFICE),
    paper=StatementFiling,
    when=("fieldwork",),
    once=True,
    documents=(Document("statement_of_position", "表态发言(扫描)", "XC-10.1b"),),
    guards=(not_in_the_future("filed_on"),),
    hands_on=(
        HandOn(
            EntryStatementFiled,
            lambda p: EntryStatementFiled(
                round_id=p.subject.round_id, unit_id=p.subject.unit_id, filed_on=p.paper.filed_on
            ),
        ),
    ),
)


def has_entered(p: Drafting) -> None:
    if engagement_of(p).entered_on is None:
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, field="engagement_id")


def drafted(p: Drafting) -> Release:
    of = engagement_of(p)
    return Release(
        id=p.work.new_id(), no="", state="drafted", version=0, secrecy=NORMAL, office_id=of.office_id,
        unit_id=of.unit_id, registrar_id=p.work.actor.person_id, handler_id=p.work.actor.person_id,
        liaison_office_id="", addressee_id="", opened_on=p.today, changed_at=p.work.now, engagement_id=of.id,
        round_id=of.round_id, occasion_code="entry", leader_id=of.leader_id, staff_ids=of.staff_ids,
    )  # fmt: skip


DRAFT_RELEASE = Act(
    name="draft_release",
    zh="起草新闻稿",
    en="Draft a press release",
    clauses=("XC-10.2a",),
    on=Release,
    by=(TAKES_PART,),
    paper=ReleaseDraft,
    new=drafted,
    becomes="drafted",
    guards=(has_entered,),
)


def note_clearance(p: Performance[Release, ReleaseClearance]) -> None:
    p.subject.cleared_on = p.today


def gates_passed(p: Performance[Release, Any]) -> tuple[str, ...]:
    query = (
        select(Approval.person_id)
        .join(Proposal, Proposal.id == Approval.proposal_id)
        .where(Proposal.subject_id == p.subject.id, Proposal.act == p.act.name, Proposal.status == "approved")
        .order_by(Approval.step)
    )
    return tuple(p.session.scalars(query))


CLEAR_RELEASE = Act(
    name="clear_release",
    zh="新闻稿送审",
    en="Send a press release through its three gates",
    clauses=("XC-10.2b",),
    on=Release,
    by=TEAM,
    paper=ReleaseClearance,
    when=("drafted",),
    becomes="cleared",
    approvals=(
        Step(post("local_party_head", at=OWN_UNIT), "被巡察党组织主要负责人风险把关", "XC-10.2b"),
        Step(anyone(LEADER), "巡察组组长审定", "XC-10.2b"),
        Step(OFFICE[0], "巡察办审核", "XC-10.2b"),
    ),
    effect=note_clearance,
    hands_on=(
        HandOn(
            EntryReleaseApproved,
            lambda p: EntryReleaseApproved(
                round_id=p.subject.round_id,
                unit_id=p.subject.unit_id,
                release_id=p.subject.id,
                approved_by=gates_passed(p),
            ),
        ),
    ),
)


def note_publication(p: Performance[Release, Publication]) -> None:
    p.subject.published_on = p.paper.published_on


PUBLISH_RELEASE = Act(
    name="publish_release",
    zh="登记新闻稿发布",
    en="Record that a press release was published",
    clauses=("XC-10.2b", "XC-35.2a"),
    on=Release,
    by=(*TEAM, *OFFICE),
    paper=Publication,
    when=("cleared",),
    otherwise=dict.fromkeys(NOT_CLEARED, RefusalCode.APPROVAL_REQUIRED),
    becomes="published",
    guards=(not_in_the_future("published_on"),),
    effect=note_publication,
)


def channels_are_open(p: AnyEngagement) -> None:
    """Boxes and channels come before the announcement that names them."""
    if not p.subject.site_complete:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="box_locations", clauses=("XC-7.3a",))


ANNOUNCE = Act(
    name="announce",
    zh="报审巡察公告",
    en="Have the public announcement checked",
    clauses=("XC-10.3a", "XC-10.3b", "XC-7.3a"),
    on=Engagement,
    by=TEAM,
    paper=Announcement,
    when=("fieldwork",),
    approvals=(Step(anyone(LEADER), "巡察组组长审核", "XC-10.3b", sole=True),),
    needs=(channels_are_open,),
    hands_on=(
        HandOn(
            AnnouncementApproved,
            lambda p: AnnouncementApproved(
                round_id=p.subject.round_id, unit_id=p.subject.unit_id, approved_on=p.today
            ),
        ),
    ),
)


def announcement_is_checked(p: AnyEngagement) -> None:
    if "announce" not in p.standing.done:
        raise p.refuse(RefusalCode.APPROVAL_REQUIRED, clauses=("XC-10.3b",))


PUBLISH_ANNOUNCEMENT = Act(
    name="publish_announcement",
    zh="登记公告发布",
    en="Record that the announcement was published",
    clauses=("XC-10.3a", "XC-10.3b"),
    on=Engagement,
    by=TEAM,
    paper=Publication,
    when=("fieldwork",),
    once=True,
    needs=(announcement_is_checked,),
    guards=(not_in_the_future("published_on"),),
)


def given_by_the_principal(p: Performance[Engagement, ReportHearing]) -> None:
    if not is_principal(p, p.paper.speaker_id, p.subject.unit_id):
        raise p.refuse(RefusalCode.WRONG_ROLE, field="speaker_id", clauses=("XC-11.1a",))


def material_was_checked(p: AnyEngagement) -> None:
    if {one.value for one in MaterialKind} - set(ids_in(p.subject.checked_kinds)):
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, clauses=("XC-7.2a",))


def leaders_absent(p: Performance[Engagement, ReportHearing]) -> set[str]:
    there = {p.paper.speaker_id, *p.paper.attendee_ids}
    return leadership_of(p, p.subject.unit_id) - there


HEAR_REPORT = Act(
    name="hear_report",
    zh="登记听取工作汇报",
    en="Record the hearing of the work report",
    clauses=("XC-11.1a",),
    on=Engagement,
    by=TEAM_HEADS,
    paper=ReportHearing,
    when=("fieldwork",),
    once=True,
    needs=(material_was_checked,),
    guards=(not_in_the_future("held_on"), given_by_the_principal),
    warns=(Warns("XC-11.1a", leaders_absent),),
    meets=(Meets("XC-11.1a"),),
)


def names_who_heard_it(p: Performance[Engagement, TopicHearing]) -> None:
    if not p.paper.hearer_ids:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="hearer_ids", clauses=("XC-11.2a",))


HEAR_TOPIC = Act(
    name="hear_topic",
    zh="登记听取专题汇报",
    en="Record the hearing of a topical report",
    clauses=("XC-11.2a",),
    on=Engagement,
    by=TEAM,
    paper=TopicHearing,
    when=("fieldwork",),
    anytime=True,
    guards=(not_in_the_future("held_on"), names_who_heard_it),
)
ACTS = (
    PROVE_CIRCULATION,
    FILE_STATEMENT,
    DRAFT_RELEASE,
    CLEAR_RELEASE,
    PUBLISH_RELEASE,
    ANNOUNCE,
    PUBLISH_ANNOUNCEMENT,
    HEAR_REPORT,
    HEAR_TOPIC,
)
