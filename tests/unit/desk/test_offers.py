"""The item page says what may be done, what not, and why not."""

from __future__ import annotations

from collections.abc import Callable

from tests.clauses.intake_petitions import STEPS, bring, register
from tests.unit.desk.visitor import Visitor
from tests.world import World

Signed = Callable[[str], Visitor]


def test_the_item_page_links_what_may_be_done_and_gives_the_reason_for_the_rest(
    world: World, visitor: Signed
) -> None:
    petition = register(world)["id"]
    page = visitor("clerk1").get(f"/desk/items/intake/petitions/{petition}")
    assert page.link("转送信访室").endswith("/acts/forward_petition")
    assert not [words for words in page.links if "确定分类" in words or "径送" in words]
    assert "确定分类" in page.text
    assert "DUPLICATE" in page.text
    assert "径送信访室主任 Deliver directly to the head of the petition office" in page.text
    assert "LZ-12.3" in page.links


def test_a_deputy_reads_at_the_proposal_whose_it_is_to_decide(world: World, visitor: Signed) -> None:
    petition = bring(world, "recorded")
    account, act, paper = STEPS["transfer_approved"]
    assert world.as_(account).act(f"/intake/petitions/{petition}/{act}", paper).status == 200
    page = visitor("deputy1").get(f"/desk/items/intake/petitions/{petition}")
    assert "您不能审批" in page.text
    assert "派驻机构主要负责人" in page.text
    assert "WRONG_APPROVER" in page.text
    assert not [form for form in page.forms if "/proposals/" in form.action]
    head = visitor("head1").get(f"/desk/items/intake/petitions/{petition}")
    assert "您不能审批" not in head.text
    assert [form for form in head.forms if "/proposals/" in form.action]


def test_who_proposed_reads_on_the_item_page_why_it_was_returned(world: World, visitor: Signed) -> None:
    petition = bring(world, "recorded")
    account, act, paper = STEPS["transfer_approved"]
    assert world.as_(account).act(f"/intake/petitions/{petition}/{act}", paper).status == 200
    head = visitor("head1")
    page = head.get(f"/desk/items/intake/petitions/{petition}")
    [form] = [form.action for form in page.forms if "/proposals/" in form.action]
    assert head.send(page, form, button="return", reason="请核实承办部门（示例）").status == 303
    assert "请核实承办部门（示例）" in visitor("clerk1").get(f"/desk/items/intake/petitions/{petition}").text
    assert "请核实承办部门" not in visitor("deputy1").get(f"/desk/items/intake/petitions/{petition}").text
