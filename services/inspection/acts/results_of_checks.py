"""What spot checks and special checks found goes into clues and into the inspection report (XC-14.3a, XC-22.0c)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.refusals import RefusalCode
from services.chassis.access import listed_ids, visible
from services.chassis.act import Act
from services.chassis.duties import meet_duties
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.inspection.acts.found_clues import KEEPERS, REGISTER_FOUND_CLUE, entered, note_subjects
from services.inspection.acts.posts import TAKES_PART, TEAM, ids_in
from services.inspection.acts.preparation import engagement_of
from services.inspection.papers.asked import ResultUsed, SpecialCheckReport, SpotCheckClue, SpotCheckUse
from services.inspection.papers.field import FoundClueEntry
from services.inspection.storage_field import FoundClue, SpotCheckRequest
from services.inspection.storage_report import ClueReport, UnitReport
from services.inspection.storage_unit import Engagement

Using = Performance[FoundClue, SpotCheckUse]
Opening = Performance[FoundClue, SpotCheckClue]
AFTER_ENTRY = ("fieldwork", "withdrawal_prepared", "withdrawn")


def result_of(p: Performance[FoundClue, Any], engagement_id: str) -> SpotCheckRequest:
    """The list with the result; raises Refusal(OUT_OF_SCOPE) for a person whose form suspects nothing."""
    knows = p.work.runtime.kinds[SpotCheckRequest.KIND].knows
    query = select(SpotCheckRequest).where(
        SpotCheckRequest.id == p.paper.spot_check_id,
        SpotCheckRequest.engagement_id == engagement_id,
        visible(SpotCheckRequest, p.work.actor, knows),
    )
    found = p.session.scalars(query.with_for_update()).one_or_none()
    if found is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="spot_check_id", clauses=("XC-14.3a",))
    if p.paper.person_id not in ids_in(found.suspected_persons):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="person_id", clauses=("XC-14.3a",))
    return found


def is_about_the_cadre(p: Using) -> None:
    if p.paper.person_id not in p.standing.reported:
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="person_id", clauses=("XC-14.3a",))
    result_of(p, p.subject.engagement_id)


def note_use(p: Performance[FoundClue, Any]) -> None:
    used = ResultUsed(person_id=p.paper.person_id, clue_id=p.subject.id)
    perform_as_service(p.work, NOTE_USED, used, result_of(p, p.subject.engagement_id))


WRITE_INTO_CLUE = Act(
    name="write_spot_check_into_clue",
    zh="抽查核实结果写入线索",
    en="Write a result of a spot check into the clue",
    clauses=("XC-14.3a",),
    on=FoundClue,
    by=KEEPERS,
    paper=SpotCheckUse,
    when=("registered", "classified"),
    anytime=True,
    guards=(is_about_the_cadre,),
    effect=note_use,
)


def of_a_known_result(p: Opening) -> None:
    result_of(p, engagement_of(p).id)
    register = as_found(p)
    for guard in REGISTER_FOUND_CLUE.guards:
        guard(register)


def as_found(p: Opening) -> Performance[FoundClue, FoundClueEntry]:
    entry = FoundClueEntry(
        engagement_id=p.paper.engagement_id,
        source_kind="spot_check",
        source_id=p.paper.spot_check_id,
        subject_ids=(p.paper.person_id,),
        summary=p.paper.finding,
    )
    return Performance(p.work, REGISTER_FOUND_CLUE, entry, {})


def enter_and_note(p: Opening) -> None:
    register = as_found(p)
    register.subject = p.subject
    note_use(p)
    note_subjects(register)


OPEN_CLUE = Act(
    name="open_clue_of_spot_check",
    zh="抽查核实结果转问题线索",
    en="Open a clue of a spot check",
    clauses=("XC-14.3a",),
    on=FoundClue,
    by=(TAKES_PART,),
    paper=SpotCheckClue,
    new=lambda p: entered(as_found(p)),
    becomes="registered",
    guards=(of_a_known_result,),
    effect=enter_and_note,
    opens=REGISTER_FOUND_CLUE.opens,
)


def note_person(p: Performance[SpotCheckRequest, ResultUsed]) -> None:
    """The clock stops when the last suspicion stands in a clue. Who carries the list learns of no clue."""
    p.subject.used_persons = listed_ids(dict.fromkeys([*ids_in(p.subject.used_persons), p.paper.person_id]))
    if set(ids_in(p.subject.suspected_persons)) <= set(ids_in(p.subject.used_persons)):
        p.met += meet_duties(p.work, p.subject, "XC-14.3a")


NOTE_USED = Act(
    name="note_result_used",
    zh="抽查核实结果已运用",
    en="The result stands in a clue",
    clauses=("XC-14.3a",),
    on=SpotCheckRequest,
    by=(),
    paper=ResultUsed,
    effect=note_person,
    keeps_paper=False,
)


def spot_checks_at(p: Performance[Any, Any]) -> list[SpotCheckRequest]:
    """The lists of the unit with a suspicion on them."""
    query = select(SpotCheckRequest).where(
        SpotCheckRequest.engagement_id == p.subject.engagement_id, SpotCheckRequest.suspected_persons != ""
    )
    return list(p.session.scalars(query.order_by(SpotCheckRequest.id)))


def every_suspicion_is_in_a_clue(p: Performance[ClueReport, Any]) -> None:
    for one in spot_checks_at(p):
        if set(ids_in(one.suspected_persons)) - set(ids_in(one.used_persons)):
            raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, clauses=("XC-14.3a",))


def spot_checks_are_reflected(p: Performance[UnitReport, Any]) -> None:
    if {one.id for one in spot_checks_at(p)} - set(ids_in(p.subject.cited_spot_checks)):
        raise p.refuse(RefusalCode.CONTENT_RULE, field="cited_spot_checks", clauses=("XC-14.3a",))


def was_ordered(p: Performance[Engagement, SpecialCheckReport]) -> None:
    if p.paper.topic.value not in ids_in(p.subject.special_topics):
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, field="topic", clauses=("XC-22.0c",))


def note_report(p: Performance[Engagement, SpecialCheckReport]) -> None:
    topics = dict.fromkeys([*ids_in(p.subject.reported_topics), p.paper.topic.value])
    p.subject.reported_topics = listed_ids(topics)


REPORT_SPECIAL_CHECK = Act(
    name="report_special_check",
    zh="提交专项检查报告",
    en="Write the special check report",
    clauses=("XC-22.0c",),
    on=Engagement,
    by=TEAM,
    paper=SpecialCheckReport,
    when=AFTER_ENTRY,
    anytime=True,
    guards=(was_ordered,),
    effect=note_report,
)


def special_checks_are_reflected(p: Performance[UnitReport, Any]) -> None:
    of = p.session.get_one(Engagement, p.subject.engagement_id)
    ordered, reported = set(ids_in(of.special_topics)), set(ids_in(of.reported_topics))
    if ordered - reported:
        raise p.refuse(RefusalCode.MISSING_DOCUMENT, clauses=("XC-22.0c",))
    if ordered - set(ids_in(p.subject.cited_topics)):
        raise p.refuse(RefusalCode.CONTENT_RULE, field="cited_topics", clauses=("XC-22.0c",))


ACTS: tuple[Act[Any, Any], ...] = (WRITE_INTO_CLUE, OPEN_CLUE, NOTE_USED, REPORT_SPECIAL_CHECK)
