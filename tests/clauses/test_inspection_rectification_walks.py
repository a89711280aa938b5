"""Random walks through an item of rectification: none is closed that its office did not verify (LZ-20.13)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from tests.clause_proof import proves
from tests.clauses.round_steps import done
from tests.clauses.test_inspection_rectification import LISTS, RectificationWorld

WALKS = settings().max_examples // 2
OFFICE, UNIT, OTHERS = ("clerk1", "head1"), ("edu-clerk", "edu-head"), ("jd1", "xc1", "leader")
TRYING = (*OFFICE, *UNIT, *OTHERS)
DOINGS = ("report", "verify", "verify", "find_short", "close")


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RectificationWorld]:
    """All walks go on in one world, each with an item of its own: the list has enough of them."""
    made = RectificationWorld(tmp_path_factory.mktemp("walks"))
    done(made.register(300))
    yield made
    made.world.close()


class Item:
    """What the model knows of an item: written from the clause."""

    def __init__(self) -> None:
        self.state, self.verified = "open", False

    def allows(self, account: str, doing: str) -> bool:
        if doing == "report":
            return account in UNIT and self.state == "open"
        if doing == "close":
            return account in OFFICE and self.state == "reported" and self.verified
        return account in OFFICE + OTHERS and self.state in ("open", "reported")

    def take(self, account: str, doing: str) -> None:
        if doing == "report":
            self.state, self.verified = "reported", False
        elif doing == "close":
            self.state = "closed"
        elif self.state == "reported":
            self.verified = doing == "verify" if account in OFFICE else self.verified
            self.state = "reported" if doing == "verify" else "open"


NUMBERS = iter(range(1, 301))


@proves("LZ-20.13", check=1)
@settings(
    max_examples=WALKS,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(steps=st.lists(st.tuples(st.sampled_from(TRYING), st.sampled_from(DOINGS)), max_size=9))
def test_no_walk_closes_an_item_that_its_office_did_not_verify(
    here: RectificationWorld, steps: list[tuple[str, str]]
) -> None:
    item, model = here.item_numbered(next(NUMBERS)), Item()
    [of] = here.clerk.get(LISTS).body["items"]
    for account, doing in steps:
        by = here.world.as_(account)
        if doing == "report":
            answer = here.report(item, by=by)
        elif doing == "close":
            answer = here.do(item, "close_rectification_item", by=by)
        else:
            answer = here.check_item(item, by, result="verified" if doing == "verify" else "not_rectified")
        allowed = model.allows(account, doing)
        assert (answer.status == 200) == allowed, (account, doing, vars(model), answer)
        if allowed:
            model.take(account, doing)
        assert here.item(item, here.clerk)["state"] == model.state
    closed = here.item(f"{LISTS}/{of['id']}", here.clerk)["closed_count"] - of["closed_count"]
    assert closed == (model.state == "closed")
    event(model.state)
