"""Random walks over special-duty supervision: whatever is tried in whatever order, no link is skipped (GL-3.19)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.clause_proof import proves
from tests.clauses.duty_supervision_steps import ACT_OF, DUTIES, LINKS, DutyWorld
from tests.clauses.supervision_steps import done

BEFORE = {
    "opinion": "planned",
    "rectification": "opinion_sent",
    "tracking": "under_rectification",
    "interview": "unrectified",
    "accountability": "interviewed",
}
AFTER = {
    "opinion": "opinion_sent",
    "rectification": "under_rectification",
    "interview": "interviewed",
    "accountability": "accountability_asked",
}
ENDS = {
    "rectified": ("rectified_at_tracking", "interviewed"),
    "held_accountable": ("accountability_asked",),
}
"""Which state each link and each end asks for, and which state a link leads to: by hand, from the text."""
OFFICE = ("clerk1", "head1")
TRIED = st.tuples(
    st.sampled_from((*LINKS, *LINKS, *ENDS)),
    st.sampled_from((*OFFICE, *OFFICE, "clerk3", "edu-clerk", "jd1")),
    st.booleans(),
)


@dataclass
class Life:
    """What the model knows of one supervision."""

    state: str = "planned"
    links: list[str] = field(default_factory=list)

    def allows(self, account: str, tried: str) -> bool:
        wanted = ENDS.get(tried) or (BEFORE[tried],)
        return account in OFFICE and self.state in wanted

    def take(self, tried: str, *, rectified: bool) -> None:
        if tried in ENDS:
            self.state = "closed"
            return
        self.links.append(tried)
        tracked = "rectified_at_tracking" if rectified else "unrectified"
        self.state = tracked if tried == "tracking" else AFTER[tried]


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[DutyWorld, str]]:
    """One world for all walks, with an interview that was held."""
    steps = DutyWorld(tmp_path_factory.mktemp("duty-walks"))
    yield steps, steps.interviewed()
    steps.world.close()


@proves("GL-3.19", check=1)
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tries=st.lists(TRIED, min_size=6, max_size=18))
def test_no_walk_through_the_links_skips_one(
    here: tuple[DutyWorld, str], tries: list[tuple[str, str, bool]]
) -> None:
    steps, interview = here
    duty, life = steps.planned(), Life()
    for tried, account, rectified in tries:
        client, expected = steps.world.as_(account), life.allows(account, tried)
        more: dict[str, Any] = {}
        if tried == "interview":
            more = {"interview_id": interview}
        if tried == "tracking":
            more = {"fully_rectified": rectified}
        answer = (
            steps.close_duty(duty, by=client, outcome=tried)
            if tried in ENDS
            else steps.pass_link(duty, tried, by=client, **more)
        )
        assert (answer.status < 300) == expected, (tried, account, life, answer.body)
        if expected:
            life.take(tried, rectified=rectified)
    shown = steps.item(duty)
    assert shown["state"] == life.state
    assert shown["passed_links"] == "".join(f",link_{one}" for one in life.links) + "," * bool(life.links)
    clocks = steps.clocks(duty)
    assert (
        [link for link in LINKS if clocks[link][1] == "met"] == life.links == list(LINKS[: len(life.links)])
    )


def test_every_act_of_a_link_is_tried(here: tuple[DutyWorld, str]) -> None:
    steps, _ = here
    acts = steps.clerk.get("/inspection/acts").body["acts"]
    on_item = {act["name"] for act in acts if act["kind"] == "duty_supervision" and not act["creates"]}
    assert on_item == {*ACT_OF.values(), "plan_duty_supervision", "close_duty_supervision"}
    assert done(steps.take_up()).body["id"] in {one["id"] for one in steps.listed(DUTIES)}
