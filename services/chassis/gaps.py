"""Gaps (合规缺口): what a text asks for and nobody has recorded. Noted and listed, never a refusal.

An act says in `warns` what it notes when it takes effect. Done again with nothing lacking, or by an act that `fills`
it, a gap closes. Both stand in the audit entry of the act, and the rows belong to the item's proven state.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.audit.entry import FACT_LENGTH
from services.chassis.subject import SubjectColumns
from services.chassis.tables import Gap

if TYPE_CHECKING:
    from services.chassis.performance import Performance


def gaps_of(session: Session, subject: SubjectColumns) -> list[Gap]:
    """An item's gaps, the open and the filled, in a stable order."""
    if not subject.HAS_GAPS:
        return []
    of = (Gap.subject_kind == subject.KIND, Gap.subject_id == subject.id)
    return list(session.scalars(select(Gap).where(*of).order_by(Gap.clause, Gap.about)))


def move_gaps(p: Performance[Any, Any]) -> None:
    """Note what the act warns of and fill what it fills; the entry names both as `<clause>/<about>`."""
    if not p.act.warns and not p.act.fills:
        return
    known = {(gap.clause, gap.about): gap for gap in gaps_of(p.session, p.subject)}
    for warns in p.act.warns:
        lacking = set(warns.about(p))
        for about in sorted(lacking):
            _note(p, known.get((warns.clause, about)), warns.clause, about)
        for gap in known.values():
            if gap.clause == warns.clause and gap.act == p.act.name and gap.about not in lacking:
                _fill(p, gap)
    for fills in p.act.fills:
        for about in fills.about(p):
            if (found := known.get((fills.clause, about))) is not None:
                _fill(p, found)


def _note(p: Performance[Any, Any], gap: Gap | None, clause: str, about: str) -> None:
    if gap is None:
        gap = Gap(
            subject_kind=p.subject.KIND,
            subject_id=p.subject.id,
            clause=clause,
            about=about,
            act=p.act.name,
            noted_at=p.work.now,
        )
        p.session.add(gap)
    elif gap.filled_at is not None:
        gap.filled_at, gap.noted_at, gap.act = None, p.work.now, p.act.name
    p.gaps.append(gap)


def _fill(p: Performance[Any, Any], gap: Gap) -> None:
    if gap.filled_at is None:
        gap.filled_at = p.work.now
        p.gaps.append(gap)


def facts_of(gaps: Iterable[Gap]) -> dict[str, str]:
    """What an entry says of them: `gaps`, and `gaps_2`, `gaps_3` … where one fact cannot hold them all."""
    texts = [""]
    for gap in gaps:
        name = f"{gap.clause}/{gap.about}"
        if texts[-1] and len(texts[-1]) + 1 + len(name) > FACT_LENGTH:
            texts.append("")
        texts[-1] = f"{texts[-1]},{name}" if texts[-1] else name
    return {f"gaps_{number}" if number > 1 else "gaps": text for number, text in enumerate(texts, start=1)}


def gap_line(gap: Gap) -> dict[str, Any]:
    """A gap as answers show it."""
    return {
        "clause": gap.clause,
        "about": gap.about,
        "noted_at": gap.noted_at.isoformat(),
        "filled_at": gap.filled_at.isoformat() if gap.filled_at else None,
    }
