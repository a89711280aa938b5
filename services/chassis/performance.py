"""One performance of an act: checked, then carried out inside a unit of work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import Enum
from functools import cached_property
from hashlib import sha256
from typing import Any, Generic

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from contracts.events.base import Event
from contracts.refusals import Refusal, RefusalCode
from services.chassis.access import parties_of, recused_from
from services.chassis.act import Act, P, S
from services.chassis.audit.entry import STATE, Entry
from services.chassis.audit.trail import record
from services.chassis.duties import duties_of, meet_duties, open_duty, void_duties
from services.chassis.gaps import facts_of, gaps_of, move_gaps
from services.chassis.papers import attachments_of, bind, canonical, file_paper, papers_of
from services.chassis.remembered import opened_item
from services.chassis.standing import Standing
from services.chassis.subject import SubjectColumns
from services.chassis.tables import Approval, Attachment, Duty, Gap, Paper, Party, Proposal
from services.chassis.work import Work


@dataclass
class Performance(Generic[S, P]):
    """What guards, effects and declarations see. `paper` is the checked form, `subject` the locked item.

    `from_state`: the item's state before the act took effect; empty for an item that the act opened.
    `known`: what was looked up on the way, so that it is not looked up again; nothing of it is kept.
    """

    work: Work
    act: Act[S, P]
    paper: P
    attached: dict[str, list[str]]
    subject: S = field(init=False)
    filed: Paper | None = None
    approver: str = ""
    from_state: str = ""
    bound: list[Attachment] = field(default_factory=list)
    opened: list[Duty] = field(default_factory=list)
    met: list[Duty] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    facts: dict[str, str | int | bool] = field(default_factory=dict)
    known: dict[str, Any] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return self.work.today

    @property
    def session(self) -> Session:
        return self.work.session

    @cached_property
    def standing(self) -> Standing:
        """How the item stood when the act began; what the act itself changes is not in it."""
        return Standing(self.session, self.subject)

    def refuse(
        self, code: RefusalCode, *, field: str | None = None, clauses: tuple[str, ...] = ()
    ) -> Refusal:
        """A refusal that names this act's clauses unless told otherwise."""
        return Refusal(code, field=field, clauses=clauses or self.act.clauses)

    def emit(self, event: Event, clauses: tuple[str, ...] = (), to: tuple[str, ...] | None = None) -> str:
        return self.work.emit(event, self.subject.ref, self.subject.version, clauses or self.act.clauses, to)

    def void(self, clause: str) -> None:
        void_duties(self.work, self.subject, clause)

    def add_party(self, person_id: str) -> None:
        party = Party(
            subject_kind=self.subject.KIND,
            subject_id=self.subject.id,
            person_id=person_id,
            capacity="reported",
        )
        if opened_item(self.session, self.subject.id) is None:
            self.session.merge(party)
        elif person_id not in parties_of(self.session, self.subject):
            self.session.add(party)

    def tell(
        self, template: str, clause: str, *, to_role: str = "", to_person: str = "", office_id: str = ""
    ) -> None:
        """Ask `notifications` to deliver a content-free notice."""
        event = self.work.own_event(
            "notice_due",
            notice_id=self.work.new_id(),
            template=template,
            clause=clause,
            subject_ref=self.subject.id,
            to_role=to_role,
            to_person=to_person,
            office_id=office_id,
            sealed=self.subject.secrecy in ("sealed", "unclassed"),
            recused=recused_from(self.session, self.subject),
        )
        self.emit(event, (clause,))


def file_papers(p: Performance[Any, Any]) -> None:
    """Store the form and bind what is attached."""
    if not p.act.keeps_paper:
        return
    p.filed = file_paper(
        p.session,
        p.work.runtime.ring,
        p.subject,
        p.act.name,
        p.act.paper.__name__,
        form_of(p),
        p.work.actor.person_id,
        p.work.now,
    )
    ids = [i for kind in p.attached for i in p.attached[kind]]
    p.bound = bind(p.session, p.subject, p.filed, ids, p.work.actor.person_id)


def form_of(p: Performance[Any, Any]) -> dict[str, Any]:
    """What is filed: the form, and what was attached to it."""
    return {"form": p.paper.filed(), "attached": p.attached}


def proposal_digest(p: Performance[Any, Any]) -> bytes:
    """What an approval binds to: this act on this item with this paper and these attachments."""
    return sha256(
        canonical(
            {
                "act": p.act.name,
                "item": p.subject.ref,
                "paper": p.filed.digest.hex() if p.filed else "",
                "attached": sorted(a.digest.hex() for a in p.bound),
            }
        )
    ).digest()


def take_effect(p: Performance[Any, Any]) -> None:
    """State, duties, hand-offs, notices; the caller has checked everything."""
    change_state(p)
    p.session.flush()
    _move_clocks(p)
    move_gaps(p)
    hand_on(p)
    _tell(p)


def change_state(p: Performance[Any, Any]) -> None:
    """What the act does to the item's own row, its effect included."""
    subject, act = p.subject, p.act
    p.from_state = "" if act.creates else subject.state
    for name in act.sets:
        given = getattr(p.paper, name)
        setattr(subject, name, given.value if isinstance(given, Enum) else given)
    if act.makes_handler:
        subject.handler_id = p.work.actor.person_id
    if act.becomes:
        subject.state = act.becomes
    subject.version += 1
    subject.changed_at = p.work.now
    if act.effect is not None:
        act.effect(p)
    if subject.state != p.from_state:
        p.facts |= {"from_state": p.from_state, "to_state": subject.state}
        if not act.creates:
            _let_proposals_lapse(p)


def _let_proposals_lapse(p: Performance[Any, Any]) -> None:
    """What was proposed for a state that the item has left is not approved when it comes back (ruling 10)."""
    subject, acts = p.subject, p.work.runtime.acts
    waiting = p.session.scalars(
        select(Proposal).where(
            Proposal.subject_kind == subject.KIND,
            Proposal.subject_id == subject.id,
            Proposal.status == "pending",
        )
    )
    for proposal in waiting:
        when = acts[subject.KIND, proposal.act].when
        if when and subject.state not in when:
            proposal.status = "lapsed"


def hand_on(p: Performance[Any, Any]) -> None:
    for hand in p.act.hands_on:
        if hand.only_if(p):
            p.emit(hand.build(p), to=hand.to(p))


def _move_clocks(p: Performance[Any, Any]) -> None:
    for meets in p.act.meets:
        p.met += meet_duties(p.work, p.subject, meets.clause, meets.to(p))
    for opens in p.act.opens:
        if opens.only_if(p):
            p.opened.append(
                open_duty(
                    p.work,
                    p.subject,
                    clause=opens.clause,
                    value=opens.value,
                    owed_by=opens.owed_by,
                    counted_from=opens.counted_from(p),
                    owed_person=opens.owed_person(p),
                    recipient=opens.to,
                    taken_over=opens.taken_over(p),
                    warn_before=opens.warn_before,
                )
            )


def _tell(p: Performance[Any, Any]) -> None:
    for tells in p.act.tells:
        if tells.only_if(p):
            p.tell(
                tells.template,
                tells.clause,
                to_role=tells.to,
                to_person=tells.person(p),
                office_id=tells.office(p),
            )


def audit_accepted(p: Performance[Any, Any], act_name: str | None = None) -> str:
    """Write the entry of an accepted act; returns its id."""
    p.session.flush()
    entry = accepted_entry(p, state_of(p.session, p.subject), act_name)
    return record(p.session, entry)


def accepted_entry(p: Performance[Any, Any], state: bytes, act_name: str | None = None) -> Entry:
    """An accepted act's entry, with salted digests of its paper and of the item's resulting state."""
    digests = {STATE: state}
    if p.filed is not None:
        digests["paper"] = p.filed.digest
    if p.gaps:
        p.facts |= facts_of(p.gaps)
    for attachment in p.bound:
        digests[f"attachment:{attachment.id}"] = attachment.digest
    return p.work.entry(
        act_name or p.act.name,
        "accepted",
        subject=p.subject,
        clauses=p.act.clauses,
        digests=digests,
        facts=p.facts,
    )


def state_of(session: Session, subject: SubjectColumns) -> bytes:
    """Canonical bytes of an item as it stands: its row and all that hangs on it."""
    return state_bytes(
        subject,
        papers_of(session, subject),
        attachments_of(session, subject),
        parties_of(session, subject),
        duties_of(session, subject),
        decisions_on(session, subject),
        gaps_of(session, subject),
    )


def decisions_on(session: Session, subject: SubjectColumns) -> list[Proposal | Approval]:
    """What was proposed on an item, each with who decided on it, in a stable order."""
    item = opened_item(session, subject.id)
    if item is not None:
        return [*item.proposals]
    rows = session.execute(
        select(Proposal, Approval)
        .outerjoin(Approval, Approval.proposal_id == Proposal.id)
        .where(Proposal.subject_kind == subject.KIND, Proposal.subject_id == subject.id)
        .order_by(Proposal.id, Approval.step, Approval.id)
    )
    return list(dict.fromkeys(one for row in rows for one in row if one is not None))


PROVEN: dict[type[Any], tuple[str, ...]] = {
    Paper: ("id", "digest", "kind", "act", "at", "by_person", "sealed_to"),
    Attachment: ("id", "digest", "media_type", "size", "paper_id", "uploaded_by", "uploaded_at", "sealed_to"),
    Duty: (
        "id", "clause", "value_name", "value_version", "office_id", "owed_role", "owed_person", "recipient",
        "counted_from", "opened_at", "due_at", "counted", "calendar_version", "provisional", "sealed", "status",
        "met_at", "late",
    ),
    Proposal: ("id", "act", "paper_id", "digest", "proposed_by", "proposed_at", "status", "step", "office_id"),
    Approval: ("id", "proposal_id", "step", "person_id", "role", "decision", "at", "self_initiated"),
    Gap: ("clause", "about", "act", "noted_at", "filled_at"),
}  # fmt: skip
"""Columns of an item's rows that each act's entry commits to. Bodies are ciphertexts that no change survives."""


def state_bytes(
    subject: SubjectColumns,
    papers: Sequence[Paper],
    attachments: Sequence[Attachment],
    parties: Sequence[str],
    duties: Sequence[Duty],
    decisions: Sequence[Proposal | Approval] = (),
    gaps: Sequence[Gap] = (),
) -> bytes:
    """As `state_of`, of rows that are at hand; parties, duties and decisions in the order of their ids."""
    row = {c.key: getattr(subject, c.key) for c in inspect(type(subject)).mapper.column_attrs}
    row = {
        name: value
        for name, value in row.items()
        if name not in subject.ADDED or value != subject.ADDED[name]
    }
    warned = (
        {"gaps": [_proven(gap) for gap in gaps]} if gaps else {}
    )  # of items from before there were any: none
    return canonical(
        warned
        | {
            "row": {name: _plain(value) for name, value in row.items()},
            "papers": sorted(map(_proven, papers)),
            "attachments": sorted(map(_proven, attachments)),
            "parties": list(parties),
            "duties": [_proven(duty) for duty in duties],
            "decisions": [_proven(one) for one in decisions],
        }
    )


def _proven(row: Any) -> list[Any]:
    return [_plain(getattr(row, name)) for name in PROVEN[type(row)]]


def _plain(value: Any) -> Any:
    """A column's value as both engines give it back."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value
