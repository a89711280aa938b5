"""Steps of the study of political ecology and of integrity analysis meetings; the world is that of risks."""

from __future__ import annotations

from typing import Any

from tests.clauses.risk_steps import RiskWorld, done, id_of, refused
from tests.clauses.supervision_steps import Paper
from tests.world import Answer, Client

STUDIES, PORTRAITS = "/inspection/ecology-studies", "/inspection/ecology-portraits"
MEETINGS = "/inspection/docking-meetings"
DRAFT: Paper = {
    "studied_on": "2026-03-02",
    "participant_ids": ["p-clerk1", "p-jd1"],
    "sources": ["risk_data", "talk_data"],
    "grade": "ecology_fair",
    "judgement": "总体较好，基建领域风险较高",
}
PORTRAIT: Paper = {
    "unit_id": "edu",
    "portrayed_from": "2026-01-01",
    "portrayed_to": "2026-03-02",
    "sources": ["risk_data"],
    "portrait": "制度执行总体规范",
}
MINUTES: Paper = {
    "unit_id": "edu",
    "period": "2026-Q1",
    "held_on": "2026-03-02",
    "participant_ids": ["p-clerk1", "p-jd1"],
    "analysis": "来信集中在基建领域",
}
REPORT: Paper = {"analysis": "来信集中在基建领域", "suggestions": [{"no": 1, "text": "完善招标制度"}]}


class EcologyWorld(RiskWorld):
    """The acts in short."""

    def begin(self, *, by: Client | None = None, unit: str = "edu") -> Answer:
        return self.do(STUDIES, "begin_ecology_studies", {"unit_id": unit}, by=by or self.head)

    def study(self, **changes: Any) -> str:
        """Awaited, of the education bureau unless told otherwise."""
        return f"{STUDIES}/{done(self.begin(**changes)).body['id']}"

    def draft(self, study: str, *, by: Client | None = None, basis: bool = True, **changes: Any) -> Answer:
        documents = ("ecology_basis",) if basis else ()
        return self.do(study, "draft_ecology_study", DRAFT | changes, by=by, documents=documents)

    def confirm(self, study: str, *, by: Client | None = None, basis: bool = False) -> Answer:
        documents = ("ecology_basis",) if basis else ()
        return self.do(study, "confirm_ecology_study", by=by or self.liaison, documents=documents)

    def judged(self, study: str, **changes: Any) -> Answer:
        """Written down by the office, confirmed by the liaison office."""
        done(self.draft(study, **changes))
        return done(self.confirm(study))

    def portray(self, *, by: Client | None = None, without: str = "", **changes: Any) -> Answer:
        paper = {key: value for key, value in (PORTRAIT | changes).items() if key != without}
        return self.do(PORTRAITS, "draw_ecology_portrait", paper, by=by)

    def portrait(self, **changes: Any) -> str:
        return f"{PORTRAITS}/{done(self.portray(**changes)).body['id']}"

    def meet(self, *, by: Client | None = None, without: str = "", **changes: Any) -> Answer:
        paper = {key: value for key, value in (MINUTES | changes).items() if key != without}
        return self.do(MEETINGS, "record_integrity_meeting", paper, by=by)


__all__ = ["EcologyWorld", "done", "id_of", "refused"]
