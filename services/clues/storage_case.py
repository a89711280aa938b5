"""What clues keeps of cases: the case itself, its talks, safety incidents and requests for a talk venue."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Boolean, Date, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.db import CODE, ID, UtcDateTime
from services.chassis.subject import SubjectColumns
from services.clues.storage import CluesBase

BEFORE_FILING = ("opened", "opinions_sought", "opinions_in")
UNDER_INVESTIGATION = ("filed", "investigating")
"""Filed: to be planned; `returned_to_investigation` is the reviewers' (LZ-17)."""


class Case(SubjectColumns, CluesBase):
    """A case (案件): from the opinions before filing to its volume in the archive (LZ-15.1 to LZ-15.11, LZ-17).

    `no` is the item's own number, `filing_no` (立案号) is given when the case is filed, and never to one that goes
    to review on a judgement. `judgement_code`: the court document put on file last; `judged_ids`: the persons whose
    document has a day of effect, `judgement_on`: the last of these days. `group_ids`: the investigation group as set
    up last, the lead among them. `investigator_ids`: whoever was ever in it or verified the clue; none of them reviews
    the case (LZ-15.5, LZ-17.2). `path_code`: on what the case was sent for review. Columns of ids: each between commas.

    Of the review: `review_round` counts acceptances, `reviewer_ids` is the group with its lead; `talked_ids` and
    `confronted_ids` are who had the review talk and the facts put to them in this round (LZ-17.6, LZ-17.7).
    `collaboration_office_id`: another dispatched office that may lend reviewers, as the commission approved (LZ-17.2).
    `review_role`: the office of the commission that the case was laid before, and which knows of it since (LZ-17.9).
    `rule_version`: of the rule of discipline work that the case was opened under (GL-3.6).
    `proposed_ids`: for whom there is a proposed sanction; `assisted_code`: what the last assisted review answered.
    `decided_ids`: on whom a sanction was decided; `decided_on`: the last of these days. `eight_point`: it is about the
    eight-point rules, so that a sanction is pre-checked (LZ-19.6).
    """

    __tablename__ = "discipline_case"
    KIND: ClassVar[str] = "case"
    ZH: ClassVar[str] = "案件"
    EN: ClassVar[str] = "case"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "opened": ("拟立案,待征求意见", "filing proposed, opinions to be sought"),
        "opinions_sought": ("立案前征求意见中", "opinions sought"),
        "opinions_in": ("意见已齐,待呈批立案", "opinions in, filing to be approved"),
        "filed": ("已立案", "filed"),
        "investigating": ("审查调查中", "under investigation"),
        "sent_for_review": ("已移送审理", "sent for review"),
        "accepted": ("审理已受理", "accepted for review"),
        "examined": ("已审阅", "examined"),
        "returned_to_investigation": ("已退回补充调查", "returned to the investigators"),
        "deliberated": ("已集体审议", "deliberated"),
        "completed": ("内部审理完成", "internal review completed"),
        "proposed": ("处分建议已提出", "sanction proposed"),
        "agreed": ("党组织同意", "agreed by the unit"),
        "not_agreed": ("党组织不同意", "not agreed by the unit"),
        "at_assisted_review": ("提请协助审理", "at assisted review"),
        "consented": ("协审同意", "consented to"),
        "returned": ("协审退回", "returned by assisted review"),
        "notified": ("已通报党组织", "unit notified"),
        "decided": ("已作出处分决定", "sanction decided"),
        "recorded": ("已备案", "filed for record"),
        "executed": ("已执行", "executed"),
        "dismissed": ("已撤销案件", "dismissed"),
        "not_filed": ("不予立案", "not to be filed"),
        "archived": ("已归档", "archived"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "clue_id",
        "verification_id",
        "capacity",
        "rule_version",
        "unit_opinion_code",
        "liaison_opinion_code",
        "exempted_on",
        "judgement_code",
        "judgement_on",
        "filing_no",
        "filed_on",
        "lead_id",
        "safety_officer_id",
        "plan_version",
        "plan_approved_on",
        "path_code",
        "sent_on",
        "review_round",
        "lead_reviewer_id",
        "accepted_on",
        "deliberated_on",
        "conclusion_code",
        "signed_on",
        "completed_on",
        "review_reported_on",
        "agreed_on",
        "assisted_round",
        "assisted_code",
        "notified_on",
        "eight_point",
        "decided_on",
        "recorded_on",
        "executed_on",
        "dismissed_on",
        "archived_on",
    )
    ADDED: ClassVar[dict[str, object]] = {
        "rule_version": "",
        "review_round": 0,
        "lead_reviewer_id": "",
        "reviewer_ids": "",
        "accepted_on": None,
        "talked_ids": "",
        "confronted_ids": "",
        "deliberated_on": None,
        "conclusion_code": "",
        "signed_on": None,
        "completed_on": None,
        "review_role": "",
        "review_reported_on": None,
        "proposed_ids": "",
        "agreed_on": None,
        "assisted_round": 0,
        "assisted_code": "",
        "notified_on": None,
        "collaboration_office_id": "",
        "eight_point": False,
        "decided_ids": "",
        "decided_on": None,
        "recorded_on": None,
        "executed_on": None,
        "dismissed_on": None,
        "archived_on": None,
    }

    clue_id: Mapped[str] = mapped_column(ID, index=True)
    verification_id: Mapped[str] = mapped_column(ID, default="")
    capacity: Mapped[str] = mapped_column(CODE)
    rule_version: Mapped[str] = mapped_column(CODE, default="")
    unit_asked_on: Mapped[date | None] = mapped_column(Date)
    unit_opinion_code: Mapped[str] = mapped_column(CODE, default="")
    liaison_asked_on: Mapped[date | None] = mapped_column(Date)
    liaison_opinion_code: Mapped[str] = mapped_column(CODE, default="")
    exempted_on: Mapped[date | None] = mapped_column(Date)
    judgement_code: Mapped[str] = mapped_column(CODE, default="")
    judged_ids: Mapped[str] = mapped_column(Text, default="")
    judgement_on: Mapped[date | None] = mapped_column(Date)
    filing_no: Mapped[str] = mapped_column(CODE, default="")
    filed_on: Mapped[date | None] = mapped_column(Date)
    informed_on: Mapped[date | None] = mapped_column(Date)
    lead_id: Mapped[str] = mapped_column(ID, default="")
    group_ids: Mapped[str] = mapped_column(Text, default="")
    investigator_ids: Mapped[str] = mapped_column(Text, default="")
    safety_officer_id: Mapped[str] = mapped_column(ID, default="")
    plan_version: Mapped[int] = mapped_column(Integer, default=0)
    plan_approved_on: Mapped[date | None] = mapped_column(Date)
    path_code: Mapped[str] = mapped_column(CODE, default="")
    proposal_code: Mapped[str] = mapped_column(CODE, default="")
    sent_on: Mapped[date | None] = mapped_column(Date)
    review_round: Mapped[int] = mapped_column(Integer, default=0)
    lead_reviewer_id: Mapped[str] = mapped_column(ID, default="")
    reviewer_ids: Mapped[str] = mapped_column(Text, default="")
    accepted_on: Mapped[date | None] = mapped_column(Date)
    talked_ids: Mapped[str] = mapped_column(Text, default="")
    confronted_ids: Mapped[str] = mapped_column(Text, default="")
    deliberated_on: Mapped[date | None] = mapped_column(Date)
    conclusion_code: Mapped[str] = mapped_column(CODE, default="")
    signed_on: Mapped[date | None] = mapped_column(Date)
    completed_on: Mapped[date | None] = mapped_column(Date)
    review_role: Mapped[str] = mapped_column(CODE, default="")
    review_reported_on: Mapped[date | None] = mapped_column(Date)
    proposed_ids: Mapped[str] = mapped_column(Text, default="")
    agreed_on: Mapped[date | None] = mapped_column(Date)
    assisted_round: Mapped[int] = mapped_column(Integer, default=0)
    assisted_code: Mapped[str] = mapped_column(CODE, default="")
    notified_on: Mapped[date | None] = mapped_column(Date)
    collaboration_office_id: Mapped[str] = mapped_column(ID, default="")
    eight_point: Mapped[bool] = mapped_column(Boolean, default=False)
    decided_ids: Mapped[str] = mapped_column(Text, default="")
    decided_on: Mapped[date | None] = mapped_column(Date)
    recorded_on: Mapped[date | None] = mapped_column(Date)
    executed_on: Mapped[date | None] = mapped_column(Date)
    dismissed_on: Mapped[date | None] = mapped_column(Date)
    archived_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("case_by_office", "office_id", "state", "opened_on", "id"),
        Index("case_by_handler", "handler_id", "state", "opened_on", "id"),
        Index("case_by_liaison", "liaison_office_id", "state", "opened_on", "id"),
        Index("case_by_state", "state", "opened_on", "id"),
        Index("case_by_date", "opened_on", "id"),
        Index("case_by_filing", "office_id", "filed_on"),
    )


class CaseTalk(CluesBase):
    """A talk of an investigation as scheduled, with its safety officer (LZ-15.7). Its contingency plan is a paper."""

    __tablename__ = "case_talk"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    case_id: Mapped[str] = mapped_column(ID, index=True)
    subject_id: Mapped[str] = mapped_column(ID)
    place_code: Mapped[str] = mapped_column(CODE)
    from_at: Mapped[datetime] = mapped_column(UtcDateTime)
    to_at: Mapped[datetime] = mapped_column(UtcDateTime)
    safety_officer_id: Mapped[str] = mapped_column(ID)


class SafetyIncident(CluesBase):
    """A safety incident (安全事故) as recorded; `reported_at`: when both offices were told (LZ-15.8)."""

    __tablename__ = "safety_incident"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    case_id: Mapped[str] = mapped_column(ID, index=True)
    occurred_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reported_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class VenueRequest(SubjectColumns, CluesBase):
    """A request for a walk-in talk venue (走读式谈话场所), and which one was arranged (LZ-15.9, GL-2.21)."""

    __tablename__ = "venue_request"
    KIND: ClassVar[str] = "venue_request"
    ZH: ClassVar[str] = "谈话场所申请"
    EN: ClassVar[str] = "request for a talk venue"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "requested": ("已申请", "requested"),
        "approved": ("已批准", "approved"),
        "arranged": ("已安排", "arranged"),
        "withdrawn": ("已撤回", "withdrawn"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("from_at", "to_at", "venue_code")

    case_id: Mapped[str] = mapped_column(ID, index=True)
    from_at: Mapped[datetime] = mapped_column(UtcDateTime)
    to_at: Mapped[datetime] = mapped_column(UtcDateTime)
    venue_code: Mapped[str] = mapped_column(CODE, default="", index=True)
    __table_args__ = (
        Index("venue_request_by_office", "office_id", "state", "opened_on", "id"),
        Index("venue_request_by_handler", "handler_id", "state", "opened_on", "id"),
        Index("venue_request_by_liaison", "liaison_office_id", "state", "opened_on", "id"),
        Index("venue_request_by_state", "state", "opened_on", "id"),
        Index("venue_request_by_date", "opened_on", "id"),
    )
