"""The team's own register of clues: entered by what they came up on, classed by the affairs meeting (XC-3.1c)."""

from __future__ import annotations

from contracts.refusals import RefusalCode
from services.chassis.access import anyone
from services.chassis.act import Act, Opens
from services.chassis.performance import Performance
from services.chassis.subject import RESTRICTED
from services.inspection.acts.posts import DEPUTY, LEADER, LIAISON, ids_in
from services.inspection.domain.codes import Matter
from services.inspection.papers.field import ClueClassing, FoundClueEntry
from services.inspection.storage_field import FoundClue
from services.inspection.storage_round import Team
from services.inspection.storage_unit import Engagement, Session

KEEPERS = (anyone(LEADER), anyone(DEPUTY), anyone(LIAISON))
"""The liaison manages the clues; leader and deputies see them (XC-5.3c)."""


def entered(p: Performance[FoundClue, FoundClueEntry]) -> FoundClue:
    paper = p.paper
    of = p.session.get_one(Engagement, paper.engagement_id)
    team = p.session.get_one(Team, of.team_id)
    return FoundClue(
        id=p.work.new_id(), no="", state="registered", version=0, secrecy=RESTRICTED, office_id=of.office_id,
        unit_id=of.unit_id, registrar_id="", handler_id="", liaison_office_id="", addressee_id="",
        opened_on=p.today, changed_at=p.work.now, engagement_id=of.id, team_id=team.id, leader_id=team.leader_id,
        deputy_ids=team.deputy_ids, liaison_id=team.liaison_id, source_kind=paper.source_kind,
        source_id=paper.source_id,
    )  # fmt: skip


def has_a_designee(p: Performance[FoundClue, FoundClueEntry]) -> None:
    """Somebody who works on the unit is designated to collect and keep what there is on it (XC-37.1a)."""
    of = p.session.get_one(Engagement, p.paper.engagement_id)
    if p.session.get_one(Team, of.team_id).liaison_id not in ids_in(of.staff_ids):
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, clauses=("XC-37.1a",))


def note_subjects(p: Performance[FoundClue, FoundClueEntry]) -> None:
    for person in p.paper.subject_ids:
        p.add_party(person)
    team = p.session.get_one(Team, p.subject.team_id)
    p.subject.no = f"{team.no}-X{p.work.next_number(f'found_clue/{team.id}'):03d}"


REGISTER_FOUND_CLUE = Act(
    name="register_found_clue",
    zh="登记巡察发现线索",
    en="A clue is entered in the team's register",
    clauses=("XC-12.4b", "XC-37.1a"),
    on=FoundClue,
    by=(),
    paper=FoundClueEntry,
    new=entered,
    becomes="registered",
    guards=(has_a_designee,),
    effect=note_subjects,
    opens=(
        Opens(
            "XC-37.1a",
            "act_within",
            "inspection_team",
            lambda p: p.today,
            owed_person=lambda p: p.subject.liaison_id,
        ),
    ),
)


def was_deliberated(p: Performance[FoundClue, ClueClassing]) -> None:
    """Classes are the affairs meeting's: its minutes are named, and they are of this team and on this matter."""
    session = p.session.get(Session, p.paper.session_id) if p.paper.session_id else None
    if session is None or session.team_id != p.subject.team_id:
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, field="session_id", clauses=("XC-3.1c",))
    if Matter.CLUE_CLASSES.value not in ids_in(session.matters):
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, field="session_id", clauses=("XC-3.1c",))


def keep_class(p: Performance[FoundClue, ClueClassing]) -> None:
    p.subject.class_code = p.paper.class_code.value
    p.subject.minutes_ref = p.paper.session_id


CLASSIFY_CLUE = Act(
    name="classify_clue",
    zh="线索分类",
    en="Class a clue",
    clauses=("XC-3.1c",),
    on=FoundClue,
    by=KEEPERS,
    paper=ClueClassing,
    when=("registered",),
    becomes="classified",
    guards=(was_deliberated,),
    effect=keep_class,
)
ACTS = (REGISTER_FOUND_CLUE, CLASSIFY_CLUE)
