"""A round's two reports: drafted by the office, finalised by the head, each to its own body (32.1, 32.4)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.events.inspection_results import StandingCommitteeHeard
from contracts.refusals import RefusalCode
from services.chassis.access import listed_ids, parties_of, post, visible
from services.chassis.act import Act, HandOn, Opens, Step
from services.chassis.duties import meet_duties
from services.chassis.perform import AnyAct, perform_as_service
from services.chassis.performance import Performance
from services.chassis.subject import RESTRICTED, SEALED
from services.inspection.acts.officials import noon_of
from services.inspection.acts.posts import ANY_OFFICE, OFFICE, ids_in, not_in_the_future, persons_known
from services.inspection.acts.stages import NOTE_ROUND, NOTE_UNIT, enter_stage
from services.inspection.domain.result_codes import Body
from services.inspection.papers.reports import StageNote
from services.inspection.papers.results import (
    BodyAgenda,
    CommitteeHearing,
    ComprehensiveReport,
    Finalising,
    RoundClueReportPaper,
)
from services.inspection.storage_field import FoundClue
from services.inspection.storage_report import ClueReport, UnitReport
from services.inspection.storage_result import RoundClueReport, RoundReport
from services.inspection.storage_round import Round
from services.inspection.storage_unit import Engagement

AnyReport = Performance[Any, Any]
DIRECTORS = (post("inspection_office_director"),)
HEAD = post("leading_group_head", at=None)
HEARD = ("leading_group_heard", "results_finalised", "results_reported")


def round_of(p: AnyReport) -> Round:
    """Raises Refusal(UNKNOWN_REFERENCE) for one that the actor may not know of."""
    knows = p.work.runtime.kinds[Round.KIND].knows
    query = select(Round).where(Round.id == p.paper.round_id, visible(Round, p.work.actor, knows))
    found = p.session.scalars(query).one_or_none()
    if found is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="round_id")
    return found


def every_team_was_heard(clause: str) -> Any:
    def guard(p: AnyReport) -> None:
        if round_of(p).state not in HEARD:
            raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, field="round_id", clauses=(clause,))

    return guard


def comments_are_worked_in(p: AnyReport) -> None:
    """What the leading group commented on is revised, signed and before the office again (XC-31.3a)."""
    open_ones = select(UnitReport.id).where(
        UnitReport.round_id == p.paper.round_id, UnitReport.state != "final"
    )
    if p.session.scalars(open_ones.limit(1)).first() is not None:
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, field="round_id", clauses=("XC-31.3a",))


def only_one(model: type[Any]) -> Any:
    def guard(p: AnyReport) -> None:
        same = select(model.id).where(model.round_id == p.paper.round_id)
        if p.session.scalars(same).first() is not None:
            raise p.refuse(RefusalCode.DUPLICATE, field="round_id")

    return guard


def of_the_round(p: AnyReport) -> dict[str, Any]:
    """Columns of a report that is being opened."""
    return {
        "id": p.work.new_id(), "no": "", "state": "drafted", "version": 0, "office_id": round_of(p).office_id,
        "unit_id": "", "registrar_id": "", "handler_id": p.work.actor.person_id, "liaison_office_id": "",
        "addressee_id": "", "opened_on": p.today, "changed_at": p.work.now, "round_id": p.paper.round_id,
    }  # fmt: skip


DRAFT_ROUND_REPORT = Act(
    name="draft_round_report",
    zh="起草巡察综合情况报告",
    en="Draft the comprehensive report",
    clauses=("XC-32.1a", "XC-31.3a"),
    on=RoundReport,
    by=ANY_OFFICE,
    paper=ComprehensiveReport,
    new=lambda p: RoundReport(**of_the_round(p), secrecy=RESTRICTED),
    becomes="drafted",
    guards=(every_team_was_heard("XC-32.1a"), comments_are_worked_in, only_one(RoundReport)),
)


def signed_clues(p: AnyReport) -> set[str]:
    """Ids of the clues in the teams' clue reports of the round."""
    reports = select(ClueReport.clue_ids).where(
        ClueReport.round_id == p.paper.round_id, ClueReport.submitted_on.is_not(None)
    )
    return {clue for listed in p.session.scalars(reports) for clue in ids_in(listed)}


def holds_every_clue(p: Performance[RoundClueReport, RoundClueReportPaper]) -> None:
    named = {line.clue_id for line in p.paper.clues}
    known = signed_clues(p)
    if named - known:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="clues.clue_id")
    if known - named:
        raise p.refuse(RefusalCode.CONTENT_RULE, field="clues", clauses=("XC-32.1b",))


def keep_clues(p: Performance[RoundClueReport, RoundClueReportPaper]) -> None:
    p.subject.clue_ids = listed_ids(line.clue_id for line in p.paper.clues)
    p.subject.important_ids = listed_ids(line.clue_id for line in p.paper.clues if line.important)
    for clue in clues_of(p):
        for person in parties_of(p.session, clue):
            p.add_party(person)


def clues_of(p: Performance[RoundClueReport, Any]) -> list[FoundClue]:
    query = select(FoundClue).where(FoundClue.id.in_(ids_in(p.subject.clue_ids))).order_by(FoundClue.id)
    return list(p.session.scalars(query.with_for_update()))


DRAFT_ROUND_CLUES = Act(
    name="draft_round_clue_report",
    zh="起草本轮问题线索报告",
    en="Draft the round's clue report",
    clauses=("XC-32.1b",),
    on=RoundClueReport,
    by=(post("inspection_office_director", at=None),),
    paper=RoundClueReportPaper,
    new=lambda p: RoundClueReport(**of_the_round(p), secrecy=SEALED),
    becomes="drafted",
    guards=(every_team_was_heard("XC-32.1b"), only_one(RoundClueReport), holds_every_clue),
    effect=keep_clues,
)


def go_on_when_both_are_final(p: AnyReport) -> None:
    p.subject.finalised_on = p.today
    p.session.flush()
    drafted = [
        p.session.scalars(select(model.state).where(model.round_id == p.subject.round_id)).first()
        for model in (RoundReport, RoundClueReport)
    ]
    if all(state not in (None, "drafted") for state in drafted):
        of = p.session.get_one(Round, p.subject.round_id, with_for_update=True)
        enter_stage(p.work, NOTE_ROUND, of, "results_finalised")


def clues_are_in_the_report(p: Performance[RoundClueReport, Any]) -> None:
    for clue in clues_of(p):
        if clue.state == "in_team_report":
            perform_as_service(p.work, NOTE_CLUE, StageNote(stage="in_round_report"), clue)
    go_on_when_both_are_final(p)


def move_clue(p: Performance[FoundClue, StageNote]) -> None:
    p.subject.state = p.paper.stage


NOTE_CLUE = Act(
    name="note_stage",
    zh="阶段变化",
    en="The stage changes",
    clauses=("XC-32.1c", "XC-32.3a"),
    on=FoundClue,
    by=(),
    paper=StageNote,
    effect=move_clue,
    keeps_paper=False,
)


def _finalising(model: type[Any], by: Any, effect: Any) -> AnyAct:
    return Act(
        name="finalise_report",
        zh="报请领导小组组长审定",
        en="Have the head finalise the report",
        clauses=("XC-32.1c",),
        on=model,
        by=by,
        paper=Finalising,
        when=("drafted",),
        becomes="finalised",
        approvals=(Step(HEAD, "领导小组组长审定", "XC-32.1c", sole=True),),
        effect=effect,
    )


def for_this_body(body: Body) -> Any:
    def guard(p: Performance[Any, BodyAgenda]) -> None:
        if p.paper.body is not body:
            raise p.refuse(RefusalCode.WRONG_ADDRESSEE, field="body", clauses=("XC-32.1d",))
        persons_known(p, p.paper.attendee_ids, "attendee_ids")

    return guard


def attendees_may_read(p: Performance[Any, BodyAgenda]) -> None:
    p.subject.planned_on = p.paper.planned_on
    p.subject.attendee_ids = listed_ids(dict.fromkeys(p.paper.attendee_ids))


def _agenda(model: type[Any], by: Any, body: Body) -> AnyAct:
    return Act(
        name="put_on_agenda",
        zh="提交会议",
        en="Put the report on an agenda",
        clauses=("XC-32.1d", "XC-32.1c"),
        on=model,
        by=by,
        paper=BodyAgenda,
        when=("finalised",),
        otherwise={"drafted": RefusalCode.APPROVAL_REQUIRED},
        guards=(for_this_body(body),),
        effect=attendees_may_read,
    )


def body_has_heard(p: Performance[Round, StageNote], body: Body) -> None:
    """The clock of that body ends with the day of its meeting."""
    if p.paper.day is None:
        raise LookupError("a hearing has its day")
    at = noon_of(p.paper.day, p.work.now)
    p.met += meet_duties(p.work, p.subject, "XC-32.2a", body.value, at=at)


def note_committee(p: Performance[Round, StageNote]) -> None:
    p.subject.committee_heard_on = p.paper.day
    body_has_heard(p, Body.COMMITTEE)


NOTE_COMMITTEE_HEARD = Act(
    name="note_committee_heard",
    zh="常委会已听取",
    en="The standing committee heard the round",
    clauses=("XC-32.2a", "XC-32.4a"),
    on=Round,
    by=(),
    paper=StageNote,
    effect=note_committee,
    keeps_paper=False,
)
NOTE_UNIT_BEFORE_COMMITTEE = Act(
    name="note_committee_heard",
    zh="常委会已听取",
    en="The standing committee heard the round",
    clauses=("XC-33.1c", "XC-32.4a"),
    on=Engagement,
    by=(),
    paper=StageNote,
    opens=(
        Opens(
            "XC-33.1c",
            "submit_within",
            "inspection_team",
            lambda p: p.paper.day,
            owed_person=lambda p: p.subject.leader_id,
        ),
    ),
    keeps_paper=False,
)
"""From here the drafts of the feedback are awaited, though they need the secretary's meeting too (reading A14)."""


def units_of(p: AnyReport) -> list[Engagement]:
    of_round = select(Engagement).where(Engagement.round_id == p.subject.round_id).order_by(Engagement.id)
    return list(p.session.scalars(of_round.with_for_update()))


def committee_heard(p: Performance[RoundReport, CommitteeHearing]) -> None:
    p.subject.heard_on = p.paper.held_on
    note = StageNote(stage="heard", day=p.paper.held_on)
    of = p.session.get_one(Round, p.subject.round_id, with_for_update=True)
    perform_as_service(p.work, NOTE_COMMITTEE_HEARD, note, of)
    for unit in units_of(p):
        perform_as_service(p.work, NOTE_UNIT_BEFORE_COMMITTEE, note, unit)
    results_are_reported(p)


def results_are_reported(p: AnyReport) -> None:
    """Once both bodies have heard, in any order, and the secretary's opinions are on record."""
    p.session.flush()
    committee = select(RoundReport.state).where(RoundReport.round_id == p.subject.round_id)
    secretary = select(RoundClueReport.state).where(RoundClueReport.round_id == p.subject.round_id)
    if p.session.scalars(committee).first() != "heard":
        return
    if p.session.scalars(secretary).first() not in ("decided", "filed"):
        return
    of = p.session.get_one(Round, p.subject.round_id, with_for_update=True)
    enter_stage(p.work, NOTE_ROUND, of, "results_reported")
    for unit in units_of(p):
        enter_stage(p.work, NOTE_UNIT, unit, "results_reported")


HOLD_COMMITTEE = Act(
    name="hold_standing_committee",
    zh="登记常委会听取",
    en="Record the hearing by the standing committee",
    clauses=("XC-32.4a", "XC-32.2a"),
    on=RoundReport,
    by=OFFICE,
    paper=CommitteeHearing,
    when=("finalised",),
    otherwise={"drafted": RefusalCode.APPROVAL_REQUIRED},
    becomes="heard",
    guards=(not_in_the_future("held_on"),),
    effect=committee_heard,
    hands_on=(
        HandOn(
            StandingCommitteeHeard,
            lambda p: StandingCommitteeHeard(
                round_id=p.subject.round_id,
                held_on=p.paper.held_on,
                rectification_requirements=p.filed.id if p.filed else p.subject.id,
            ),
        ),
    ),
)
ACTS: tuple[AnyAct, ...] = (
    DRAFT_ROUND_REPORT,
    DRAFT_ROUND_CLUES,
    NOTE_CLUE,
    _finalising(RoundReport, OFFICE, go_on_when_both_are_final),
    _finalising(RoundClueReport, DIRECTORS, clues_are_in_the_report),
    _agenda(RoundReport, OFFICE, Body.COMMITTEE),
    _agenda(RoundClueReport, DIRECTORS, Body.SECRETARY),
    NOTE_COMMITTEE_HEARD,
    NOTE_UNIT_BEFORE_COMMITTEE,
    HOLD_COMMITTEE,
)
