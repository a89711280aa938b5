"""What belongs to a petition: what is linked to it, and candidates that a clerk may link (LZ-12.6).

Shown is only what the reader may know of; of anything else there is no trace, in no number either.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from services.chassis.access import parties_of, require_fresh_directory, visible
from services.chassis.http import Context
from services.chassis.resources import item
from services.chassis.subject import RESTRICTED
from services.chassis.tables import Party
from services.chassis.work import Work
from services.intake.acts.duplicates import marks_of, near_marks_of
from services.intake.acts.said import summaries_of
from services.intake.domain.near_text import LIKE_ENOUGH, likeness
from services.intake.domain.same_letter import telling_text
from services.intake.storage import LetterMark, Petition, PetitionLink

MOST = 20


def related(context: Context, work: Work) -> Any:
    """`{"linked": […], "candidates": [{…, "why": ["same_letter" | "near_text" | "same_subject"], "likeness"}]}`."""
    petition = item(context, work, work.runtime.kinds[Petition.KIND])
    require_fresh_directory(work.session, work.runtime.settings.directory_stale_after)
    linked = _linked(work, petition)
    candidates = _candidates(work, petition) if petition.secrecy == RESTRICTED else []
    known = {line["id"] for line in linked}
    work.audit("read_related", "read", subject=petition, clauses=("LZ-12.6",))
    return {
        "id": petition.id,
        "linked": linked,
        "candidates": [line for line in candidates if line["id"] not in known],
        "clauses": ["LZ-12.6"],
    }


def _linked(work: Work, petition: Petition) -> list[dict[str, Any]]:
    pairs = work.session.scalars(
        select(PetitionLink).where(
            (PetitionLink.petition_id == petition.id) | (PetitionLink.other_id == petition.id)
        )
    ).all()
    relations = {
        one.other_id if one.petition_id == petition.id else one.petition_id: one.relation for one in pairs
    }
    if petition.duplicate_of:
        relations.setdefault(petition.duplicate_of, "duplicate")
    copies = select(Petition.id).where(Petition.duplicate_of == petition.id).limit(MOST)
    for copy in work.session.scalars(copies):
        relations.setdefault(copy, "duplicate")
    return [_line(other) | {"relation": relations[other.id]} for other in _known(work, list(relations))]


def _candidates(work: Work, petition: Petition) -> list[dict[str, Any]]:
    ring, session = work.runtime.ring, work.session
    same = _marked(work, petition, marks_of(session, ring, petition))
    near = _marked(work, petition, near_marks_of(session, ring, petition))
    about = _about_the_same(work, petition)
    others = _known(work, [*dict.fromkeys([*same, *near, *about])])
    own = _text(work, petition)
    lines = []
    for other in others:
        alike = likeness(own, _text(work, other))
        reasons = {"same_letter": other.id in same, "near_text": alike >= LIKE_ENOUGH,
                   "same_subject": other.id in about}  # fmt: skip
        why = [name for name, holds in reasons.items() if holds]
        if why:
            lines.append(_line(other) | {"why": why, "likeness": round(alike, 2)})
    lines.sort(key=lambda line: (-len(line["why"]), -line["likeness"], line["id"]))
    return lines[:MOST]


def _marked(work: Work, petition: Petition, marks: list[bytes]) -> list[str]:
    """Petitions that share a mark and that the reader may know of; the first so many."""
    query = select(LetterMark.petition_id).join(Petition, Petition.id == LetterMark.petition_id)
    query = query.where(LetterMark.mark.in_(marks), Petition.id != petition.id, *_shown(work))
    return list(work.session.scalars(query.distinct().limit(MOST)))


def _about_the_same(work: Work, petition: Petition) -> list[str]:
    persons = parties_of(work.session, petition)
    if not persons:
        return []
    about = aliased(Party)  # recusal looks at the parties, too
    query = select(about.subject_id).join(Petition, Petition.id == about.subject_id)
    query = query.where(
        about.subject_kind == Petition.KIND,
        about.person_id.in_(persons),
        Petition.id != petition.id,
        *_shown(work),
    )
    return list(work.session.scalars(query.distinct().limit(MOST)))


def _known(work: Work, ids: list[str]) -> list[Petition]:
    query = select(Petition).where(Petition.id.in_(ids), *_shown(work))
    return list(work.session.scalars(query.order_by(Petition.opened_on.desc(), Petition.id)))


def _shown(work: Work) -> tuple[Any, ...]:
    knows = work.runtime.kinds[Petition.KIND].knows
    return Petition.secrecy == RESTRICTED, visible(Petition, work.actor, knows)


def _text(work: Work, petition: Petition) -> str:
    return telling_text("".join(summaries_of(work.session, work.runtime.ring, petition)))


def _line(petition: Petition) -> dict[str, Any]:
    return {"id": petition.id, "no": petition.no, "state": petition.state,
            "opened_on": petition.opened_on.isoformat(), "unit_id": petition.unit_id}  # fmt: skip
