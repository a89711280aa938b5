"""Lives of petitions, act by act, from the register to the archive: a year's mix, the same for the same seed.

The mix is assumed, after what the national figures of recent years look like: about three in ten report somebody whom
discipline inspection supervises, the others go to whom they concern. Offices, persons and texts are invented.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, Protocol

PETITIONS, CLUES = "/intake/petitions", "/clues/clues"
SCAN = b"%PDF-1.4\n% an invented scan\n" + b"0" * 30_000 + b"\ntrailer<</Root 1 0 R>>\n%%EOF\n"
CHANNELS = {"letter": 40, "online": 30, "call": 15, "visit": 12, "unit_transfer": 3}
WAYS = {"out_of_scope": 66, "in_scope": 28, "sealed": 3, "late": 3}
DISPOSITIONS = {"inquiry": 45, "talk": 15, "closing": 40}

Step = Literal["act", "wait"]
Life = Generator[Step, None, str]
"""Yields after each act, and where the next office's hand-off has not come yet; returns the petition's id."""


class Ask(Protocol):
    """Somebody at the API: body and status of the answer; refusals are answers, too."""

    def __call__(
        self,
        account: str,
        method: str,
        path: str,
        *,
        body: Any = None,
        raw: bytes | None = None,
        version: int = -1,
    ) -> tuple[int, Any]: ...


class Stuck(Exception):
    """An act was refused that a correct life must be granted; the message has no content but codes."""


@dataclass(frozen=True)
class Office:
    """Who works where: a dispatched office with a unit, somebody there to report on, and one of its leaders."""

    clerk: str
    head: str
    unit: str
    subject: str
    leader: str


OFFICES = (
    Office("clerk1", "head1", "edu", "p-edu-sec", "p-edu-vice"),
    Office("clerk3", "head2", "hou", "p-hou-sec", "p-hou-head"),
    Office("clerk2", "head1", "edu", "p-edu-sec", "p-edu-vice"),
)


@dataclass
class Case:
    """One petition and what has become of it."""

    ask: Ask
    office: Office
    channel: str
    today: Callable[[], date]
    versions: dict[str, int] = field(default_factory=dict)
    petition: str = ""

    def act(self, account: str, path: str, paper: Mapping[str, Any], *documents: str) -> dict[str, Any]:
        service, item = path.strip("/").split("/")[0], path.rpartition("/")[0]
        attached = [{"kind": kind, "id": self._upload(account, service)} for kind in documents]
        body = {"paper": dict(paper), "attachments": attached}
        creates = path.count("/") == 3
        for _ in range(5):
            version = -1 if creates else self.versions.get(item) or self.look(account, item)["version"]
            status, answer = self.ask(account, "POST", path, body=body, version=version)
            if answer.get("code") != "STALE_VERSION":
                break
            self.versions.pop(item, None)
        return self._granted(path, status, answer, "" if creates else item)

    def decide(self, account: str, item: str) -> None:
        pending = next(p for p in self.look(account, item)["proposals"] if p["status"] == "pending")
        path = f"{item}/proposals/{pending['id']}/approve"
        body = {"digest": pending["digest"], "reason": ""}
        self._granted(path, *self.ask(account, "POST", path, body=body), item)

    def look(self, account: str, item: str) -> dict[str, Any]:
        status, answer = self.ask(account, "GET", item)
        return self._granted(item, status, answer, item)

    def _upload(self, account: str, service: str) -> str:
        status, answer = self.ask(account, "POST", f"/{service}/attachments", raw=SCAN)
        return str(self._granted("attachments", status, answer, "")["id"])

    def _granted(self, path: str, status: int, answer: Any, item: str) -> dict[str, Any]:
        if status >= 400:
            raise Stuck(
                f"{path.rpartition('/')[2]}: {status} {answer.get('code', '')} {answer.get('field', '')}"
            )
        if item:
            self.versions[item] = answer["version"]
        found: dict[str, Any] = answer
        return found


def a_year(seed: int, ask: Ask, today: Callable[[], date]) -> Iterator[tuple[str, Life]]:
    """Lives without end, each with its way."""
    chance = random.Random(seed)
    while True:
        office = chance.choice(OFFICES)
        case = Case(ask, office, _one_of(chance, CHANNELS), today)
        way, disposition = _one_of(chance, WAYS), _one_of(chance, DISPOSITIONS)
        yield way, _life(case, way, disposition)


def _one_of(chance: random.Random, weights: Mapping[str, int]) -> str:
    return chance.choices(list(weights), list(weights.values()))[0]


def _life(case: Case, way: str, disposition: str) -> Life:
    clerk = case.office.clerk
    yield from _registered(case, way)
    item = f"{PETITIONS}/{case.petition}"
    if way == "sealed":
        case.act(clerk, f"{item}/escalate_petition", {}, "petition_cover_letter")
        return case.petition
    if way == "late":
        received = case.today()
        while (case.today() - received).days < 6:
            yield "wait"
    yield from _judged(case, item, in_scope=way == "in_scope")
    if way == "in_scope":
        yield from _as_clue(case, item, disposition)
    else:
        yield from _elsewhere(case, item)
    yield from _closed(case, item)
    return case.petition


def _registered(case: Case, way: str) -> Life:
    office, day = case.office, case.today().isoformat()
    subject = {"in_scope": [office.subject], "late": [], "out_of_scope": [], "sealed": [office.leader]}[way]
    paper = {
        "received_on": day,
        "channel": case.channel,
        "unit_id": office.unit,
        "subject_ids": subject,
        "summary": f"来信反映该单位有关问题,请予核实处理,编号{uuid.uuid4().hex}(示例)。" * 6,
        "class_code": "supervision_object" if subject else "out_of_scope",
    }
    paper |= {
        "unit_transfer": {"unit_received_on": day, "transferred_on": day},
        "online": {"online_no": f"WS-{uuid.uuid4().hex[:12]}"},
        "visit": {"second_receiver": f"p-{office.head}"},
    }.get(case.channel, {})
    case.petition = str(
        case.act(office.clerk, f"{PETITIONS}/register_petition", paper, "petition_original")["id"]
    )
    yield "act"
    return case.petition


def _judged(case: Case, item: str, *, in_scope: bool) -> Life:
    case.act(case.office.clerk, f"{item}/forward_petition", {})
    yield "act"
    opinion = {"in_scope": in_scope, "level": "office" if in_scope else "none", "opinion": "经研判(示例)。"}
    case.act("xf1", f"{item}/judge_petition", opinion)
    yield "act"
    number = {"platform_no": f"PT-{case.petition[:8]}", "entered_on": case.today().isoformat()}
    case.act(case.office.clerk, f"{item}/record_petition", number)
    yield "act"
    return case.petition


def _elsewhere(case: Case, item: str) -> Life:
    """Out of scope: to the department that it concerns, and its reply."""
    clerk = case.office.clerk
    case.act(clerk, f"{item}/propose_transfer_out", {"department_id": "xfj", "reason": "属信访事项(示例)。"})
    yield "act"
    case.decide(case.office.head, item)
    yield "act"
    letter = {
        "department_id": "xfj",
        "letter_no": f"ZB-{case.petition[:8]}",
        "sent_on": case.today().isoformat(),
    }
    case.act(clerk, f"{item}/transfer_out", letter)
    yield "act"
    reply = {"received_on": case.today().isoformat(), "summary": "已答复(示例)。"}
    case.act(clerk, f"{item}/record_reply", reply, "completion_reply")
    yield "act"
    return case.petition


def _as_clue(case: Case, item: str, disposition: str) -> Life:
    """In scope: the clue's own way through `clues`, and its end back in `intake`."""
    clerk, head = case.office.clerk, case.office.head
    case.act(clerk, f"{item}/refer_as_clue", {"reason": "提请按线索处置(示例)。"})
    yield "act"
    while not (clue := case.look(clerk, item).get("clue_id")):
        yield "wait"
    clue = f"{CLUES}/{clue}"
    talk = ("talk_plan", "work_contingency_plan") if disposition == "talk" else ()
    paper = {"disposition_code": disposition, "basis": "集体研究意见(示例)"}
    case.act(clerk, f"{clue}/propose_disposition", paper, "collective_study_minutes", *talk)
    yield "act"
    case.decide(head, clue)
    yield "act"
    for role in ("liaison_discipline_office", "case_supervision_office"):
        case.act(clerk, f"{clue}/file_for_record", {"recipient_role": role})
        yield "act"
    yield from _asked(case, clue, disposition)
    case.act(clerk, f"{clue}/propose_closing", {"outcome_code": "explained", "basis": "说明清楚(示例)"})
    yield "act"
    case.decide(head, clue)
    yield "act"
    case.act(clerk, f"{clue}/report_disposition", {}, "disposition_report")
    yield "act"
    case.act(clerk, f"{clue}/close_clue", {})
    yield "act"
    while case.look(clerk, item)["state"] != "replied":
        yield "wait"
    return case.petition


def _asked(case: Case, clue: str, disposition: str) -> Life:
    """The inquiry letter or the talk, and what the person explains."""
    clerk, unit = case.office.clerk, case.office.unit
    if disposition == "closing":
        return case.petition
    if disposition == "inquiry":
        letter = {"questions": "请作出书面说明(示例)。", "copy_person_id": f"p-{unit}-head"}
        case.act(clerk, f"{clue}/issue_inquiry_letter", letter)
    else:
        speaker = {"head1": "p-head1", "head2": "p-head2"}[case.office.head]
        case.act(clerk, f"{clue}/record_talk", {"speaker_id": speaker, "content": "就有关问题谈话(示例)。"})
    yield "act"
    case.act(clerk, f"{clue}/record_explanation", {"summary": "本人书面说明(示例)。"}, "explanation")
    yield "act"
    return case.petition


def _closed(case: Case, item: str) -> Life:
    clerk = case.office.clerk
    result = {"outcome_code": "handled", "platform_no": f"PT-{case.petition[:8]}", "result": "办结(示例)。"}
    if "referred" in case.versions:
        result["outcome_code"] = "explained"
    case.act(clerk, f"{item}/record_result", result)
    yield "act"
    case.act(clerk, f"{item}/submit_closure", {"opinion": "办理完毕,提请审结(示例)。"})
    yield "act"
    case.act("xf1", f"{item}/close_petition", {"opinion": "同意审结(示例)。"})
    yield "act"
    case.decide("xf2", item)
    yield "act"
    return case.petition
