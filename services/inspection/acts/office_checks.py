"""A team checks an office by stated methods, and the office answers (GL-3.23 to GL-3.25)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from contracts.events.inspection_supervising import OfficeSupervised
from contracts.refusals import RefusalCode
from services.chassis.access import holders, listed_ids, post
from services.chassis.act import Act, Document, HandOn, Tells
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.chassis.reference import look_up
from services.chassis.subject import NORMAL
from services.chassis.tables import DirectoryOffice
from services.inspection.acts.office_quarters import EACH_QUARTER, NOTE_OFFICE_CHECKED, quarter_item
from services.inspection.acts.office_rounds import CROSS
from services.inspection.acts.posts import ids_in, not_in_the_future
from services.inspection.acts.supervision_posts import HEAD
from services.inspection.domain.office_codes import BODIES
from services.inspection.domain.quarters import quarter_of
from services.inspection.papers.offices import OfficeCheckAnswer, OfficeChecked, OfficeCheckPaper
from services.inspection.storage_office import OfficeCheck, OfficeRound, OfficeTeam

METHODS = "GL-3.24"
Checking = Performance[OfficeCheck, OfficeCheckPaper]


def team_at(session: Session, round_id: str, person_id: str, office_id: str) -> OfficeTeam | None:
    """The person's team in the round, if it checks the office."""
    teams = session.scalars(select(OfficeTeam).where(OfficeTeam.round_id == round_id)).all()
    mine = (team for team in teams if person_id in ids_in(team.staff_ids))
    return next((team for team in mine if office_id in ids_in(team.office_ids)), None)


def round_is_the_actors(p: Checking) -> None:
    """A round of which the actor is not does not exist for them."""
    found = p.session.get(OfficeRound, p.paper.round_id)
    if found is None or p.work.actor.person_id not in ids_in(found.staff_ids):
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="round_id")
    if found.state != "planned":
        raise p.refuse(RefusalCode.WRONG_STATE, field="round_id")


def not_the_actors_own_office(p: Checking) -> None:
    """Also for who was moved to the office after the round was planned."""
    actor = p.work.actor
    own = holders(p.session, "dispatched_office", p.today, p.paper.office_id)
    if p.paper.office_id == actor.office_id or actor.person_id in own:
        raise p.refuse(RefusalCode.CONFLICT_OF_INTEREST, field="office_id", clauses=(CROSS,))


def office_is_the_teams(p: Checking) -> None:
    if team_at(p.session, p.paper.round_id, p.work.actor.person_id, p.paper.office_id) is None:
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="office_id", clauses=(CROSS,))


def has_a_method(p: Checking) -> None:
    if not p.paper.methods:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="methods", clauses=(METHODS,))
    if len(set(p.paper.methods)) < len(p.paper.methods):
        raise p.refuse(RefusalCode.DUPLICATE, field="methods", clauses=(METHODS,))


def recorded(p: Checking) -> OfficeCheck:
    paper, actor = p.paper, p.work.actor
    office = look_up(p.session, DirectoryOffice, paper.office_id)
    team = team_at(p.session, paper.round_id, actor.person_id, paper.office_id)
    year = p.today.year
    number = p.work.next_number(f"DCJ/{paper.office_id}/{year}")
    return OfficeCheck(
        id=p.work.new_id(), no=f"DCJ-{paper.office_id}-{year}-{number:02d}", state="recorded", version=0,
        secrecy=NORMAL, office_id=paper.office_id, liaison_office_id=office.liaison_office_id if office else "",
        unit_id="", registrar_id=actor.person_id, handler_id="", addressee_id="", opened_on=p.today,
        changed_at=p.work.now, round_id=paper.round_id, team_no=team.no if team else 0,
        staff_ids=team.staff_ids if team else "", result_code=paper.result.value, checked_on=paper.checked_on,
        method_codes=listed_ids(method.value for method in paper.methods),
    )  # fmt: skip


def settle_the_quarter(p: Checking) -> None:
    item = quarter_item(p.session, quarter_of(p.paper.checked_on))
    if item is not None and p.paper.office_id in ids_in(item.office_ids):
        filed = OfficeChecked(
            check_id=p.subject.id, office_id=p.paper.office_id, checked_on=p.paper.checked_on
        )
        perform_as_service(p.work, NOTE_OFFICE_CHECKED, filed, item)


RECORD_CHECK = Act(
    name="record_office_check",
    zh="登记督查情况",
    en="Record the supervision of an office",
    clauses=(METHODS, CROSS, EACH_QUARTER),
    on=OfficeCheck,
    by=(post(*BODIES, at=None),),
    paper=OfficeCheckPaper,
    new=recorded,
    becomes="recorded",
    documents=(Document("supervision_of_office_record", "督查记录(扫描)", METHODS, required=False),),
    guards=(
        round_is_the_actors,
        not_the_actors_own_office,
        office_is_the_teams,
        has_a_method,
        not_in_the_future("checked_on"),
    ),
    effect=settle_the_quarter,
    hands_on=(
        HandOn(
            OfficeSupervised,
            lambda p: OfficeSupervised(
                round_id=p.subject.round_id,
                office_id=p.subject.office_id,
                result_code=p.subject.result_code,
                checked_on=p.subject.checked_on,
            ),
        ),
    ),
    tells=(Tells(HEAD, "office_supervised", METHODS, office=lambda p: p.subject.office_id),),
)


def note_answer(p: Performance[OfficeCheck, OfficeCheckAnswer]) -> None:
    p.subject.answered_on = p.today


ANSWER_CHECK = Act(
    name="answer_office_check",
    zh="答复督查反馈",
    en="Answer the team",
    clauses=(METHODS,),
    on=OfficeCheck,
    by=(post("dispatched_office_leader"),),
    paper=OfficeCheckAnswer,
    when=("recorded",),
    becomes="answered",
    effect=note_answer,
)
ACTS: tuple[Act[Any, Any], ...] = (RECORD_CHECK, ANSWER_CHECK)
