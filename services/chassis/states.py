"""States of items by the page, for `audit verify`: what their last acts committed to, from the rows as they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from services.chassis.audit.entry import salted_digest
from services.chassis.audit.subjects import Recompute
from services.chassis.performance import state_bytes
from services.chassis.tables import Approval, Attachment, Duty, Gap, Paper, Party, Proposal

Decisions = list[Proposal | Approval]


def recompute_states(kinds: Mapping[str, Any]) -> Recompute:
    """Gives the salted state digests of items of one kind, by their ids and salts; of none that has no rows."""

    def recompute(session: Session, kind: str, salts: Mapping[str, bytes]) -> dict[str, str]:
        if kind not in kinds:
            return {}
        model, ids = kinds[kind].model, list(salts)
        found = session.scalars(select(model).where(model.id.in_(ids))).all()
        papers = _by_item(session, Paper, kind, ids, without=Paper.body)
        attachments = _by_item(session, Attachment, kind, ids, without=Attachment.body)
        duties = _by_item(session, Duty, kind, ids)
        parties = _parties(session, kind, ids)
        decisions = _decisions(session, kind, ids)
        gaps = _gaps(session, kind, ids) if model.HAS_GAPS else {}
        return {
            one.id: salted_digest(
                salts[one.id],
                state_bytes(
                    one,
                    papers[one.id],
                    attachments[one.id],
                    parties[one.id],
                    duties[one.id],
                    decisions[one.id],
                    gaps.get(one.id, ()),
                ),
            )
            for one in found
        }

    return recompute


def _by_item(
    session: Session, model: Any, kind: str, ids: Sequence[str], *, without: Any = None
) -> Mapping[str, list[Any]]:
    """Rows that hang on items, by the item's id, in the order of their own; scans stay where they are."""
    query = select(model).where(model.subject_kind == kind, model.subject_id.in_(ids)).order_by(model.id)
    found: defaultdict[str, list[Any]] = defaultdict(list)
    for row in session.scalars(query if without is None else query.options(defer(without))):
        found[row.subject_id].append(row)
    return found


def _parties(session: Session, kind: str, ids: Sequence[str]) -> Mapping[str, list[str]]:
    query = select(Party.subject_id, Party.person_id).where(
        Party.subject_kind == kind, Party.subject_id.in_(ids)
    )
    found: defaultdict[str, list[str]] = defaultdict(list)
    for item, person in session.execute(query.order_by(Party.person_id)):
        found[item].append(person)
    return found


def _gaps(session: Session, kind: str, ids: Sequence[str]) -> Mapping[str, list[Gap]]:
    query = select(Gap).where(Gap.subject_kind == kind, Gap.subject_id.in_(ids))
    found: defaultdict[str, list[Gap]] = defaultdict(list)
    for gap in session.scalars(query.order_by(Gap.clause, Gap.about)):
        found[gap.subject_id].append(gap)
    return found


def _decisions(session: Session, kind: str, ids: Sequence[str]) -> Mapping[str, Decisions]:
    """What was proposed on each item, each proposal followed by who decided on it."""
    rows = session.execute(
        select(Proposal, Approval)
        .outerjoin(Approval, Approval.proposal_id == Proposal.id)
        .where(Proposal.subject_kind == kind, Proposal.subject_id.in_(ids))
        .order_by(Proposal.id, Approval.step, Approval.id)
    )
    found: defaultdict[str, dict[Proposal | Approval, None]] = defaultdict(dict)
    for proposal, approval in rows:
        found[proposal.subject_id][proposal] = None
        if approval is not None:
            found[proposal.subject_id][approval] = None
    return defaultdict(list, {item: list(several) for item, several in found.items()})
