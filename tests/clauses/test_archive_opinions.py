"""An integrity opinion rests on a fresh search of the clue ledger, of which only the head learns more (LZ-10.5)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clause_proof import proves
from tests.clauses.clues_steps import CluesWorld, done, refused
from tests.world import Answer, Client

OPINIONS, SEARCHES = "/archive/integrity-opinions", "/clues/opinion-searches"
ASKED: dict[str, object] = {
    "person_ids": ["p-edu-sec", "p-edu-clerk"],
    "purpose_code": "promotion_to_section_chief",
    "basics": "拟提任人选基本情况",
}


class OpinionWorld(CluesWorld):
    """The acts of an opinion in short, in archive and clues."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, services=("archive", "clues"))

    def ask(self, account: str = "edu-clerk", **changes: object) -> Answer:
        return self.world.as_(account).act(f"{OPINIONS}/request_opinion", ASKED | changes)

    def asked(self, **changes: object) -> str:
        """A request; each of its searches waits for the head."""
        request = str(done(self.ask(**changes)).body["id"])  # type: ignore[arg-type]
        self.world.pump()
        assert self.world.parked() == []
        return request

    def searches(self, client: Client | None = None) -> dict[str, str]:
        """Ids of the searches by person."""
        items = (client or self.head).get(SEARCHES).body["items"]
        return {str(line["person_id"]): str(line["id"]) for line in items}

    def search(self, person: str, *, by: Client | None = None, again: bool = False) -> Answer:
        name = "search_ledger_again" if again else "search_ledger"
        answer = (by or self.head).act(f"{SEARCHES}/{self.searches()[person]}/{name}", {})
        self.world.pump()
        return answer

    def reply(self, request: str) -> None:
        done(self.clerk.act(f"{OPINIONS}/{request}/reply_opinion", {"opinion": "未发现影响使用的问题"}))

    def approve_reply(self, request: str) -> Answer:
        return self.head.decide("archive", "integrity-opinions", request)


@pytest.fixture
def here(tmp_path: Path) -> OpinionWorld:
    return OpinionWorld(tmp_path)


@proves("LZ-10.5", check=1)
def test_no_reply_is_approved_without_evidence_for_each_person(here: OpinionWorld) -> None:
    request = here.asked()
    here.reply(request)
    for person in ("p-edu-sec", "p-edu-clerk"):
        answer = here.approve_reply(request)
        refused(answer, "MISSING_DOCUMENT", "LZ-10.5")
        assert answer.body["field"] == "evidence"
        done(here.search(person))
    approved = done(here.approve_reply(request)).body
    assert (approved["state"], "LZ-10.5" in approved["clauses"]) == ("replied", True)
    [event] = here.events("archive.opinion_replied", "archive")
    assert event.data == {
        "request_id": request, "reply_no": "LZHF-pz1-2026-00001", "replied_on": "2026-03-02",
    }  # fmt: skip


@proves("LZ-10.5", check=2)
@pytest.mark.parametrize("end", ["none", "under_review", "concluded"])
def test_only_a_code_comes_back_and_only_the_head_learns_more(here: OpinionWorld, end: str) -> None:
    clue = str(done(here.found("p-edu-sec")).body["id"]) if end != "none" else ""
    if end == "concluded":
        here.closed(clue)
    request = here.asked(person_ids=["p-edu-sec"])
    done(here.search("p-edu-sec"))
    [event] = here.events("clues.opinion_evidence_supplied")
    assert event.data == {
        "request_id": request, "person_id": "p-edu-sec", "result_code": end, "searched_on": "2026-03-02",
    }  # fmt: skip
    path = f"{OPINIONS}/{request}/evidence"
    line = {"person": "p-edu-sec", "result_code": end, "searched_on": "2026-03-02"}
    assert here.head.get(path).body["items"] == [line]
    for client in (here.clerk, here.deputy, here.world.as_("leader")):
        refused(client.get(path), "ACCESS_DENIED", "LZ-10.5")
        assert end not in str(client.get(f"{OPINIONS}/{request}").body["papers"])
    item = here.searches()["p-edu-sec"]
    hits = here.head.get(f"{SEARCHES}/{item}/hits")
    assert [hit["clue"] for hit in hits.body["items"]] == ([clue] if clue else [])
    for account in ("clerk1", "deputy1", "jd1", "ags1", "xf1", "head2"):
        client = here.world.as_(account)
        assert client.get(f"{SEARCHES}/{item}/hits").code == "UNKNOWN_REFERENCE"
        assert client.get(SEARCHES).body["items"] == []
    assert {entry.code for entry in here.audited(item, "refused")} == {"ACCESS_DENIED"}


@proves("LZ-10.5", check=3)
@pytest.mark.parametrize(
    ("day", "accepted"),
    [((2026, 3, 6), True), ((2026, 3, 9), True), ((2026, 3, 10), False)],
)
def test_evidence_older_than_five_working_days_has_to_be_searched_again(
    here: OpinionWorld, day: tuple[int, int, int], *, accepted: bool
) -> None:
    request = here.asked(person_ids=["p-edu-sec"])
    done(here.search("p-edu-sec"))
    here.reply(request)
    here.world.on(*day)
    answer = here.approve_reply(request)
    if not accepted:
        refused(answer, "NOT_VERIFIED", "LZ-10.5")
        assert answer.body["field"] == "evidence"
        done(here.search("p-edu-sec", again=True))
        answer = here.approve_reply(request)
    assert done(answer).body["state"] == "replied"


@pytest.mark.parametrize(("day", "accepted"), [((2026, 3, 3), True), ((2026, 3, 4), False)])
def test_a_saturday_that_is_worked_counts(
    here: OpinionWorld, day: tuple[int, int, int], *, accepted: bool
) -> None:
    here.world.on(2026, 2, 25)  # Saturday 28 February 2026 is worked
    request = here.asked(person_ids=["p-edu-sec"])
    done(here.search("p-edu-sec"))
    here.reply(request)
    here.world.on(*day)
    assert (here.approve_reply(request).code == "") is accepted


def test_a_clue_that_the_head_may_not_know_of_changes_no_code(here: OpinionWorld) -> None:
    here.person_is("p-head1", 9, office_id="pz1", unit_id="", relatives=("p-edu-vice",))
    done(here.found("p-edu-sec", "p-edu-vice"))
    here.asked(person_ids=["p-edu-sec"])
    done(here.search("p-edu-sec"))
    assert [e.data["result_code"] for e in here.events("clues.opinion_evidence_supplied")] == ["none"]


def test_a_search_goes_on_with_the_ledger_and_after_the_reply_changes_nothing(here: OpinionWorld) -> None:
    request = here.asked(person_ids=["p-edu-sec"])
    done(here.search("p-edu-sec"))
    here.reply(request)
    done(here.approve_reply(request))
    done(here.found("p-edu-sec"))
    done(here.search("p-edu-sec", again=True))
    codes = [e.data["result_code"] for e in here.events("clues.opinion_evidence_supplied")]
    assert codes == ["none", "under_review"]
    [kept] = here.head.get(f"{OPINIONS}/{request}/evidence").body["items"]
    assert kept["result_code"] == "none"


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"person_ids": ["p-nobody"]}, "UNKNOWN_REFERENCE", "person_ids"),
        ({"person_ids": ["p-hou-sec"]}, "UNKNOWN_REFERENCE", "person_ids"),
        ({"purpose_code": None}, "OUT_OF_RANGE", "purpose_code"),
        ({"basics": ""}, "MISSING_FIELD", "basics"),
    ],
)
def test_a_request_names_persons_of_the_unit_their_basics_and_its_purpose(
    here: OpinionWorld, changes: dict[str, object], code: str, field: str
) -> None:
    answer = here.ask(**changes)  # type: ignore[arg-type]
    assert (answer.code, answer.body["field"]) == (code, field)
    assert here.events("archive.opinion_requested", "archive") == []


def test_a_request_is_there_for_the_office_and_the_commission_only(here: OpinionWorld) -> None:
    request = here.asked()
    for account in ("clerk1", "deputy1", "head1", "leader"):
        assert here.world.as_(account).get(f"{OPINIONS}/{request}").status == 200
    for account in ("edu-clerk", "edu-head", "clerk3", "jd1", "da1", "sys"):
        assert here.world.as_(account).get(f"{OPINIONS}/{request}").code == "UNKNOWN_REFERENCE"
    assert here.ask("clerk1").code == "WRONG_ROLE"
