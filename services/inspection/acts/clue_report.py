"""The clue report on a unit, sealed: every clue of the register, what was learned, a class for each (29.4, 30.0b)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from contracts.refusals import RefusalCode
from services.chassis.access import OWN_OFFICE, anyone, listed_ids, parties_of, post, visible
from services.chassis.act import Act, Warns
from services.chassis.perform import AnyAct, perform_as_service
from services.chassis.performance import Performance
from services.chassis.subject import SEALED
from services.chassis.values import value_in_force
from services.inspection.acts import survey_points
from services.inspection.acts.clue_ledger import enter_found
from services.inspection.acts.posts import AUTHOR, LAID_BEFORE, LEADER, TAKES_PART, ids_in
from services.inspection.acts.preparation import engagement_of
from services.inspection.acts.report_steps import (
    each_suggestion_is_answered,
    is_withdrawn,
    of_the_unit,
    only_one,
    passing,
    returning,
    signing,
    submitting,
)
from services.inspection.acts.results_of_checks import every_suspicion_is_in_a_clue
from services.inspection.domain.field_codes import ClueClass
from services.inspection.domain.result_codes import ClueEntryKind
from services.inspection.papers.reports import (
    ClueEntry,
    ClueReportPaper,
    RevisedClueReport,
    StageNote,
)
from services.inspection.storage_field import FoundClue
from services.inspection.storage_report import ClueReport
from services.inspection.storage_round import Team

Drafting = Performance[ClueReport, ClueReportPaper]
Writing = Performance[ClueReport, Any]
"""On `ClueEntries`, first or revised."""
LEADERS = ("leading_group_head", "standing_deputy_head", "leading_group_deputy")
BEFORE = ("inspection_office_director", *LEADERS)
WRITERS = (anyone(LEADER), anyone(AUTHOR))
DIRECTOR = (post("inspection_office_director", at=(OWN_OFFICE, LAID_BEFORE)),)


def by_who_keeps_the_register(p: Drafting) -> None:
    """Leader, deputies and liaison: others may not know which clues there are (XC-5.3c)."""
    of = engagement_of(p)
    team = p.session.get_one(Team, of.team_id)
    if p.work.actor.person_id not in (of.leader_id, *ids_in(of.deputy_ids), team.liaison_id):
        raise p.refuse(RefusalCode.WRONG_ROLE, clauses=("XC-29.4a",))


def clues_named(p: Writing, engagement_id: str) -> dict[str, FoundClue]:
    """Raises Refusal(UNKNOWN_REFERENCE) for one that is not in the unit's register, or not for the actor to know."""
    knows = p.work.runtime.kinds[FoundClue.KIND].knows
    wanted = [entry.clue_id for entry in p.paper.entries]
    query = select(FoundClue).where(
        FoundClue.id.in_(wanted),
        FoundClue.engagement_id == engagement_id,
        visible(FoundClue, p.work.actor, knows),
    )
    found = {clue.id: clue for clue in p.session.scalars(query)}
    if set(wanted) - set(found):
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="entries.clue_id")
    return found


def holds_clues_alone(p: Writing) -> None:
    for entry in p.paper.entries:
        if entry.entry_kind is not ClueEntryKind.CLUE:
            raise p.refuse(RefusalCode.CONTENT_RULE, field="entries.entry_kind", clauses=("XC-29.4c",))
        if entry.classification_opinion is ClueClass.FURTHER_ATTENTION and not entry.justification:
            raise p.refuse(RefusalCode.MISSING_FIELD, field="entries.justification", clauses=("XC-29.4b",))


def drafted_clues(p: Drafting) -> None:
    clues_named(p, p.paper.engagement_id)


def drafted(p: Drafting) -> ClueReport:
    return ClueReport(**of_the_unit(p), secrecy=SEALED, unit_id="", handler_id="")


def keep_entries(p: Writing) -> None:
    found, item = clues_named(p, p.subject.engagement_id), p.subject

    def numbers(entries: Iterable[ClueEntry]) -> str:
        return listed_ids(sorted(found[entry.clue_id].no for entry in entries))

    item.clue_ids = listed_ids(found)
    item.unclassed = numbers(e for e in p.paper.entries if e.classification_opinion is None)
    item.unlearned = numbers(e for e in p.paper.entries if not e.what_was_learned)
    further = ClueClass.FURTHER_ATTENTION
    item.attention = sum(entry.classification_opinion is further for entry in p.paper.entries)
    item.suggestions = 0
    for clue in found.values():
        for person in parties_of(p.session, clue):
            p.add_party(person)


DRAFT = Act(
    name="draft_clue_report",
    zh="起草问题线索报告",
    en="Draft the clue report",
    clauses=("XC-29.4a", "XC-29.4b", "XC-29.4c"),
    on=ClueReport,
    by=(TAKES_PART,),
    paper=ClueReportPaper,
    new=drafted,
    becomes="drafted",
    guards=(
        is_withdrawn,
        by_who_keeps_the_register,
        only_one(ClueReport),
        holds_clues_alone,
        drafted_clues,
    ),
    effect=keep_entries,
)


def every_entry_is_whole(p: Performance[ClueReport, Any]) -> None:
    lacking = (
        ("classification_opinion", "unclassed", "XC-29.4a"),
        ("what_was_learned", "unlearned", "XC-29.4c"),
    )
    for field, column, clause in lacking:
        if numbers := ids_in(getattr(p.subject, column)):
            refusal = p.refuse(RefusalCode.MISSING_FIELD, field=f"entries.{field}", clauses=(clause,))
            refusal.detail_zh = f"尚未填写的线索:{'、'.join(numbers)}"
            refusal.detail_en = f"Not filled in for: {', '.join(numbers)}"
            raise refusal


def no_clue_of_the_register_is_left_out(p: Performance[ClueReport, Any]) -> None:
    """But those that have left already; what an earlier version held stays in."""
    kept = select(FoundClue.id).where(
        FoundClue.engagement_id == p.subject.engagement_id, FoundClue.state != "transferred"
    )
    if set(p.session.scalars(kept)) - set(ids_in(p.subject.clue_ids)):
        raise p.refuse(RefusalCode.CONTENT_RULE, field="entries", clauses=("XC-29.4a",))


def meeting_has_classed_them(p: Performance[ClueReport, Any]) -> None:
    unclassed = select(FoundClue.id).where(
        FoundClue.id.in_(ids_in(p.subject.clue_ids)), FoundClue.state == "registered"
    )
    if p.session.scalars(unclassed.limit(1)).first() is not None:
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, clauses=("XC-3.1c",))


def too_many_under_attention(p: Performance[ClueReport, Any]) -> tuple[str, ...]:
    """Share of the further-attention class against the ceiling in force, in percent."""
    clues = len(ids_in(p.subject.clue_ids))
    ceiling = int(value_in_force(p.session, "XC-29.4b", "attention_share", p.today).amount)
    return ("",) if p.subject.attention * 100 > ceiling * clues else ()


SIGN = signing(
    ClueReport,
    WRITERS,
    ("XC-29.4d", "XC-29.4a", "XC-29.4b", "XC-29.4c", "XC-14.3a"),
    guards=(
        every_suspicion_is_in_a_clue,
        every_entry_is_whole,
        no_clue_of_the_register_is_left_out,
        meeting_has_classed_them,
    ),
    warns=(Warns("XC-29.4b", too_many_under_attention),),
)


def lay_clue_before(p: Performance[FoundClue, StageNote]) -> None:
    p.subject.before_roles = listed_ids(dict.fromkeys([*ids_in(p.subject.before_roles), *BEFORE]))


NOTE_REPORTED = Act(
    name="note_reported",
    zh="列入问题线索报告",
    en="The clue is in the team's report",
    clauses=("XC-29.4d",),
    on=FoundClue,
    by=(),
    paper=StageNote,
    when=("classified",),
    becomes="in_team_report",
    effect=lay_clue_before,
    keeps_paper=False,
)


def clues_are_reported(p: Performance[ClueReport, Any]) -> None:
    named = select(FoundClue).where(FoundClue.id.in_(ids_in(p.subject.clue_ids))).with_for_update()
    for clue in p.session.scalars(named).all():
        if clue.state == "classified":
            perform_as_service(p.work, NOTE_REPORTED, StageNote(stage="in_team_report"), clue)
        enter_found(p.work, clue)


SUBMIT = submitting(
    ClueReport,
    "clue",
    ("XC-29.4d", "XC-37.4a", survey_points.CLAUSE),
    BEFORE,
    then=clues_are_reported,
    **survey_points.NOTED,
)


def revised_clues(p: Performance[ClueReport, RevisedClueReport]) -> None:
    clues_named(p, p.subject.engagement_id)


REVISE = Act(
    name="revise_report",
    zh="修改问题线索报告",
    en="Revise the clue report",
    clauses=("XC-30.0b", "XC-29.4b", "XC-29.4c"),
    on=ClueReport,
    by=WRITERS,
    paper=RevisedClueReport,
    when=("drafted", "returned"),
    becomes="revised",
    guards=(each_suggestion_is_answered, holds_clues_alone, revised_clues),
    effect=keep_entries,
)
ACTS: tuple[AnyAct, ...] = (
    DRAFT,
    SIGN,
    NOTE_REPORTED,
    SUBMIT,
    returning(ClueReport, DIRECTOR),
    REVISE,
    passing(ClueReport, DIRECTOR),
)
