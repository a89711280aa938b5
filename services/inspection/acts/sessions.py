"""Sessions of a team's affairs meeting: who calls it, who is there, what is decided (XC-3.1b to XC-3.1g)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, orm, select

from contracts.refusals import RefusalCode
from services.chassis.access import anyone, listed_ids
from services.chassis.act import Act, Document, Warns
from services.chassis.gaps import gaps_of
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.chassis.subject import RESTRICTED, SEALED
from services.chassis.values import value_in_force
from services.inspection.acts.engagement import known_team
from services.inspection.acts.posts import (
    LEADER,
    RECORDER,
    TAKES_PART,
    TEAM_HEADS,
    ids_in,
    not_in_the_future,
    team_of,
)
from services.inspection.papers.meetings import Reminder
from services.inspection.papers.people import DissentReport, MinutesAmendment, SessionMinutes
from services.inspection.storage_round import Team
from services.inspection.storage_unit import Engagement, Session

Holding = Performance[Session, SessionMinutes]


def of_its_meeting(p: Holding) -> None:
    """The recorder files it, or one of those who sit in the meeting; there is one only once it is constituted."""
    team, actor = known_team(p), p.work.actor.person_id
    if actor not in (team.leader_id, *ids_in(team.deputy_ids), team.liaison_id, team.recorder_id):
        raise p.refuse(RefusalCode.WRONG_ROLE, clauses=("XC-3.1b",))
    if team.state in ("approved", "authorised"):
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, field="team_id", clauses=("XC-3.1a",))


def called_by_who_may(p: Holding) -> None:
    team = known_team(p)
    if p.paper.convenor_id == team.leader_id:
        return
    if p.paper.convenor_id not in ids_in(team.deputy_ids) or not p.paper.delegation:
        raise p.refuse(RefusalCode.WRONG_ROLE, field="convenor_id", clauses=("XC-3.1b",))


def restricted_by_the_leader(p: Holding) -> None:
    if p.paper.restricted and p.work.actor.person_id != known_team(p).leader_id:
        raise p.refuse(RefusalCode.WRONG_ROLE, field="restricted", clauses=("XC-3.1d",))


def participants_are_of_the_team(p: Holding) -> None:
    if not set(p.paper.participant_ids) <= set(ids_in(known_team(p).staff_ids)):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="participant_ids")


def has_a_recorder(p: Holding) -> None:
    if not p.paper.recorder_id:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="recorder_id", clauses=("XC-3.1g",))
    if p.paper.recorder_id not in ids_in(known_team(p).staff_ids):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="recorder_id", clauses=("XC-3.1g",))


def leader_decides_on_disagreement(p: Holding) -> None:
    if not p.paper.disagreement:
        return
    for field in ("decision", "dissent"):
        if not getattr(p.paper, field):
            raise p.refuse(RefusalCode.MISSING_FIELD, field=field, clauses=("XC-3.1e",))
    if p.paper.decided_by_id != known_team(p).leader_id:
        raise p.refuse(RefusalCode.WRONG_ROLE, field="decided_by_id", clauses=("XC-3.1e",))


def held(p: Holding) -> Session:
    team, paper = known_team(p), p.paper
    sealed = paper.restricted
    present = [*paper.participant_ids, *([paper.recorder_id] if sealed else [])]
    return Session(
        id=p.work.new_id(), no="", state="held", version=0, secrecy=SEALED if sealed else RESTRICTED,
        office_id=team.office_id, registrar_id="" if sealed else p.work.actor.person_id, handler_id="", unit_id="",
        liaison_office_id="", addressee_id="", opened_on=paper.held_on, changed_at=p.work.now,
        round_id=team.round_id, team_id=team.id, held_on=paper.held_on, restricted=sealed, leader_id=team.leader_id,
        deputy_ids=team.deputy_ids, liaison_id=team.liaison_id, recorder_id=paper.recorder_id,
        participant_ids=listed_ids(dict.fromkeys(present)),
        matters=listed_ids(matter.value for matter in paper.matters),
        major_dissent=paper.disagreement and paper.major,
    )  # fmt: skip


def sessions_lacking(session: orm.Session, team: Team, today: date) -> bool:
    """More days than the interval since the last session, or since the team entered.

    A restricted session does not count: nobody learns by a gap that is not there that one was held (XC-3.1d).
    """
    held = select(func.max(Session.held_on)).where(
        Session.team_id == team.id, Session.secrecy == RESTRICTED, Session.held_on <= today
    )
    entered = select(func.min(Engagement.entered_on)).where(Engagement.team_id == team.id)
    since = [day for day in (session.scalar(held), session.scalar(entered)) if day is not None]
    every = int(value_in_force(session, "XC-3.1b", "sit_every", today).amount)
    return team.state == "on_site" and bool(since) and today > max(since) + timedelta(days=every)


NOTE_SESSIONS = Act(
    name="note_sessions",
    zh="组务会召开情况",
    en="Whether the affairs meeting sits regularly",
    clauses=("XC-3.1b",),
    on=Team,
    by=(),
    paper=Reminder,
    warns=(Warns("XC-3.1b", lambda p: ("",) if sessions_lacking(p.session, p.subject, p.today) else ()),),
    keeps_paper=False,
)


def fill_gap(p: Holding) -> None:
    p.session.flush()
    team = p.session.get_one(Team, p.subject.team_id)
    open_gap = any(gap.clause == "XC-3.1b" and gap.filled_at is None for gap in gaps_of(p.session, team))
    if open_gap and not p.subject.restricted:
        perform_as_service(p.work, NOTE_SESSIONS, Reminder(), team_of(p, team.id))


HOLD_SESSION = Act(
    name="hold_session",
    zh="登记组务会",
    en="File the minutes of a session",
    clauses=("XC-3.1b", "XC-3.1c", "XC-3.1d", "XC-3.1e", "XC-3.1g"),
    on=Session,
    by=(TAKES_PART,),
    paper=SessionMinutes,
    new=held,
    becomes="held",
    guards=(
        of_its_meeting,
        not_in_the_future("held_on"),
        called_by_who_may,
        restricted_by_the_leader,
        participants_are_of_the_team,
        has_a_recorder,
        leader_decides_on_disagreement,
    ),
    effect=fill_gap,
)


def count_version(p: Performance[Session, MinutesAmendment]) -> None:
    p.subject.version_no += 1
    p.facts |= {"minutes_version": p.subject.version_no}


AMEND_MINUTES = Act(
    name="amend_minutes",
    zh="更正组务会记录",
    en="File a new version of the minutes",
    clauses=("XC-3.1g",),
    on=Session,
    by=(anyone(RECORDER), anyone(LEADER)),
    paper=MinutesAmendment,
    when=("held",),
    anytime=True,
    effect=count_version,
)


def has_major_dissent(p: Performance[Session, Any]) -> None:
    if not p.subject.major_dissent:
        raise p.refuse(RefusalCode.WRONG_STATE, clauses=("XC-3.1f",))
    if p.subject.dissent_reported_on is not None:
        raise p.refuse(RefusalCode.DUPLICATE, clauses=("XC-3.1f",))


def note_dissent_report(p: Performance[Session, DissentReport]) -> None:
    p.subject.dissent_reported_on = p.today
    p.facts |= {"channel": p.paper.channel.value}


REPORT_DISSENT = Act(
    name="report_dissent",
    zh="报告重大分歧",
    en="Report differing views on a major issue",
    clauses=("XC-3.1f",),
    on=Session,
    by=TEAM_HEADS,
    paper=DissentReport,
    when=("held",),
    documents=(Document("dissent_report", "不同意见报告(扫描)", "XC-3.1f", required=False),),
    needs=(has_major_dissent,),
    effect=note_dissent_report,
)
ACTS = (HOLD_SESSION, NOTE_SESSIONS, AMEND_MINUTES, REPORT_DISSENT)
