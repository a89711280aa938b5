"""A clause's page leads to the document in force that says what the clause means here (GL-3.5, GL-3.8)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.desk.passwords import WORKER
from tests.attacks.inspection_five import FiveItems
from tests.clauses.five_supervision_steps import DOCUMENT, TASKS
from tests.clauses.supervision_steps import done
from tests.unit.desk.visitor import Visitor, open_account
from tests.world import World


@pytest.fixture
def items(tmp_path: Path) -> Iterator[FiveItems]:
    made = FiveItems(World(tmp_path, services=("inspection", "desk")))
    yield made
    made.world.close()
    WORKER.close()


def test_the_page_of_a_clause_leads_to_its_document_with_text_and_day(items: FiveItems) -> None:
    first, second = items.published(), items.published(effective_on="2026-04-01", full_text="自四月起执行。")
    items.published(clause="GL-3.5")
    items.propose_document(clause="GL-3.8")
    open_account(items.world, "clerk1")
    clerk = Visitor(items.world)
    assert clerk.sign_in("clerk1").status == 303
    page = clerk.get(f"/desk/clauses/{TASKS}")
    at = [page.html.index(f"/desk/items{one}") for one in (second, first)]
    assert at == sorted(at)
    assert page.html.count("/desk/items/inspection/standing-documents/") == 2
    assert "2026年4月1日" in page.text
    item = clerk.get(f"/desk/items{first}")
    assert DOCUMENT["full_text"] in clerk.get(item.link("制度文件")).text
    assert "standing-documents/" not in clerk.get("/desk/clauses/GL-3.8").html
    done(items.do(second, "repeal_document", {"reason": "废止"}, by=items.leader))
    assert f"/desk/items{second}" not in clerk.get(f"/desk/clauses/{TASKS}").html
