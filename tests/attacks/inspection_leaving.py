"""Who gets through on what leaves a round: written down by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.clauses.petition_steps import petition
from tests.clauses.round_steps import done
from tests.clauses.test_inspection_expedite import INVESTIGATE
from tests.clauses.test_inspection_interviews import TAG
from tests.clauses.test_inspection_slips import SLIP

if TYPE_CHECKING:
    from tests.attacks.inspection_rounds import RoundItems

OFFICE, HEADS_OF_GROUP = {"xc1", "xcd"}, {"xz1", "xz2"}
OPENERS = OFFICE | {"zu1", "zu2", "zu3", "zu4", "zu5"}
CREATORS = {
    "/inspection/referral-slips/fill_referral_slip": OPENERS,
    "/inspection/petition-referrals/refer_petitions": OPENERS,
}
KNOWN = {
    "/inspection/clue-ledger": OFFICE | HEADS_OF_GROUP,
    "/inspection/referral-slips": {"zu1", "zu2", "zu3"},
}
"""The slip is filled in by zu2; leader and liaison know of it besides."""
DOERS: dict[str, dict[str, set[str]]] = {
    "/inspection/clue-ledger": {},
    "/inspection/referral-slips": {"send_referral_slip": {"zu1", "zu3"}},
}


def fill(items: RoundItems, unit: str, interview: str) -> None:
    """A line of the ledger, for a second clue of an interview, and a slip."""
    known = {one["id"] for one in items.leader.get("/inspection/found-clues").body["items"]}
    done(items.do(interview, "tag_clue", TAG | {"subject_ids": ["p-edu-sec"]}, by=items.member))
    found = items.leader.get("/inspection/found-clues").body["items"]
    [second] = [one["id"] for one in found if one["id"] not in known]
    clue = f"/inspection/found-clues/{second}"
    done(items.do(clue, "propose_investigating_now", INVESTIGATE, by=items.leader))
    [line] = items.office.get("/inspection/clue-ledger").body["items"]
    items.chosen["/inspection/clue-ledger"] = line["id"]
    serial = items.item(petition(items, unit, nature="outside_both"), items.leader)["no"]
    slip = SLIP | {"engagement_id": unit.rpartition("/")[2], "petition_serial": serial}
    place = "/inspection/referral-slips"
    items.chosen[place] = done(items.do(place, "fill_referral_slip", slip, by=items.deputy)).body["id"]
