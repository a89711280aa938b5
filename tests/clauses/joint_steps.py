"""Steps of joint supervision, improvements, judicial screenings and quarters of supervision.

`bs` is the eighth discipline office, `sgw` the organs discipline commission, `gw` the organs' work committee that an
embedded supervision looks at; `fy` is a court of office pz1.
"""

from __future__ import annotations

from typing import Any

from services.chassis import tables
from tests.clauses.responsibility_steps import ResponsibilityWorld
from tests.clauses.supervision_steps import Paper, done, refused
from tests.clauses.unit_org_steps import holder, with_posts
from tests.world import Answer, Client

JOINTS, IMPROVEMENTS = "/inspection/joint-supervisions", "/inspection/improvements"
SCREENINGS, QUARTERS = "/inspection/judicial-screenings", "/inspection/unit-quarters"
STEPS = ("step_listen", "step_check", "step_ask", "step_set_out", "step_propose")
EMBEDDED: Paper = {"unit_id": "gw", "activity": "评先评优", "body_ids": ["sgw"], "planned_to": "2026-06-30"}
LED: Paper = {"unit_ids": ["edu"], "body_ids": ["pz1"], "problem": "校服采购", "planned_to": "2026-06-30"}
FIELD: Paper = {
    "unit_ids": ["edu"], "key_field": "field_procurement", "arrangement": "分步检查", "planned_to": "2026-06-30",
}  # fmt: skip
SCREENING: Paper = {
    "unit_id": "fy",
    "case_ref": "2025-12",
    "screened_kind": "case_changed",
    "sign": "no_sign",
    "screened_on": "2026-03-02",
    "facts": "改判原因为新证据",
}


class JointWorld(ResponsibilityWorld):
    """The acts in short."""

    def with_bodies(self) -> None:
        """The eighth discipline office, and a work committee in which a discipline commission sits."""
        for runtime in self.world.runtimes.values():
            with runtime.db.write() as session:
                for office, kind in (
                    ("bs", "eighth_discipline_office"),
                    ("sgw", "organs_discipline_commission"),
                ):
                    session.add(
                        tables.DirectoryOffice(
                            office_id=office, kind=kind, liaison_office_id="", status="active", version=1
                        )
                    )
        self.cover("gw", office="pz2")
        with_posts(
            self.world,
            ("bs1", "eighth_discipline_office", "bs", ""),
            ("sgw1", "organs_discipline_commission", "sgw", ""),
            ("gw1", "supervised_unit", "", "gw"),
        )
        for runtime in self.world.runtimes.values():
            with runtime.db.write() as session:
                session.get_one(tables.DirectoryPerson, "p-sgw1").unit_id = "gw"

    @property
    def eighth(self) -> Client:
        return holder(self.world, "bs1")

    def embed(self, *, by: Client | None = None, **changes: Any) -> Answer:
        return self.do(JOINTS, "open_embedded_supervision", EMBEDDED | changes, by=by or self.eighth)

    def embedded(self, *steps: str) -> str:
        item = f"{JOINTS}/{done(self.embed()).body['id']}"
        for step in steps:
            done(self.step(item, step))
        return item

    def step(self, item: str, step: str, *, by: Client | None = None, **changes: Any) -> Answer:
        paper = {"step": step, "taken_on": "2026-03-02", "content": "情况"} | changes
        return self.do(item, "record_joint_step", paper, by=by or self.eighth)

    def conclude_joint(self, item: str, *, by: Client | None = None, **changes: Any) -> Answer:
        paper = {"concluded_on": "2026-03-02", "findings": "程序总体规范"} | changes
        return self.do(item, "conclude_joint_supervision", paper, by=by or self.eighth)

    def report_joint(self, item: str, *, by: Client | None = None) -> Answer:
        return self.do(item, "report_joint_supervision", {"findings": "程序总体规范"}, by=by or self.eighth)

    def check_by(self, item: str, person: str, body: str, reason: str = "") -> Answer:
        paper = {"person_id": person, "body_id": body, "exemption_reason": reason}
        return self.do(item, "add_joint_checker", paper, by=self.eighth)

    def lead(self, *, by: Client | None = None, **changes: Any) -> Answer:
        return self.do(JOINTS, "open_joint_supervision", LED | changes, by=by or self.liaison)

    def take_field(self, *, by: Client | None = None, without: str = "", **changes: Any) -> Answer:
        paper = {key: value for key, value in (FIELD | changes).items() if key != without}
        return self.do(JOINTS, "open_special_duty_supervision", paper, by=by or self.liaison)

    def joint(self, state: str = "concluded") -> str:
        """Led by the liaison office, at the education bureau."""
        item = f"{JOINTS}/{done(self.lead()).body['id']}"
        if state == "concluded":
            done(self.conclude_joint(item, by=self.liaison))
        return item

    def propose(self, supervision: str, *, by: Client | None = None, **changes: Any) -> Answer:
        paper = {
            "supervision_id": supervision.rpartition("/")[2],
            "unit_id": "edu",
            "proposal": "完善评审规程",
        }
        return self.do(IMPROVEMENTS, "propose_improvement", paper | changes, by=by or self.liaison)

    def improvement(self) -> str:
        return f"{IMPROVEMENTS}/{done(self.propose(self.joint())).body['id']}"

    def answer(self, item: str, *, by: Client | None = None) -> Answer:
        paper = {"measures": "修订评审办法", "planned_to": "2026-05-31"}
        return self.do(item, "answer_improvement", paper, by=by or self.unit)

    def close(self, item: str, *, proof: bool = True, **changes: Any) -> Answer:
        paper = {"closed_on": "2026-03-02", "effect": "已规范"} | changes
        documents = ("improvement_proof",) if proof else ()
        return self.do(item, "close_improvement", paper, by=self.liaison, documents=documents)

    def screen(self, *, by: Client | None = None, **changes: Any) -> Answer:
        return self.do(SCREENINGS, "screen_judicial_case", SCREENING | changes, by=by)

    def court(self, kind: str = "court_unit") -> None:
        """A court (or procuratorate) of the office, with a judge."""
        self.cover("fy", kind)
        with_posts(self.world, ("fy-judge", "unit_party_member", "", "fy"))

    def quarter(self, unit: str = "edu") -> str:
        answer = done(self.do(QUARTERS, "begin_unit_quarters", {"unit_id": unit}, by=self.head))
        return f"{QUARTERS}/{answer.body['id']}"

    def act(self, quarter: str, activity: str = "act_study", **changes: Any) -> Answer:
        paper = {"activity": activity, "taken_on": "2026-03-02", "content": "到单位调研"} | changes
        return self.do(quarter, "record_office_act", paper)


__all__ = ["JointWorld", "done", "holder", "refused"]
