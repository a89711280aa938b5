"""Random walks over the machine of a unit's meeting (1.11): whatever is tried, no guard is passed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.clause_proof import proves
from tests.clauses.supervision_steps import ABSENCE, ATTENDANCE, DAY, ITEMS, MEETINGS, SupervisionWorld, done

OFFICE, UNIT = ("clerk1", "head1"), ("edu-clerk",)
HELD = ("attended", "absent", "decided", "followed_up")
NUMBERS = (3, 4)
LIFE: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "schedule_meeting": (OFFICE + UNIT, ("announced",)),
    "cancel_meeting": (OFFICE + UNIT, ("announced",)),
    "deliver_materials": (OFFICE + UNIT, ("announced", *HELD)),
    "record_attendance": (OFFICE, ("announced",)),
    "record_absence": (OFFICE, ("announced",)),
    "record_decision": (OFFICE, ("attended", "absent", "decided")),
    "file_minutes": (OFFICE + UNIT, HELD),
    "check_implementation": (OFFICE, ("decided", "followed_up")),
}
"""Of each act who may do it, and in which states: by hand, from lifecycles.md."""
WHO = (*OFFICE, *UNIT, "clerk3", "jd1")
ONCE = ("deliver_materials", "file_minutes")
TRIED = st.tuples(st.sampled_from(sorted(LIFE)), st.sampled_from(WHO), st.sampled_from(NUMBERS))


@dataclass
class Life:
    """What the model knows of one meeting."""

    state: str = "announced"
    decided: set[int] = field(default_factory=set)
    checked: set[int] = field(default_factory=set)
    done: set[str] = field(default_factory=set)

    def allows(self, account: str, act: str, number: int) -> bool:
        who, when = LIFE[act]
        if account not in who or self.state not in when or (act in ONCE and act in self.done):
            return False
        return act != "check_implementation" or number in self.decided

    def take(self, act: str, number: int) -> None:
        self.done.add(act)
        after = {"record_attendance": "attended", "record_absence": "absent", "cancel_meeting": "cancelled"}
        self.state = after.get(act, self.state)
        if act in ("record_decision", "file_minutes"):
            self.decided.add(number)
            self.state = "decided"
        if act == "check_implementation":
            self.checked.add(number)
            self.state = "followed_up" if self.checked >= self.decided else self.state


def paper_of(act: str, number: int) -> dict[str, Any]:
    decisions = [{"item_no": number, "decision": "同意"}]
    papers: dict[str, dict[str, Any]] = {
        "schedule_meeting": {"opens_at": f"{DAY}T10:00:00+08:00"},
        "cancel_meeting": {"reason": "另行通知"},
        "deliver_materials": {"agenda_on": DAY},
        "record_attendance": ATTENDANCE,
        "record_absence": ABSENCE,
        "record_decision": {"decided_on": DAY, "decisions": decisions},
        "file_minutes": {"filed_on": DAY, "decisions": decisions},
        "check_implementation": {
            "item_no": number, "checked_on": DAY, "facts": "有偏差", "deviates": True, "grade": "general",
        },
    }  # fmt: skip
    return papers[act]


DOCUMENTS = {"deliver_materials": ("meeting_agenda",), "file_minutes": ("meeting_minutes",)}


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SupervisionWorld]:
    """All walks start in one world at noon of the meetings' day, each with a meeting of its own."""
    steps = SupervisionWorld(tmp_path_factory.mktemp("walks"))
    done(steps.file_list())
    steps.world.on(2026, 3, 4, 12)
    yield steps
    steps.world.close()


@proves("LZ-6.5", check=2)
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tries=st.lists(TRIED, min_size=4, max_size=14))
def test_no_walk_through_a_meeting_passes_a_guard(
    here: SupervisionWorld, tries: list[tuple[str, str, int]]
) -> None:
    meeting, life = here.announced(items=ITEMS), Life()
    for act, account, number in tries:
        client, expected = here.world.as_(account), life.allows(account, act, number)
        seen = here.item(meeting)["version"]
        answer = client.act(
            f"{meeting}/{act}",
            paper_of(act, number),
            version=seen,
            attachments=here.documents(client, DOCUMENTS.get(act, ())),
        )
        assert (answer.status < 300) == expected, (act, account, life, answer.body)
        if expected:
            life.take(act, number)
    shown = here.item(meeting)
    assert shown["state"] == life.state
    assert shown["decided_nos"] == "".join(f",{n}" for n in sorted(life.decided)) + "," * bool(life.decided)
    problems = here.clerk.get("/inspection/problems", limit="200").body["items"]
    found = [one for one in problems if one["source_id"] == meeting.removeprefix(f"{MEETINGS}/")]
    assert len(found) == sum(line["act"] == "check_implementation" for line in shown["timeline"])
