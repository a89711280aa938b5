"""Keeping the roster (名册): officials by the archivist, staff of the offices by the system administrator."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, and_, select

from contracts.events.archive import PersonChanged, PostChanged
from contracts.refusals import RefusalCode
from services.archive.domain.posts import looks_like_citizen_number
from services.archive.names import set_name
from services.archive.papers.roster import LoadedRosterEntry, RosterChange, RosterEntry
from services.archive.storage import Person
from services.chassis.access import SYSTEM, Actor, By, Relation, post
from services.chassis.act import Act, HandOn, approved_by
from services.chassis.performance import Performance, state_of
from services.chassis.subject import NORMAL
from services.chassis.tables import DirectoryOffice

Entering = Performance[Person, RosterEntry]
AnyPerson = Performance[Person, Any]

ARCHIVIST = post("archivist", at=None)
SYSTEM_ADMINISTRATOR = post("system_administrator", at=None)
KEEPER = Relation("keeper", "role")
"""The entry's keeper: the archivist for officials, the system administrator for staff."""
ITS_KEEPER = By((), (KEEPER,))


class OfStaff(By):
    """Entries of staff alone: an administrator sees no official."""

    def related(self, actor: Actor, subject: Any) -> bool:
        return super().related(actor, subject) and bool(subject.keeper == "system_administrator")

    def where(self, model: Any, actor: Actor) -> ColumnElement[bool]:
        return and_(super().where(model, actor), model.keeper == "system_administrator")


class OfOfficials(By):
    """Entries of officials alone."""

    def related(self, actor: Actor, subject: Any) -> bool:
        return super().related(actor, subject) and bool(subject.keeper == "archivist")

    def where(self, model: Any, actor: Actor) -> ColumnElement[bool]:
        return and_(super().where(model, actor), model.keeper == "archivist")


APPROVER_OF_STAFF = OfStaff(("security_administrator",), ())
APPROVER_OF_OFFICIALS = OfOfficials(("commission_leader",), ())


def in_one_place(p: AnyPerson) -> None:
    """Staff work in an office, officials in a unit."""
    if bool(p.paper.unit_id) == bool(p.paper.office_id):
        raise p.refuse(RefusalCode.CONTENT_RULE, field="unit_id")


def kept_by_the_actor(p: AnyPerson) -> None:
    """An administrator registers no official, the archivist no staff; the service itself loads both."""
    if p.work.actor is not SYSTEM and p.work.actor.role != keeper_of(p.paper):
        raise p.refuse(RefusalCode.WRONG_ROLE, field="unit_id")


def references_exist(p: AnyPerson) -> None:
    """Places and persons are known. At set-up they come in any order, so the service itself is not asked."""
    if p.work.actor is SYSTEM:
        return
    place = p.paper.unit_id or p.paper.office_id
    if p.session.get(DirectoryOffice, place) is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="unit_id" if p.paper.unit_id else "office_id")
    if p.paper.superior_id and p.session.get(Person, p.paper.superior_id) is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="superior_id")
    known = set(p.session.scalars(select(Person.id).where(Person.id.in_(p.paper.relatives))))
    if known != set(p.paper.relatives):
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="relatives")


def no_citizen_number(p: AnyPerson) -> None:
    """Ids travel in events and logs."""
    if isinstance(p.paper, LoadedRosterEntry) and looks_like_citizen_number(p.paper.person_id):
        raise p.refuse(RefusalCode.CONTENT_RULE, field="person_id")


def not_ones_own_entry(p: Performance[Person, RosterChange]) -> None:
    """Nobody changes their own superior, level or relatives: recusal rests on them."""
    if p.subject.id == p.work.actor.person_id:
        raise p.refuse(RefusalCode.CONFLICT_OF_INTEREST)


def not_ones_own_superior(p: Performance[Person, RosterChange]) -> None:
    if p.paper.superior_id == p.subject.id:
        raise p.refuse(RefusalCode.CONTENT_RULE, field="superior_id")
    if p.subject.id in p.paper.relatives:
        raise p.refuse(RefusalCode.CONTENT_RULE, field="relatives")


def leaves_in_order(p: Performance[Person, RosterChange]) -> None:
    left = p.paper.state.value == "left"
    if left and p.paper.valid_to is None:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="valid_to")
    if p.paper.valid_to is not None and p.paper.valid_to < p.paper.valid_from:
        raise p.refuse(RefusalCode.DATE_ORDER, field="valid_to")


def keeper_of(paper: RosterEntry) -> str:
    return "system_administrator" if paper.office_id else "archivist"


def open_entry(p: Entering) -> Person:
    paper = p.paper
    person_id = paper.person_id if isinstance(paper, LoadedRosterEntry) else uuid4().hex
    return Person(
        id=person_id, no="", state="active", version=0, secrecy=NORMAL, office_id=paper.office_id,
        liaison_office_id="", unit_id=paper.unit_id, registrar_id=p.work.actor.person_id, handler_id="",
        addressee_id="", opened_on=p.today, changed_at=p.work.now, name=b"", level=paper.level,
        managing_authority=paper.managing_authority, post_code=paper.post_code, post_title=paper.post_title,
        post_rank=paper.post_rank, superior_id=paper.superior_id, relatives="", keeper=keeper_of(paper),
        leadership_member=paper.leadership_member, party_head=paper.party_head, valid_from=paper.valid_from,
        valid_to=None,
    )  # fmt: skip


def enter_name_and_relatives(p: Entering) -> None:
    set_name(p.session, p.work.runtime.ring, p.subject, p.paper.name)
    named_by = [
        other.id
        for other in p.session.scalars(select(Person).where(Person.relatives.contains(p.subject.id)))
        if p.subject.id in relatives_of(other)
    ]
    relate(p, {*p.paper.relatives, *named_by})


def change_entry(p: Performance[Person, RosterChange]) -> None:
    person, paper = p.subject, p.paper
    p.known["old_post"] = person.post_code
    for name in (
        "level", "managing_authority", "unit_id", "office_id", "post_code", "post_title", "post_rank", "superior_id",
        "leadership_member", "party_head", "valid_from", "valid_to",
    ):  # fmt: skip
        setattr(person, name, getattr(paper, name))
    person.state, person.keeper = paper.state.value, keeper_of(paper)
    set_name(p.session, p.work.runtime.ring, person, paper.name)
    relate(p, set(paper.relatives))


def relate(p: AnyPerson, relatives: set[str]) -> None:
    """Keep declared relatives the same both ways: recusal looks at one person's row only."""
    before, person = set(relatives_of(p.subject)), p.subject
    person.relatives = ",".join(sorted(relatives))
    touched = sorted(before ^ relatives)
    others = p.session.scalars(
        select(Person).where(Person.id.in_(touched)).order_by(Person.id).with_for_update()
    )
    for other in others:
        mutual = set(relatives_of(other)) - {person.id} | ({person.id} if other.id in relatives else set())
        if mutual == set(relatives_of(other)):
            continue
        other.relatives = ",".join(sorted(mutual))
        other.version += 1
        other.changed_at = p.work.now
        p.session.flush()
        p.work.emit(person_changed(other), other.ref, other.version)
        p.work.audit(
            "note_relative", "accepted", subject=other, digests={"state": state_of(p.session, other)}
        )


def relatives_of(person: Person) -> list[str]:
    return [relative for relative in person.relatives.split(",") if relative]


def person_changed(person: Person) -> PersonChanged:
    """Ids, codes and dates of the entry as it stands; the name stays here."""
    return PersonChanged(
        person_id=person.id, level=person.level, managing_authority=person.managing_authority,
        unit_id=person.unit_id, office_id=person.office_id, post_code=person.post_code, post_rank=person.post_rank,
        superior_person_id=person.superior_id, relatives=tuple(relatives_of(person)),
        leadership_member=person.leadership_member, party_head=person.party_head, valid_from=person.valid_from,
        valid_to=person.valid_to, status=person.state, version=person.version,
    )  # fmt: skip


HANDED_ON = (HandOn(PersonChanged, lambda p: person_changed(p.subject)),)
POST_CHANGED = HandOn(
    PostChanged,
    lambda p: PostChanged(
        person_id=p.subject.id,
        old_post=p.known["old_post"],
        new_post=p.subject.post_code,
        adjusted_on=p.subject.valid_from,
        key_post=p.paper.key_post,
    ),
    only_if=lambda p: p.subject.state == "active" and p.subject.post_code != p.known["old_post"],
)
"""After the entry itself, so that who hears of the change knows where the person is now."""

REGISTER_PERSON = Act(
    name="register_person", zh="登记入册", en="Enter a person in the roster", clauses=(), on=Person,
    by=(ARCHIVIST, SYSTEM_ADMINISTRATOR), paper=RosterEntry, new=open_entry, becomes="active",
    guards=(in_one_place, kept_by_the_actor, references_exist, no_citizen_number),
    effect=enter_name_and_relatives, hands_on=HANDED_ON,
)  # fmt: skip

CHANGE_PERSON = Act(
    name="change_person", zh="变更名册信息", en="Change an entry of the roster", clauses=(), on=Person,
    by=(post("archivist", at=KEEPER),), paper=RosterChange, when=("active", "left"),
    needs=(not_ones_own_entry,), guards=(in_one_place, not_ones_own_superior, references_exist, leaves_in_order),
    approvals=(approved_by("commission_leader", "纪委监委领导审批", "LZ-22.15", at=None),),
    effect=change_entry, hands_on=(*HANDED_ON, POST_CHANGED),
)  # fmt: skip

CHANGE_STAFF = Act(
    name="change_staff", zh="变更工作人员信息", en="Change an entry of staff", clauses=(), on=Person,
    by=(post("system_administrator", at=KEEPER),), paper=RosterChange, when=("active", "left"),
    needs=(not_ones_own_entry,), guards=(in_one_place, not_ones_own_superior, references_exist, leaves_in_order),
    approvals=(approved_by("security_administrator", "安全保密管理员审批", "LZ-22.15", at=None),),
    effect=change_entry, hands_on=HANDED_ON,
)  # fmt: skip
"""Recusal rests on superior and relatives: whoever could change them alone could put anybody into or out of a case."""
