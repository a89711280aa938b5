"""Who gets through on a unit's archive: written down by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from contracts.events.inspection_archive import ArchiveHandedOver
from services.chassis.work import begin
from services.inspection.storage_archive import ArchiveFile
from tests.clauses.archive_steps import ENTRIES, FILES, PAPER, ROUND_FILES
from tests.clauses.round_steps import done

if TYPE_CHECKING:
    from tests.attacks.inspection_rounds import RoundItems

OFFICE, LEADING_GROUP = {"xc1", "xcd"}, {"xz1", "xz2", "xz3"}
OF_TEAM_1 = {"zu1", "zu2", "zu3"}
OPENERS = OFFICE | OF_TEAM_1 | {"zu4", "zu5"}
CREATORS = {
    f"{FILES}/open_catalogue": OPENERS,
    f"{ENTRIES}/file_paper": OPENERS,
    f"{ENTRIES}/explain_absence": OPENERS,
}
KNOWN = {FILES: OFFICE | OF_TEAM_1, ENTRIES: {"xcd", "zu1", "zu3"}}
"""The line is of a clue report (XC-46.10): the director's, the leader's and the filer's."""
KEPT = {ROUND_FILES: OFFICE}
"""Of the service archive."""
DOERS: dict[str, dict[str, set[str]]] = {
    FILES: {
        "close_catalogue": {"zu3"},
        "reopen_catalogue": {"zu3"},
        "hand_over_archive": {"zu1", "zu3"},
        "destroy_residue": {"zu1", "zu3"},
    },
    ENTRIES: {"strike_entry": {"zu3"}},
}


def fill(items: RoundItems, unit: str) -> None:
    """zu3 has filed one paper of team 1 and closed the catalogue; nothing that it waits for is there yet.

    In archive stands an earlier file of it: the team goes on with its work here, and hands over after it (XC-28.3d).
    """
    done(items.do(unit, "designate_filer", {"filer_id": "p-zu3"}, by=items.leader))
    file = _put(items, FILES, "open_catalogue", {"engagement_id": unit.rpartition("/")[2]})
    paper = {"archive_file_id": items.chosen[FILES], "category": 10, "document": "clue_report"}
    _put(items, ENTRIES, "file_paper", PAPER | paper)
    done(items.do(file, "close_catalogue", by=items.member))
    announce(items, file.rpartition("/")[2])


def announce(items: RoundItems, file: str) -> None:
    """To archive, as the handover of a file does."""
    with begin(items.world.runtimes["inspection"]) as work:
        of = work.session.get_one(ArchiveFile, file)
        event = ArchiveHandedOver(
            round_id=of.round_id, team_id=of.team_id, unit_id=of.unit_id, office_id=of.office_id,
            catalogue_ref=of.id, handed_over_on=work.today, late_days=0, complete=(),
        )  # fmt: skip
        work.emit(event, of.ref, of.version)


def _put(items: RoundItems, place: str, act: str, paper: dict[str, Any]) -> str:
    items.chosen[place] = done(items.do(place, act, paper, by=items.member)).body["id"]
    return f"{place}/{items.chosen[place]}"
