"""The first form: by the office on its own matters with the head's approval, by the liaison office on others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clause_proof import proves
from tests.clauses.clues_steps import CLUES, CluesWorld, done, refused
from tests.clauses.figure_rows import measures, value
from tests.world import Answer, Client

RECORD: dict[str, object] = {"person_id": "p-edu-sec", "method_code": "talk", "findings": "情节轻微"}
APPROVAL = ("first_form_approval",)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[CluesWorld]:
    made = CluesWorld(tmp_path, services=("clues",))
    yield made
    made.world.close()


def apply(here: CluesWorld, clue: str, **changes: object) -> Answer:
    return here.clerk.act(f"{CLUES}/{clue}/apply_first_form", RECORD | changes)


def talked(here: CluesWorld, *subjects: str) -> str:
    clue = here.disposed(str(done(here.found(*(subjects or ("p-edu-sec",)))).body["id"]), "talk")
    person = {"subject_id": subjects[0]} if len(subjects) > 1 else {}
    done(here.talk(clue, **person))
    return clue


def submitted(here: CluesWorld) -> str:
    """A clue on an official whom the district manages: it leaves the office."""
    clue = str(done(here.found("p-edu-vice")).body["id"])
    done(here.clerk.act(f"{CLUES}/{clue}/propose_submission", {"basis": "区管干部"}))
    done(here.approve(clue))
    done(here.clerk.act(f"{CLUES}/{clue}/submit_clue"))
    return clue


def above(here: CluesWorld, clue: str, client: Client, documents: tuple[str, ...] = APPROVAL) -> Answer:
    paper = RECORD | {"person_id": "p-edu-vice", "method_code": "admonition"}
    attached = here.documents(*documents, client=client)
    return client.act(f"{CLUES}/{clue}/apply_first_form_above", paper, attachments=attached)


@proves("GL-1.30", check=1)
def test_a_small_breach_handled_by_talk_is_the_first_form_with_its_date(here: CluesWorld) -> None:
    clue = talked(here)
    here.world.on(2026, 3, 5)
    answer = done(apply(here, clue, applied_on="2026-03-04"))
    assert "GL-1.30" in answer.body["clauses"]
    assert value(here.head, "GL-1.32") == 0  # not before the head approves
    done(here.approve(clue))
    [event] = here.events("clues.first_form_applied")
    assert event.data == {
        "clue_id": clue, "person_id": "p-edu-sec", "method_code": "talk", "applied_on": "2026-03-04",
    }  # fmt: skip
    assert here.shown(clue)["state"] == "talk_held"
    day = {"from": "2026-03-04", "to": "2026-03-04"}
    assert measures(here.head, "GL-1.32", **day) == {"persons": 1, "person_times": 1}


@proves("GL-1.30", check=2)
def test_nothing_is_handled_without_a_clue_in_the_ledger(here: CluesWorld) -> None:
    unknown = apply(here, "0" * 32)
    assert (unknown.status, unknown.code) == (404, "UNKNOWN_REFERENCE")
    clue = talked(here)
    refused(apply(here, clue, person_id="p-edu-clerk"), "UNKNOWN_REFERENCE", "GL-1.30")


def test_in_one_matter_a_person_is_met_once(here: CluesWorld) -> None:
    clue = talked(here, "p-edu-sec", "p-edu-clerk")
    for person in ("p-edu-sec", "p-edu-clerk"):
        done(apply(here, clue, person_id=person))
        done(here.approve(clue))
    refused(apply(here, clue), "DUPLICATE", "GL-1.30")
    assert measures(here.head, "GL-1.32") == {"persons": 2, "person_times": 2}


@pytest.mark.parametrize("day", ["2026-03-01", "2026-03-03"])
def test_it_is_applied_between_the_clue_and_today(here: CluesWorld, day: str) -> None:
    refused(apply(here, talked(here), applied_on=day), "DATE_ORDER", "GL-1.30")


def test_before_a_disposition_is_approved_nothing_is_applied(here: CluesWorld) -> None:
    refused(apply(here, str(done(here.found("p-edu-sec")).body["id"])), "APPROVAL_REQUIRED", "GL-1.30")


@proves("GL-1.16", check=1)
def test_on_a_higher_managed_cadre_the_office_alone_applies_nothing(here: CluesWorld) -> None:
    clue = submitted(here)
    refused(apply(here, clue, person_id="p-edu-vice"), "OUT_OF_SCOPE", "GL-1.16")
    refused(above(here, clue, here.head), "WRONG_ROLE", "GL-1.16")
    assert here.events("clues.first_form_applied") == []


@proves("GL-1.16", check=2)
def test_the_liaison_office_applies_it_and_it_counts_by_persons(here: CluesWorld) -> None:
    clue, liaison = submitted(here), here.world.as_("jd1")
    refused(above(here, clue, liaison, documents=()), "MISSING_DOCUMENT", "GL-1.16")
    done(above(here, clue, liaison))
    refused(above(here, clue, liaison), "DUPLICATE", "GL-1.16")
    [event] = here.events("clues.first_form_applied")
    assert (event.data["person_id"], event.data["method_code"]) == ("p-edu-vice", "admonition")
    assert value(liaison, "GL-1.32") == 1
    assert here.shown(clue)["state"] == "submitted"


def test_the_liaison_office_leaves_the_offices_own_matters_alone(here: CluesWorld) -> None:
    refused(above(here, talked(here), here.world.as_("jd1")), "WRONG_STATE", "GL-1.16")
