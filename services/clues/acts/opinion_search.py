"""The head searches the ledger for a person on whom an opinion was asked, and only a code goes back (LZ-10.5).

The search is over what the head may know of: a code that followed from anything else would tell the head, and by the
reply the unit, that there is something (ruling 9). Whoever the head is too close to is not theirs to search for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import exists, select

from contracts.events.clues_accountability import OpinionEvidenceSupplied
from services.chassis.access import Knows, post, visible
from services.chassis.act import Act, HandOn, Tells
from services.chassis.performance import Performance
from services.chassis.runtime import Kind
from services.chassis.subject import RESTRICTED
from services.chassis.tables import DirectoryCoverage, Party
from services.chassis.work import Work
from services.clues.domain.opinion_search import result_of
from services.clues.papers.opinion_search import OpinionSearchRecord, OpinionSearchWanted
from services.clues.storage import Clue
from services.clues.storage_opinion_search import OpinionSearch

HEAD = "dispatched_office_head"
CLAUSE = ("LZ-10.5",)


def wanted(p: Performance[OpinionSearch, OpinionSearchWanted]) -> OpinionSearch:
    paper = p.paper
    coverage = p.session.get(DirectoryCoverage, paper.unit_id)
    return OpinionSearch(
        id=p.work.new_id(),
        no="",
        state="waiting",
        version=0,
        secrecy=RESTRICTED,
        office_id=paper.office_id,
        liaison_office_id=coverage.liaison_office_id if coverage else "",
        unit_id=paper.unit_id,
        registrar_id="",
        handler_id="",
        addressee_id="",
        opened_on=p.today,
        changed_at=p.work.now,
        request_id=paper.request_id,
        person_id=paper.person_id,
        search_code="",
        searched_on=None,
    )


def number_and_party(p: Performance[OpinionSearch, OpinionSearchWanted]) -> None:
    p.add_party(p.paper.person_id)
    item, year = p.subject, p.today.year
    number = p.work.next_number(f"opinion_search/{item.office_id}/{year}")
    item.no = f"HC-{item.office_id}-{year}-{number:05d}"


OPEN_OPINION_SEARCH = Act(
    name="open_opinion_search",
    zh="受理线索核查",
    en="Take up a search of the ledger",
    clauses=CLAUSE,
    on=OpinionSearch,
    by=(),
    paper=OpinionSearchWanted,
    new=wanted,
    becomes="waiting",
    effect=number_and_party,
    tells=(Tells(HEAD, "opinion_search_wanted", "LZ-10.5", office=lambda p: p.subject.office_id),),
)


def hits(work: Work, person_id: str) -> Sequence[Clue]:
    """Clues on the person that the actor may know of, by number; a case is in its clue's volume and ends with it."""
    on_them = exists().where(
        Party.subject_kind == Clue.KIND, Party.subject_id == Clue.id, Party.person_id == person_id
    )
    knows = work.runtime.kinds[Clue.KIND].knows
    return work.session.scalars(
        select(Clue).where(on_them, visible(Clue, work.actor, knows)).order_by(Clue.no)
    ).all()


def search(p: Performance[OpinionSearch, Any]) -> None:
    p.subject.search_code = result_of(clue.state for clue in hits(p.work, p.subject.person_id)).value
    p.subject.searched_on = p.today


SEARCH_LEDGER = Act(
    name="search_ledger",
    zh="核查线索台账并反馈结果",
    en="Search the ledger and supply the result",
    clauses=CLAUSE,
    on=OpinionSearch,
    by=(post(HEAD),),
    paper=OpinionSearchRecord,
    when=("waiting",),
    becomes="supplied",
    effect=search,
    hands_on=(
        HandOn(
            OpinionEvidenceSupplied,
            lambda p: OpinionEvidenceSupplied(
                request_id=p.subject.request_id,
                person_id=p.subject.person_id,
                result_code=p.subject.search_code,
                searched_on=p.subject.searched_on,
            ),
        ),
    ),
)
SEARCH_AGAIN = Act(
    name="search_ledger_again",
    zh="重新核查线索台账",
    en="Search the ledger again",
    clauses=CLAUSE,
    on=OpinionSearch,
    by=SEARCH_LEDGER.by,
    paper=OpinionSearchRecord,
    when=("supplied",),
    effect=search,
    hands_on=SEARCH_LEDGER.hands_on,
    anytime=True,
)
"""What was found grows old (LZ-10.5 `valid_within`)."""

KINDS = (Kind(OpinionSearch, Knows(ordinary=(post(HEAD),)), "opinion-searches"),)
"""The head's alone: there being a hit is a secret of the clue."""

ACTS: tuple[Act[Any, Any], ...] = (OPEN_OPINION_SEARCH, SEARCH_LEDGER, SEARCH_AGAIN)
