"""Items of two kinds may have one id; neither takes the other's key or papers for its own."""

from __future__ import annotations

from pathlib import Path

from tests.attacks.verifying import verified
from tests.world import World

PLACE = "/notifications"


def test_a_unit_and_its_coverage_share_an_id_and_coverage_is_set_again_and_again(tmp_path: Path) -> None:
    world = World(tmp_path, services=("notifications",))
    sys = world.as_("sys")
    for office, kind, parent in (("new1", "dispatched_office", "qw9"), ("new2", "supervised_unit", "")):
        entry = {"office_id": office, "kind": kind, "name_zh": "新设机构", "name_en": "new"}
        if parent:
            more = {"office_id": parent, "kind": "district_commission", "name_zh": "委", "name_en": "c"}
            assert sys.act(f"{PLACE}/offices/register_office", more).status == 201
            entry["parent_office_id"] = parent
        assert sys.act(f"{PLACE}/offices/register_office", entry).status == 201
    for liaison in ("qw9", "new1", "qw9"):
        paper = {"unit_id": "new2", "office_id": "new1", "liaison_office_id": liaison}
        answer = sys.act(f"{PLACE}/coverage/set_coverage", paper)
        assert answer.status == 201, answer.body
    shown = sys.get(f"{PLACE}/coverage/new2").body
    assert len(shown["papers"]) == 3
    for paper in shown["papers"]:
        assert sys.get(f"{PLACE}/coverage/new2/papers/{paper['id']}").status == 200
    assert verified(world).ok
