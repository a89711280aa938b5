"""Links are offered where there is one, codes of lists shown by their names."""

from __future__ import annotations

from collections.abc import Callable

from services.desk.pages.words import Language, readable
from tests.clauses.intake_petitions import BASE, letter, register
from tests.unit.desk.visitor import Visitor
from tests.world import World

Signed = Callable[[str], Visitor]


def test_taking_a_link_back_is_offered_where_the_reader_sees_a_link(world: World, visitor: Signed) -> None:
    first, second = (str(register(world, letter(summary=text))["id"]) for text in ("第一件", "第二件"))
    clerk = visitor("clerk1")

    def links(petition: str, reader: Visitor) -> set[str]:
        page = reader.get(f"/desk/items/intake/petitions/{petition}")
        return {target for target in page.links.values() if target.endswith("/acts/unlink_petition")}

    assert links(first, clerk) == links(second, clerk) == set()
    paper = {"other": second, "relation": "related", "reason": "同一事项"}
    assert world.as_("clerk1").act(f"{BASE}/{first}/link_petition", paper).status == 200
    assert len(links(first, clerk)) == len(links(second, clerk)) == 1
    assert "取消关联" in clerk.get(f"/desk/items/intake/petitions/{second}").text
    world.as_("clerk1").act(f"{BASE}/{second}/unlink_petition", {"other": first, "reason": "误关联"})
    assert links(first, clerk) == links(second, clerk) == set()


def test_a_list_of_codes_is_shown_by_their_names() -> None:
    for code, names in (("zh", ("直接责任", "领导责任")), ("en", ("direct responsibility",))):
        shown = readable(Language(code), ",direct_track,leadership_track,")
        assert all(name in shown for name in names)
        assert "_track" not in shown
    assert readable(Language("zh"), "甲,乙") == "甲,乙"
    assert "<" not in readable(Language("zh"), ",<b>,")
