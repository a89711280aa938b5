"""A verification by hand, on the pages that follow from its declaration."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from services.desk.passwords import WORKER
from tests.clauses.clues_steps import done
from tests.clauses.verification_steps import VerificationWorld
from tests.unit.desk.visitor import Page, Visitor, open_account

SCAN = b"%PDF-1.4 scan %%EOF"


@pytest.fixture
def here(tmp_path: Path) -> Iterator[VerificationWorld]:
    made = VerificationWorld(tmp_path, services=("clues", "desk"))
    yield made
    made.world.close()
    WORKER.close()


def at_desk(here: VerificationWorld, account: str) -> Visitor:
    open_account(here.world, account)
    visitor = Visitor(here.world)
    assert visitor.sign_in(account).status == 303
    return visitor


def go(visitor: Visitor, page: Page, words: str, *, scan: bytes = b"", **typed: Any) -> Page:
    """Open the form of an act from an item's page, fill it in, and follow to the page that says it is done."""
    form = visitor.get(page.link(words))
    action = page.link(words).partition("/desk")[2]
    return visitor.follow(visitor.send(form, action, scan=scan, **typed))


def test_a_verification_is_planned_requested_and_approved_on_its_pages(here: VerificationWorld) -> None:
    clue = str(done(here.found("p-edu-sec")).body["id"])
    here.disposed(clue, "verification")
    clerk, head = at_desk(here, "clerk1"), at_desk(here, "head1")
    assert "已办理" in go(clerk, clerk.get(f"/desk/items/clues/clues/{clue}"), "启动初步核实").text
    register = clerk.get("/desk/registers/clues/verifications")
    assert "待拟方案" in register.text
    item = clerk.get(register.link("CH-pz1-2026-00001"))
    planned = go(
        clerk, item, "拟定(修改)初核方案", scan=SCAN, capacity="discipline", lead_id="p-deputy1",
        member_ids=["p-clerk1"], facts="需核实的问题", steps="调取资料",
    )  # fmt: skip
    assert "方案已拟" in planned.text
    assert "纪检组名义" in planned.text
    asked = go(clerk, planned, "呈批初步核实(纪检组名义)", opinion="请审批")
    assert "已提请审批" in asked.text
    today = head.get("/desk/")
    assert "呈批初步核实" in today.text
    waiting = head.get(today.link("CH-pz1-2026-00001"))
    proposal = next(form for form in waiting.forms if "/proposals/" in form.action)
    approved = head.follow(head.send(waiting, proposal.action, button="approve"))
    assert "已批准" in approved.text
    assert "开始核实" in clerk.get(f"/desk/items/clues/verifications/{here.of_clue(clue)}").text
