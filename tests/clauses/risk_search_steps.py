"""Steps of full searches for risks, special matters and core powers; the world is that of political ecology."""

from __future__ import annotations

from typing import Any

from tests.clauses.ecology_steps import MEETINGS as INTEGRITY_MEETINGS
from tests.clauses.ecology_steps import REPORT, EcologyWorld, done, id_of, refused
from tests.clauses.supervision_steps import Paper
from tests.world import Answer, Client

SEARCHES, MATTERS, POWERS = (
    "/inspection/risk-searches",
    "/inspection/special-matters",
    "/inspection/core-powers",
)
SPECIALS, YEARS = "/inspection/special-supervisions", "/inspection/special-supervision-years"
AREAS = ["key_few", "key_department", "key_post", "key_field", "important_matter"]
CALL: Paper = {
    "unit_id": "edu",
    "search_ground": "strong_complaint",
    "source_ref": "XF-1",
    "matter": "校服采购",
}
CASE: Paper = {"unit_id": "edu", "source_ref": "AJ-1", "reason": "同类岗位多发"}
CONCLUSION: Paper = {"concluded_on": "2026-03-02", "areas": AREAS, "outcomes": []}
LISTING: Paper = {"unit_id": "edu", "matter": "校服采购专题监督", "unit_functions": "教育行政管理"}
POWER: Paper = {
    "unit_id": "edu",
    "power": "物资采购审批",
    "holder_post": "装备中心主任",
    "links": [{"no": 1, "link": "需求论证"}],
}


def outcome(point: str, code: str = "risk_kept", reason: str = "经研究") -> Paper:
    return {"point_id": id_of(point), "outcome": code, "reason": reason}


class SearchWorld(EcologyWorld):
    """The acts in short."""

    def call(self, *, by: Client | None = None, without: str = "", **changes: Any) -> Answer:
        paper = {key: value for key, value in (CALL | changes).items() if key != without}
        return self.do(SEARCHES, "call_for_risk_search", paper, by=by)

    def called(self, **changes: Any) -> str:
        return f"{SEARCHES}/{done(self.call(**changes)).body['id']}"

    def search(self, **changes: Any) -> str:
        """Under way."""
        item = self.called(**changes)
        done(self.do(item, "begin_risk_search", {"plan": "分领域逐项排查"}))
        return item

    def case(self, *, closed: bool = True) -> str:
        item = f"{SEARCHES}/{done(self.do(SEARCHES, 'mark_typical_case', CASE)).body['id']}"
        if closed:
            done(self.do(item, "note_typical_case_closed", {"case_closed_on": "2026-03-02"}))
        return item

    def found(self, search: str, **changes: Any) -> str:
        """A risk point that the search found."""
        return self.point(search_id=id_of(search), **changes)

    def conclude(self, search: str, *outcomes: Paper, **changes: Any) -> Answer:
        paper = CONCLUSION | {"outcomes": list(outcomes)} | changes
        return self.do(search, "conclude_risk_search", paper)

    def analysis(self) -> str:
        """The id of a meeting whose report was drawn."""
        meeting = f"{INTEGRITY_MEETINGS}/{done(self.meet()).body['id']}"
        done(self.do(meeting, "draw_integrity_report", REPORT))
        return id_of(meeting)

    def list_matter(self, *sources: tuple[str, str], by: Client | None = None, **changes: Any) -> Answer:
        lines = [{"kind": kind, "drawn_from_id": source} for kind, source in sources]
        return self.do(MATTERS, "list_special_matter", LISTING | {"sources": lines} | changes, by=by)

    def matter(self, **changes: Any) -> str:
        answer = done(self.list_matter(("risk_search", id_of(self.point())), **changes))
        return f"{MATTERS}/{answer.body['id']}"

    def supervise(self, *matters: str, by: Client | None = None) -> Answer:
        paper = {"matter_ids": [id_of(one) for one in matters], "planned_to": "2026-12-31"}
        return self.do(SPECIALS, "open_matter_supervision", paper, by=by)

    def map_power(self, *, by: Client | None = None, without: str = "", **changes: Any) -> Answer:
        paper = {key: value for key, value in (POWER | changes).items() if key != without}
        return self.do(POWERS, "map_core_power", paper, by=by)

    def power(self, **changes: Any) -> str:
        return f"{POWERS}/{done(self.map_power(**changes)).body['id']}"

    def review(self, power: str) -> Answer:
        return self.do(power, "review_core_power", {"reviewed_on": "2026-03-02", "opinion": "已复核"})


__all__ = ["SearchWorld", "done", "id_of", "outcome", "refused"]
