"""Who is complained of in a petition to a team, and what follows from it for the petition's route (step 13)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from contracts.refusals import RefusalCode
from services.chassis.performance import Performance
from services.chassis.reference import look_up
from services.chassis.tables import DirectoryOffice, DirectoryPerson
from services.inspection.acts.posts import ids_in
from services.inspection.domain.petition_codes import (
    Complained,
    PetitionNature,
    PetitionRoute,
    direct_scope,
    post_by_directory,
    route_of,
)
from services.inspection.papers.petitions import ComplaintSubject
from services.inspection.storage_round import Round
from services.inspection.storage_unit import Engagement

AnyPaper = Performance[Any, Any]
DIRECTOR = "inspection_office_director"
SCOPES = ("XC-13.2e", "XC-13.2f", "XC-13.2g")


def complained(p: AnyPaper, of: Engagement, lines: Sequence[ComplaintSubject]) -> list[Complained]:
    """As they stand by the directory; raises Refusal(UNKNOWN_REFERENCE) for an id that nobody has."""
    units = set(ids_in(p.session.get_one(Round, of.round_id).unit_ids))
    return [_one(p, of, line, units) for line in lines]


def _one(p: AnyPaper, of: Engagement, line: ComplaintSubject, units: set[str]) -> Complained:
    if not line.person_id:
        return Complained(line.post, line.target_of_round)
    person = look_up(p.session, DirectoryPerson, line.person_id)
    if person is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="subjects.person_id")
    office = look_up(p.session, DirectoryOffice, person.office_id) if person.office_id else None
    post = post_by_directory(
        line.post,
        office_kind=office.kind if office is not None else "",
        level=person.level,
        of_the_leadership=person.leadership_member and person.unit_id == of.unit_id,
    )
    return Complained(post, line.target_of_round or person.unit_id in units)


def about_the_team(of: Engagement, lines: Sequence[ComplaintSubject]) -> bool:
    """Somebody of the team is complained of: it goes to the office's director (readings.yaml, A07)."""
    return bool({line.person_id for line in lines} & set(ids_in(of.staff_ids)))


def route_for(p: AnyPaper, of: Engagement, paper: Any) -> PetitionRoute:
    """The route of a ledger entry; raises Refusal(OUT_OF_SCOPE) where it has to be delivered directly."""
    if about_the_team(of, paper.subjects):
        return PetitionRoute.IMPORTANT
    subjects = complained(p, of, paper.subjects)
    scopes = sorted({clause for one in subjects if (clause := direct_scope(one))})
    if scopes:
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="subjects", clauses=tuple(scopes))
    return route_of(subjects, PetitionNature(paper.nature), important=paper.important)


def direct_only(
    p: AnyPaper, of: Engagement, lines: Sequence[ComplaintSubject], field: str = "subjects"
) -> None:
    """Raises Refusal(OUT_OF_SCOPE) unless somebody complained of is in the scope of direct delivery."""
    known = [] if about_the_team(of, lines) else complained(p, of, lines)
    if not any(direct_scope(one) for one in known):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field=field, clauses=SCOPES)


def name_parties(p: AnyPaper, lines: Sequence[ComplaintSubject]) -> None:
    for person_id in dict.fromkeys(line.person_id for line in lines if line.person_id):
        p.add_party(person_id)
