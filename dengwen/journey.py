"""The journey of one petition, from a letter to the archive, played at the API of a running installation.

The demo prints it, the journey tests check what it returns. Beside the main way: a restricted petition on the sealed
route, an out-of-scope petition, and a clock that runs out.
"""

from __future__ import annotations

from typing import Any

from dengwen.telling import SCAN, START, Line, Telling

__all__ = ["SCAN", "START", "Journey", "Line"]


class Journey(Telling):
    """Plays the story."""

    def play(self) -> None:
        """The whole story; can be played again on the same installation, later in its time."""
        self.registered_and_forwarded()
        self.judged_and_referred()
        self.disposition_decided()
        self.filed_for_record()
        self.inquiry()
        self.closing()
        self.petition_closed()
        self.sealed_route()
        self.out_of_scope()
        self.clock_runs_out()

    # -- the main way -------------------------------------------------------------------------------------------

    def registered_and_forwarded(self) -> None:
        self.go_to(0)
        scan = self.person("clerk1").upload("intake", SCAN)
        answer = self.act(
            "clerk1",
            "/intake/petitions/register_petition",
            {
                "received_on": self.today().isoformat(),
                "channel": "letter",
                "unit_id": "edu",
                "subject_ids": ["p-edu-sec"],
                "summary": "来信反映该单位某科级干部在工程发包中收受礼金(示例)。",
                "class_code": "supervision_object",
            },
            "登记来信(附扫描件)并分类",
            "registers a letter with its scan, and classes it",
            attachments=[{"kind": "petition_original", "id": scan}],
        )
        self.items["petition"] = petition = f"/intake/petitions/{answer['id']}"
        self.go_to(1)
        self.refused(
            "clerk1",
            f"{petition}/forward_petition",
            {"recipient_role": "case_review_office"},
            "误送其他部门",
            "sends it to the wrong office",
            "WRONG_ROUTE",
        )
        self.act(
            "clerk1",
            f"{petition}/forward_petition",
            {},
            "附函转送信访室",
            "forwards it with its cover letter",
        )

    def judged_and_referred(self) -> None:
        petition = self.items["petition"]
        opinion = {
            "in_scope": True,
            "level": "office",
            "opinion": "属派驻机构监督范围,建议作为问题线索处置。",
        }
        self.refused(
            "clerk1", f"{petition}/judge_petition", opinion, "自行研判", "judges it itself", "WRONG_ROLE"
        )
        self.go_to(2)
        self.act("xf1", f"{petition}/judge_petition", opinion, "研判:属业务范围内", "judges: in scope")
        number = {"platform_no": f"PT-{petition[-8:]}", "entered_on": self.today().isoformat()}
        self.act(
            "clerk1", f"{petition}/record_petition", number, "录入检举举报平台", "enters it in the platform"
        )
        self.act(
            "clerk1",
            f"{petition}/refer_as_clue",
            {"reason": "反映问题具体,提请按线索处置。"},
            "提请线索处置,交接至线索管理",
            "refers it as a clue; handed on to `clues`",
        )
        clue = self.wait(lambda: self.person("clerk1").get(petition).get("clue_id"), "the clue")
        self.items["clue"] = f"/clues/clues/{clue}"
        self.told(
            "clues", "线索已登记入台账,回执已到信访件", "the clue is in the ledger", ("LZ-12.11", "LZ-12.24")
        )

    def disposition_decided(self) -> None:
        clue = self.items["clue"]
        minutes = {"kind": "collective_study_minutes", "id": self.person("clerk1").upload("clues", SCAN)}
        paper = {"disposition_code": "inquiry", "basis": "集体研究意见", "opinion": "拟以函询方式处置。"}
        self.refused(
            "clerk1", f"{clue}/propose_disposition", paper, "未附集体研究记录即呈批",
            "proposes without the minutes", "MISSING_DOCUMENT",
        )  # fmt: skip
        self.act(
            "clerk1", f"{clue}/propose_disposition", paper, "呈批处置方式:函询", "proposes the disposition: inquiry",
            attachments=[minutes],
        )  # fmt: skip
        self.decision_refused("deputy1", clue, "副职代为批准", "a deputy approves", "WRONG_APPROVER")
        self.go_to(3)
        self.decide("head1", clue, "主要负责人批准函询", "the head approves")

    def filed_for_record(self) -> None:
        clue = self.items["clue"]
        for role, zh in (("liaison_discipline_office", "联系室"), ("case_supervision_office", "案管室")):
            self.act(
                "clerk1", f"{clue}/file_for_record", {"recipient_role": role}, f"向{zh}备案",
                f"files the disposition for record ({role})",
            )  # fmt: skip

    def inquiry(self) -> None:
        clue = self.items["clue"]
        letter = {"questions": "请就反映的问题作出书面说明(示例)。", "copy_person_id": "p-edu-head"}
        self.act("clerk1", f"{clue}/issue_inquiry_letter", letter, "发函询问,抄送单位党组织主要负责人",
                 "issues the inquiry letter with its copy")  # fmt: skip
        self.go_to(10)
        explanation = {"kind": "explanation", "id": self.person("clerk1").upload("clues", SCAN)}
        self.act("clerk1", f"{clue}/record_explanation", {"summary": "本人书面说明(示例)。"}, "收到书面说明",
                 "the explanation arrives", attachments=[explanation])  # fmt: skip

    def closing(self) -> None:
        clue = self.items["clue"]
        self.act(
            "clerk1", f"{clue}/propose_closing", {"outcome_code": "explained", "basis": "函询说明清楚"},
            "呈批了结", "proposes to close",
        )  # fmt: skip
        self.decide("head1", clue, "主要负责人批准了结", "the head approves")
        self.refused(
            "clerk1", f"{clue}/close_clue", {}, "未报备即了结", "closes before reporting", "MISSING_DOCUMENT"
        )
        report = {"kind": "disposition_report", "id": self.person("clerk1").upload("clues", SCAN)}
        self.act("clerk1", f"{clue}/report_disposition", {}, "向联系室报备", "reports the closing for record",
                 attachments=[report])  # fmt: skip
        self.act("clerk1", f"{clue}/close_clue", {}, "线索了结", "closes the clue")

    def petition_closed(self) -> None:
        petition = self.items["petition"]
        clerk = self.person("clerk1")
        self.wait(lambda: clerk.get(petition)["state"] == "replied", "the outcome")
        self.told(
            "intake",
            "线索结果已回到信访件,3个工作日时限开始",
            "the outcome reached the petition",
            ("LZ-12.14",),
        )
        self.go_to(11)
        result = {
            "outcome_code": "handled",
            "platform_no": f"PT-{petition[-8:]}",
            "result": "函询了结(示例)。",
        }
        self.act("clerk1", f"{petition}/record_result", result, "录入办理结果", "enters the outcome")
        self.act("clerk1", f"{petition}/submit_closure", {"opinion": "办理完毕,提请审结。"}, "提交审结",
                 "submits it for closure")  # fmt: skip
        self.act(
            "xf1",
            f"{petition}/close_petition",
            {"opinion": "同意审结。"},
            "审核并呈批审结",
            "proposes to close it",
        )
        self.decision_refused(
            "xf1", petition, "自己批准自己的审结", "approves the own proposal", "SELF_APPROVAL"
        )
        self.decide("xf2", petition, "另一人审结", "another member closes it")
        archivist = self.person("da1")
        for name in ("petition", "clue"):
            item = self.items[name].rpartition("/")[2]

            def archived(ref: str = item) -> str:
                volumes = archivist.get("/archive/volumes")["items"]
                return next(
                    (v["id"] for v in volumes if v["source_ref"] == ref and v["state"] == "archived"), ""
                )

            self.items[f"volume of the {name}"] = f"/archive/volumes/{self.wait(archived, 'the volume')}"
        self.told(
            "archive", "案卷已封存归档,可离线校验", "both volumes are sealed in the archive", ("LZ-22.7",)
        )

    # -- beside it ----------------------------------------------------------------------------------------------

    def sealed_route(self) -> None:
        answer = self.act(
            "clerk1",
            "/intake/petitions/register_petition",
            {
                "received_on": self.today().isoformat(),
                "channel": "letter",
                "unit_id": "edu",
                "subject_ids": ["p-edu-vice"],
                "summary": "来信反映该单位领导班子成员有关问题(示例)。",
                "class_code": "supervision_object",
            },
            "登记反映单位领导班子成员的来信:按名册自动归入密件",
            "registers a letter on a leader of the unit: the roster makes it sealed",
        )
        self.items["sealed"] = sealed = f"/intake/petitions/{answer['id']}"
        for account in ("head1", "deputy1", "xf1", "sys"):
            self.hidden(account, sealed)
        cover = {"kind": "petition_cover_letter", "id": self.person("clerk1").upload("intake", SCAN)}
        self.refused(
            "clerk1",
            f"{sealed}/forward_petition",
            {},
            "走普通途径",
            "takes the ordinary route",
            "WRONG_ROUTE",
        )
        self.act("clerk1", f"{sealed}/escalate_petition", {}, "当日径送信访室主任", "delivers it directly the same day",
                 attachments=[cover])  # fmt: skip
        parts = self.person("xfhead").get(f"{sealed}/sealed")["parts"]
        self.told(
            "xfhead",
            f"收件人取得密件({len(parts)} 份,仅本人能解开)",
            "the addressee alone can read it",
            ("LZ-12.3",),
        )
        self.hidden("clerk1", f"{sealed}/sealed")

    def out_of_scope(self) -> None:
        answer = self.act(
            "clerk2",
            "/intake/petitions/register_petition",
            {
                "received_on": self.today().isoformat(),
                "channel": "visit",
                "second_receiver": "p-clerk1",
                "unit_id": "edu",
                "summary": "来访反映邻里纠纷(示例)。",
                "class_code": "out_of_scope",
            },
            "登记业务范围外的来访",
            "registers a visit that is out of scope",
        )
        self.items["out of scope"] = item = f"/intake/petitions/{answer['id']}"
        self.act("clerk2", f"{item}/forward_petition", {}, "转送信访室", "forwards it")
        opinion = {"in_scope": False, "level": "none", "opinion": "不属业务范围。"}
        self.act("xf1", f"{item}/judge_petition", opinion, "研判:业务范围外", "judges: out of scope")
        number = {"platform_no": f"PT-{item[-8:]}", "entered_on": self.today().isoformat()}
        self.act("clerk2", f"{item}/record_petition", number, "录入平台", "enters it")
        letter = {"department_id": "xfj", "letter_no": f"ZB-{item[-8:]}", "sent_on": self.today().isoformat()}
        self.refused("clerk2", f"{item}/transfer_out", letter, "未经批准转办", "transfers without approval",
                     "APPROVAL_REQUIRED")  # fmt: skip
        self.act("clerk2", f"{item}/propose_transfer_out", {"department_id": "xfj", "reason": "属信访事项。"},
                 "呈批转办", "proposes the transfer")  # fmt: skip
        self.decide("head1", item, "主要负责人批准转办", "the head approves")
        self.act("clerk2", f"{item}/transfer_out", letter, "转有关职能处室", "transfers it out")
        self.go_to(20)
        reply = {"kind": "completion_reply", "id": self.person("clerk2").upload("intake", SCAN)}
        received = {"received_on": self.today().isoformat(), "summary": "已调处(示例)。"}
        self.act(
            "clerk2",
            f"{item}/record_reply",
            received,
            "收到办结回复",
            "the reply arrives",
            attachments=[reply],
        )
        result = {"outcome_code": "handled", "platform_no": f"PT-{item[-8:]}", "result": "已答复(示例)。"}
        self.act("clerk2", f"{item}/record_result", result, "录入结果", "enters the outcome")
        self.act("clerk2", f"{item}/submit_closure", {"opinion": "提请审结。"}, "提交审结", "submits it")
        self.act("xf2", f"{item}/close_petition", {"opinion": "同意。"}, "呈批审结", "proposes to close it")
        self.decide("xf1", item, "另一人审结", "another member closes it")

    def clock_runs_out(self) -> None:
        answer = self.act(
            "clerk2",
            "/intake/petitions/register_petition",
            {
                "received_on": self.today().isoformat(),
                "channel": "letter",
                "unit_id": "edu",
                "subject_ids": ["p-edu-clerk"],
                "summary": "来信反映考勤问题(示例)。",
                "class_code": "supervision_object",
            },
            "登记来信,此后无人办理",
            "registers a letter, and nobody goes on with it",
        )
        self.items["late"] = late = f"/intake/petitions/{answer['id']}"
        before = len(self.person("head1").get("/notifications/inbox")["items"])
        self.go_to(30)
        self.wait(
            lambda: len(self.person("head1").get("/notifications/inbox")["items"]) > before, "the reminder"
        )
        self.told("notifications", "时限届满:提醒承办人和主要负责人", "the clock ran out: the right persons are told",
                  ("LZ-12.1",))  # fmt: skip
        self.act(
            "clerk2",
            f"{late}/forward_petition",
            {},
            "逾期转送:接受并标记",
            "forwards it late: accepted and flagged",
        )

    # -- telling ------------------------------------------------------------------------------------------------

    def act(
        self, account: str, path: str, paper: dict[str, Any], zh: str, en: str, *,
        attachments: list[dict[str, str]] | None = None,
    ) -> dict[str, Any]:  # fmt: skip
        answer = self.person(account).act(path, paper, attachments=attachments)
        clocks = tuple(
            f"{d['clause']} {d['status']} {d['due_at'][:10]}{' 逾期 late' if d['late'] else ''}"
            for d in answer["duties"]
        )
        self.say(Line(self.day, account, zh, en, tuple(answer["clauses"]), clocks))
        return answer

    def decide(self, account: str, item: str, zh: str, en: str) -> dict[str, Any]:
        answer = self.person(account).decide(item)
        clocks = tuple(f"{d['clause']} {d['status']} {d['due_at'][:10]}" for d in answer["duties"])
        self.say(Line(self.day, account, zh, en, tuple(answer["clauses"]), clocks))
        return answer

    def refused(self, account: str, path: str, paper: dict[str, Any], zh: str, en: str, code: str) -> None:
        self.must_refuse(lambda: self.person(account).act(path, paper), account, zh, en, code)

    def decision_refused(self, account: str, item: str, zh: str, en: str, code: str) -> None:
        self.must_refuse(lambda: self.person(account).decide(item), account, zh, en, code)

    def hidden(self, account: str, path: str) -> None:
        """To whoever may not know of it, it does not exist."""
        self.must_refuse(
            lambda: self.person(account).get(path),
            account,
            "查看密件",
            "looks for the sealed item",
            "UNKNOWN_REFERENCE",
        )
