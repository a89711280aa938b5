"""One clue from the letter to the executed sanction and its volume in the archive, by everybody whose step it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from services.chassis.settings import SERVICES
from tests.attacks.twins import load_names
from tests.attacks.verifying import verified
from tests.clauses.clues_steps import CLUES, done
from tests.clauses.decision_steps import DecisionWorld
from tests.clauses.verification_steps import PLACE

PLACES = ("sqlite", "postgres")


@pytest.fixture(params=PLACES)
def here(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[DecisionWorld]:
    database: Callable[[str], str] | None = None
    if request.param == "postgres":
        database = request.getfixturevalue("postgres_databases")
    made = DecisionWorld(tmp_path, services=SERVICES, database=database)
    load_names(made.world)
    yield made
    made.world.close()


def walk_to_the_filed_case(here: DecisionWorld) -> tuple[str, str]:
    """Clue and case, from a letter that the petition office judged in scope."""
    clue = here.clue()
    here.disposed(clue, "verification")
    for office in ("liaison_discipline_office", "case_supervision_office"):
        done(here.clerk.act(f"{CLUES}/{clue}/file_for_record", {"recipient_role": office}))
    done(here.clerk.act(f"{CLUES}/{clue}/begin_verification"))
    verification = here.of_clue(clue)
    done(here.plan(verification))
    here.approved(verification)
    done(here.act(verification, "start_verification"))
    done(here.study(verification))
    done(here.report_on(verification, eight_point=True))
    done(here.decide(verification, here.head))
    done(here.act(verification, "conclude_verification"))
    assert here.head.get(f"{PLACE}/{verification}").body["state"] == "concluded"
    done(here.clerk.act(f"{CLUES}/{clue}/begin_filing"))
    case = here.case_of(clue)
    here.ask(case)
    done(here.unit_says(case))
    done(here.liaison_says(case))
    return clue, here.filed(case)


def walk_to_the_executed_sanction(here: DecisionWorld, case: str) -> None:
    here.investigating(case)
    done(here.send_for_review(case))
    done(here.assign(case))
    done(here.accept(case))
    here.completed(case)
    done(here.propose_sanction(case))
    done(here.communicate(case))
    done(here.ask_on_case(case))
    done(here.opine(here.precheck(), here.review_office))
    done(here.send_to_review_office(case))
    done(here.answer(case))
    done(here.notify(case))
    done(here.decide_by_unit(case))
    done(here.file_record(case))
    here.carried_out(case)
    done(here.educate(case))
    done(here.verify_execution(case))
    done(here.rule(case, here.head))


def test_a_clue_goes_from_the_letter_to_the_executed_sanction_and_the_archive(here: DecisionWorld) -> None:
    clue, case = walk_to_the_filed_case(here)
    here.world.pump()
    walk_to_the_executed_sanction(here, case)
    here.world.pump()
    done(here.archive(case))
    here.world.pump()
    ended = here.shown(clue)
    assert (ended["state"], ended["outcome_code"]) == ("handled", "sanctioned")
    petition = here.clerk.get(f"/intake/petitions/{ended['petition_id']}").body
    assert petition["state"] == "replied"
    [file] = here.head.get("/archive/integrity-files").body["items"]
    assert (file["person_id"], file["entries"]) == ("p-edu-sec", 2)
    archivist = here.world.as_("da1")
    [volume] = archivist.get("/archive/volumes").body["items"]
    assert (volume["source_ref"], volume["state"]) == (clue, "archived")
    assert [one for one in ended["duties"] if one["status"] == "open"] == []
    assert here.world.parked() == []
    found = verified(here.world)
    assert found.ok, found
