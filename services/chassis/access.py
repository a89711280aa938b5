"""Who is acting, and what they may know of. Deny first: recusal beats every role.

One rule serves both a single item (`may_know`) and lists (`visible`): the same relations are compared in
Python and in SQL, so that an item is in a list exactly if it can be opened.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    String,
    and_,
    bindparam,
    case,
    exists,
    false,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Session

from contracts.refusals import Refusal, RefusalCode
from services.chassis.clock import real_now
from services.chassis.db import AS_STORED
from services.chassis.reference import recall
from services.chassis.remembered import opened_item
from services.chassis.subject import SEALED, UNCLASSED, SubjectColumns
from services.chassis.tables import (
    DirectoryAccount,
    DirectoryAssignment,
    DirectoryPerson,
    DirectoryState,
    Party,
    RevokedSession,
)

ROLE_GROUPS: dict[str, tuple[str, ...]] = {
    "dispatched_office": ("dispatched_office_head", "dispatched_office_deputy", "dispatched_office_staff"),
    "dispatched_office_leader": ("dispatched_office_head", "dispatched_office_deputy"),
    "inspection_office": ("inspection_office", "inspection_office_director"),
    "leading_group": (
        "leading_group_head",
        "standing_deputy_head",
        "leading_group_deputy",
        "leading_group_member",
    ),
    "petition_office": ("petition_office_head", "petition_office_staff"),
    "administrators": ("system_administrator", "security_administrator", "audit_administrator"),
}
"""Group roles of the texts (roles.yaml) and the posts that satisfy them."""


@dataclass(frozen=True)
class Claims:
    """What a sign-in token says; the posts behind it are checked against the directory on every request."""

    account_id: str
    person_id: str
    session_id: str
    assignment_id: str


Shape = tuple[str, bool, bool, bool, bool]
"""A post's role, and whether there is a chain, a person, an office, a unit."""
COMPARED = ("person_id", "office_id", "unit_id")


@dataclass(frozen=True)
class Actor:
    """Who acts, in which post. `chain`: persons for whose matters this one is recused, besides themselves."""

    account_id: str
    person_id: str
    session_id: str
    assignment_id: str
    role: str
    office_id: str
    unit_id: str
    chain: frozenset[str] = field(default=frozenset())

    @property
    def recused_for(self) -> frozenset[str]:
        return self.chain | {self.person_id}

    @property
    def shape(self) -> Shape:
        """What rules are chosen by; all else of an actor is only compared, and may be a statement's parameter."""
        return self.role, bool(self.chain), bool(self.person_id), bool(self.office_id), bool(self.unit_id)

    def among(self, attribute: str) -> Any:
        """As a `listed` column is searched for one of the actor's ids."""
        return _escaped(listed_ids([getattr(self, attribute)]))

    @property
    def values(self) -> dict[str, Any]:
        """The parameters of a statement that was made for `in_general(actor)`."""
        found = {f"actor_{name}": getattr(self, name) for name in COMPARED}
        found |= {f"actor_among_{name}": self.among(name) for name in COMPARED}
        return found | {"actor_chain": sorted(self.chain)}


class Anybody(Actor):
    """Whoever holds such a post: in place of each id stands a parameter, to be filled from `Actor.values`."""

    def among(self, attribute: str) -> Any:
        if attribute not in COMPARED:
            return super().among(attribute)
        return bindparam(f"actor_among_{attribute}", type_=String())


def in_general(shape: Shape) -> Anybody:
    """For statements that are made once and serve all actors of a `shape`: making one costs more than running it."""
    role, chained, *given = shape
    ids: dict[str, Any] = {
        name: bindparam(f"actor_{name}", type_=String()) if has else ""
        for name, has in zip(COMPARED, given, strict=True)
    }
    chain: Any = bindparam("actor_chain", type_=String(), expanding=True) if chained else frozenset()
    return Anybody(account_id="", session_id="", assignment_id="", role=role, chain=chain, **ids)


SYSTEM = Actor("system", "system", "", "system", "system", "", "")
"""The actor of reactions and clocks: a service itself."""


@dataclass(frozen=True)
class Relation:
    """A column of the item that must equal an attribute of the actor; an empty value never matches.

    `listed`: the column holds several ids, each between commas (`listed_ids`), and the actor's must be among them.
    No index finds them: for kinds of which there are few.
    """

    column: str
    attribute: str
    listed: bool = False

    def holds(self, actor: Actor, subject: Any) -> bool:
        mine, its = getattr(actor, self.attribute), getattr(subject, self.column)
        if not mine:
            return False
        return listed_ids([mine]) in (its or "") if self.listed else bool(its == mine)

    def where(self, model: Any, actor: Actor) -> ColumnElement[bool]:
        mine, its = getattr(actor, self.attribute), getattr(model, self.column)
        matches: ColumnElement[bool] = (
            its.contains(actor.among(self.attribute), escape="/") if self.listed else its == mine
        )
        return matches


def _given(value: Any) -> bool:
    return isinstance(value, BindParameter) or bool(value)


def _escaped(ids: str) -> str:
    """Without what LIKE would take for a pattern; `/` escapes."""
    return ids.replace("/", "//").replace("%", "/%").replace("_", "/_")


def listed_ids(ids: Iterable[str]) -> str:
    """Ids as a `listed` column holds them: `,a,b,`; empty for none."""
    found = list(ids)
    return f",{','.join(found)}," if found else ""


OWN_OFFICE = Relation("office_id", "office_id")
LIAISON_OFFICE = Relation("liaison_office_id", "office_id")
OWN_UNIT = Relation("unit_id", "unit_id")
HANDLER = Relation("handler_id", "person_id")
REGISTRAR = Relation("registrar_id", "person_id")
ADDRESSEE = Relation("addressee_id", "person_id")


@dataclass(frozen=True)
class By:
    """Posts that may act or know, and how they must stand to the item. No roles: any post."""

    roles: tuple[str, ...]
    relations: tuple[Relation, ...]

    def has_role(self, actor: Actor) -> bool:
        return not self.roles or actor.role in self.roles

    def related(self, actor: Actor, subject: Any) -> bool:
        return all(relation.holds(actor, subject) for relation in self.relations)

    def holds(self, actor: Actor, subject: Any) -> bool:
        return self.has_role(actor) and self.related(actor, subject)

    @property
    def columns(self) -> frozenset[str]:
        """The item's columns that are compared with the actor."""
        return frozenset(r.column for r in self.relations)

    def can_hold(self, actor: Actor) -> bool:
        """Whether there can be an item to which the actor stands so."""
        return self.has_role(actor) and all(_given(getattr(actor, r.attribute)) for r in self.relations)

    def where(self, model: Any, actor: Actor) -> ColumnElement[bool]:
        if not self.can_hold(actor):
            return false()
        return and_(true(), *(relation.where(model, actor) for relation in self.relations))


def post(*roles: str, at: Relation | tuple[Relation, ...] | None = OWN_OFFICE) -> By:
    """`post("dispatched_office_head")` – group roles are expanded; `at=None`: wherever the post is."""
    expanded = tuple(p for role in roles for p in ROLE_GROUPS.get(role, (role,)))
    relations = () if at is None else at if isinstance(at, tuple) else (at,)
    return By(expanded, relations)


def anyone(at: Relation) -> By:
    """Whoever stands in this relation to the item, whatever their post."""
    return By((), (at,))


@dataclass(frozen=True)
class Knows:
    """Need to know of one kind of item, by its secrecy."""

    ordinary: tuple[By, ...]
    sealed: tuple[By, ...] = (anyone(ADDRESSEE),)
    unclassed: tuple[By, ...] = (anyone(REGISTRAR),)

    def rules(self, secrecy: str) -> tuple[By, ...]:
        return {SEALED: self.sealed, UNCLASSED: self.unclassed}.get(secrecy, self.ordinary)


def why_hidden(
    actor: Actor, subject: SubjectColumns, reported: Iterable[str], knows: Knows
) -> RefusalCode | None:
    """None if the actor may know of the item, else the code for the audit trail (never for the answer)."""
    persons = frozenset(reported)
    if actor.person_id in persons:
        return RefusalCode.CONFLICT_OF_INTEREST
    if persons & actor.chain and subject.registrar_id != actor.person_id:
        return RefusalCode.CONFLICT_OF_INTEREST
    if any(rule.holds(actor, subject) for rule in knows.rules(subject.secrecy)):
        return None
    return RefusalCode.SEALED_ITEM if subject.secrecy in (SEALED, UNCLASSED) else RefusalCode.ACCESS_DENIED


def visible(model: Any, actor: Actor, knows: Knows) -> ColumnElement[bool]:
    """The SQL form of `why_hidden(...) is None`.

    A condition beside others, which no planner can take for a way to find items: as an OR, PostgreSQL would rather
    collect all that the actor has ever registered than walk the few that it was asked for.
    """
    by_secrecy = case(
        (model.secrecy == SEALED, _any(knows.sealed, model, actor)),
        (model.secrecy == UNCLASSED, _any(knows.unclassed, model, actor)),
        else_=_any(knows.ordinary, model, actor),
    )
    return and_(by_secrecy, not_recused(model, actor))


def ways_to_know(model: Any, actor: Actor, knows: Knows) -> list[tuple[ColumnElement[bool], frozenset[str]]]:
    """`visible` taken apart: an item is visible exactly if one of these conditions holds, each on few columns.

    With each condition the columns that it compares with the actor; a walk along their index finds its items.
    """
    groups = (
        (model.secrecy == SEALED, knows.sealed),
        (model.secrecy == UNCLASSED, knows.unclassed),
        (model.secrecy.not_in((SEALED, UNCLASSED)), knows.ordinary),
    )
    return [
        (and_(secrecy, rule.where(model, actor), not_recused(model, actor)), rule.columns)
        for secrecy, rules in groups
        for rule in rules
        if rule.can_hold(actor)
    ]


def not_recused(model: Any, actor: Actor) -> ColumnElement[bool]:
    def reported(person: ColumnElement[bool]) -> ColumnElement[bool]:
        return exists().where(Party.subject_kind == model.KIND, Party.subject_id == model.id, person)

    own = ~reported(Party.person_id == actor.person_id)
    if not _given(actor.chain):
        return own
    chain = actor.chain if isinstance(actor, Anybody) else sorted(actor.chain)
    return and_(own, or_(model.registrar_id == actor.person_id, ~reported(Party.person_id.in_(chain))))


def _any(rules: tuple[By, ...], model: Any, actor: Actor) -> ColumnElement[bool]:
    return or_(false(), *(rule.where(model, actor) for rule in rules))


# Each act asks these: built once, since building a statement costs as much as running it.
_HELD_BY_SESSION = (
    select(DirectoryAssignment, DirectoryAccount.status)
    .join(DirectoryAccount, DirectoryAccount.person_id == DirectoryAssignment.person_id)
    .where(
        DirectoryAssignment.assignment_id == bindparam("assignment"),
        DirectoryAccount.account_id == bindparam("account"),
        DirectoryAssignment.person_id == bindparam("person"),
        ~exists().where(RevokedSession.session_id == bindparam("session")),
    )
)
_IN_LINE = select(DirectoryPerson.person_id, DirectoryPerson.superior_id, DirectoryPerson.relatives).where(
    or_(
        DirectoryPerson.person_id == bindparam("person"),
        DirectoryPerson.superior_id == bindparam("person"),
    )
)
_HOLDERS = (
    select(DirectoryAssignment)
    .where(
        DirectoryAssignment.role.in_(bindparam("roles", expanding=True)),
        DirectoryAssignment.valid_from <= bindparam("today"),
    )
    .order_by(DirectoryAssignment.assignment_id)
)
_HOLDERS_IN_OFFICE = _HOLDERS.where(DirectoryAssignment.office_id == bindparam("office"))
_OFFICES_OF = select(DirectoryAssignment.person_id, DirectoryAssignment.office_id).where(
    DirectoryAssignment.person_id.in_(bindparam("persons", expanding=True))
)


def load_actor(session: Session, claims: Claims, today: date) -> Actor:
    """The actor behind a token, by the directory as this service has it; raises Refusal(UNAUTHENTICATED)."""
    actor = recall(session, ("actor", claims, today), lambda: _actor(session, claims, today))
    if actor is None:
        raise Refusal(RefusalCode.UNAUTHENTICATED)
    return actor


def _actor(session: Session, claims: Claims, today: date) -> Actor | None:
    asked = {
        "assignment": claims.assignment_id,
        "account": claims.account_id,
        "person": claims.person_id,
        "session": claims.session_id,
    }
    row = session.execute(_HELD_BY_SESSION, asked).one_or_none()
    if row is None or row.status != "active" or not _in_force(row.DirectoryAssignment, today):
        return None
    held = row.DirectoryAssignment
    return Actor(
        claims.account_id,
        held.person_id,
        claims.session_id,
        held.assignment_id,
        held.role,
        held.office_id,
        held.unit_id,
        chain_of(session, held.person_id),
    )


def _in_force(held: DirectoryAssignment, today: date) -> bool:
    return held.valid_from <= today and (held.valid_to is None or today <= held.valid_to)


def chain_of(session: Session, person_id: str) -> frozenset[str]:
    """Direct superior and subordinates in line and declared relatives (symmetric, so: recusal both ways)."""
    return recall(session, ("chain", person_id), lambda: _chain(session, person_id))


def _chain(session: Session, person_id: str) -> frozenset[str]:
    rows = session.execute(_IN_LINE, {"person": person_id}, execution_options=AS_STORED).all()
    chain: set[str] = set()
    for row in rows:
        if row.person_id == person_id:
            chain.update(filter(None, (row.superior_id, *row.relatives.split(","))))
        else:
            chain.add(row.person_id)
    return frozenset(chain - {person_id})


def holders(session: Session, role: str, today: date, office_id: str | None = None) -> tuple[str, ...]:
    """Persons who hold a post now (in that office, if given), in a stable order."""
    return recall(
        session, ("holders", role, today, office_id), lambda: _holders(session, role, today, office_id)
    )


def _holders(session: Session, role: str, today: date, office_id: str | None) -> tuple[str, ...]:
    query, asked = _HOLDERS, {"roles": ROLE_GROUPS.get(role, (role,)), "today": today}
    if office_id is not None:
        query, asked = _HOLDERS_IN_OFFICE, asked | {"office": office_id}
    rows = session.scalars(query, asked, execution_options=AS_STORED)
    return tuple(dict.fromkeys(row.person_id for row in rows if _in_force(row, today)))


def parties_of(session: Session, subject: SubjectColumns) -> list[str]:
    """The persons whom an item is about, by their ids, in order."""
    item = opened_item(session, subject.id)
    if item is not None:
        return sorted(party.person_id for party in item.parties)
    query = select(Party.person_id).where(Party.subject_kind == subject.KIND, Party.subject_id == subject.id)
    return list(session.scalars(query.order_by(Party.person_id)))


def recused_from(session: Session, subject: SubjectColumns) -> tuple[str, ...]:
    """Holders of posts who are never told of an item: the persons reported on and, in offices, their chain.

    Its registrar stays (as in `why_hidden`). Empty for sealed and unclassed items: their notices go to named
    persons only, and nothing about the reported leaves the service.
    """
    if subject.secrecy in (SEALED, UNCLASSED):
        return ()
    reported = set(parties_of(session, subject))
    if not reported:
        return ()
    chain = {other for person in reported for other in chain_of(session, person)} - {subject.registrar_id}
    return tuple(
        sorted(
            {
                person
                for person, office in _posts_of(session, reported | chain)
                if person in reported or office
            }
        )
    )


def _posts_of(session: Session, persons: set[str]) -> tuple[tuple[str, str], ...]:
    """Person and office (empty: at a unit) of each post that these persons ever held."""
    asked = {"persons": sorted(persons)}

    def look() -> tuple[tuple[str, str], ...]:
        return tuple((p, o) for p, o in session.execute(_OFFICES_OF, asked, execution_options=AS_STORED))

    return recall(session, ("posts", frozenset(persons)), look)


def require_fresh_directory(session: Session, stale_after: int) -> None:
    """Approving and reading restricted content stop when the directory was not confirmed for too long."""
    state = session.get(DirectoryState, 1)
    if state is None or real_now() - state.confirmed_at > timedelta(seconds=stale_after):
        raise Refusal(RefusalCode.DIRECTORY_STALE)
