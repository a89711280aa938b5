"""The story of a round, from its targets to its teams (steps 1 to 3)."""

from __future__ import annotations

from typing import Any

from dengwen.round_stage import (
    ASSETS,
    CADRES,
    DEPUTY_HEAD,
    DIRECTOR,
    GROUP_MEMBER,
    HEAD,
    OFFICE,
    ROUNDS,
    TEAMS,
    THE_TEAMS,
    UNITS,
    Stage,
    Team,
    ids,
    key,
    p,
)

ALL_THREE = ["inspection_office", "discipline_commission", "organization_dept"]


def _planned(team: Team) -> dict[str, Any]:
    return {
        "team_no": team.no,
        "leader_id": p(team.leader),
        "deputy_ids": [p(team.deputy)],
        "unit_ids": [unit.id for unit in team.units],
    }


def targets(s: Stage) -> None:
    """D0: the round is opened; both bodies are asked whom to inspect; the list is proposed."""
    s.go_to(0)
    year = s.today().year
    ordinal = 1 + sum(1 for one in s.all(OFFICE, ROUNDS) if one["year"] == year)
    with s.step(OFFICE, f"启动{year}年第{ordinal}轮巡察", f"opens round {ordinal} of {year}"):
        paper = {"year": year, "ordinal": ordinal, "basis": "年度巡察计划(示例)"}
        s.items["round"] = s.new(OFFICE, ROUNDS, "open_round", paper)
    units = [unit.id for team in THE_TEAMS for unit in team.units]
    with s.step(
        OFFICE, "两家提出巡察对象建议,汇总拟定名单:三个单位", "both bodies propose; three units are listed"
    ):
        for body, proposed in (("discipline_commission", units[:2]), ("organization_dept", units[2:])):
            paper = {"suggesting_office": body, "received_on": s.day, "unit_ids": proposed}
            s.do(OFFICE, s.round(), "record_suggestions", paper)
        basis = {
            "basis_annual_plan": f"{year}年度巡察计划",
            "basis_leading_group_request": "领导小组会议要求",
        }
        s.do(OFFICE, s.round(), "propose_targets", basis | {"unit_ids": units})


def plan(s: Stage) -> None:
    """D1 and D2: who leads, which team goes where; work plan, authorisation, filing above."""
    s.go_to(1)
    teams = [_planned(team) for team in THE_TEAMS]
    with s.step(OFFICE, "会同纪委监委、组织部提出组长副组长人选", "leaders are nominated with both bodies"):
        s.do(OFFICE, s.round(), "nominate_leaders", {"participants": ALL_THREE, "teams": teams})
    with s.step(
        OFFICE, "任务分工方案:常务副组长审核,组长审定", "the assignment plan: reviewed, then approved"
    ):
        s.do(OFFICE, s.round(), "submit_assignment_plan", {"teams": teams})
        s.decide(DEPUTY_HEAD, s.round())
        s.decide(HEAD, s.round())
    for team in THE_TEAMS:
        found = s.all(OFFICE, TEAMS, round_id=key(s.round()), team_no=team.no)
        s.items[f"team {team.no}"] = f"{TEAMS}/{found[0]['id']}"
    s.go_to(2)
    with s.step(OFFICE, "巡察工作方案报批、报上级备案", "the work plan is approved, and filed above"):
        work = {"supervision_focus": "监督重点", "tasks_per_stage": "各阶段任务", "requirements": "工作要求"}
        s.do(
            OFFICE, s.round(), "submit_work_plan",
            work | {"inspection_from": s.on(14), "inspection_to": s.on(54)},
        )  # fmt: skip
        s.decide(DEPUTY_HEAD, s.round())
        filing = {"sent_on": s.day, "receipt_no": "SB-1"}
        s.do(OFFICE, s.round(), "file_round_plan", filing, "prefecture_filing")
    with s.step(OFFICE, "一次一授权:授权任职及任务分工决定", "one authorisation for this round"):
        lines = [
            {"team_no": team.no, "leader_id": p(team.leader), "branch_secretary_id": p(team.leader)}
            | {"unit_ids": [unit.id for unit in team.units]}
            for team in THE_TEAMS
        ]
        s.do(OFFICE, s.round(), "submit_authorisation", {"teams": lines})
        s.decide(HEAD, s.round())


def cadres(s: Stage) -> None:
    """D4: cadres are lent, join their teams; the grouping is final."""
    s.go_to(4)
    lent = {"system_code": "discipline", "lending_unit_id": "qw"}
    with s.step(OFFICE, "商请抽调干部,编入两个巡察组", "cadres are lent and join the two teams"):
        s.do(OFFICE, s.round(), "request_secondment", lent | {"number": 4, "profile": "熟悉审查调查"})
        for team in THE_TEAMS:
            for member in team.members:
                paper = {
                    "round_id": key(s.round()), "person_id": p(member), "channel_role": "discipline_commission",
                    "speciality_code": "discipline", "birth_year": 1990, "experience": "从事纪检监察工作八年",
                }  # fmt: skip
                cadre = s.new(OFFICE, CADRES, "register_cadre", lent | paper)
                s.do(OFFICE, cadre, "assign_cadre", {"team_id": key(s.team(team))})
        s.do(OFFICE, s.round(), "finalise_grouping")


def mobilisation(s: Stage) -> None:
    """D7: the county committee has approved; the meeting is held, with which the teams have their mandate."""
    s.go_to(7)
    with s.step(
        OFFICE, "县(区)委批准,召开动员部署会,宣布授权", "the mobilisation meeting, with the mandates"
    ):
        approval = {"approval_no": "区委〔示例〕1号", "approved_on": s.on(-1)}
        s.do(OFFICE, s.round(), "record_committee_approval", approval, "committee_approval")
        s.do(OFFICE, s.round(), "schedule_mobilisation", {"planned_on": s.day, "decision_on_agenda": True})
        there = [
            HEAD,
            DEPUTY_HEAD,
            GROUP_MEMBER,
            OFFICE,
            DIRECTOR,
            *(one for t in THE_TEAMS for one in t.staff),
        ]
        paper = {
            "held_on": s.day, "attendee_ids": ids(there), "sections": ["dc_section", "od_section"],
            "speaker_id": p(HEAD), "decision_announced": True, "first_round": True, "remarks_digest": "讲话要点",
        }  # fmt: skip
        s.do(OFFICE, s.round(), "hold_mobilisation", paper)


def teams(s: Stage) -> None:
    """D8 and D9: affairs meeting, branch, pledges, carriers, training; the units have their notice."""
    s.go_to(8)
    for team in THE_TEAMS:
        with s.step(
            team.leader, f"第{team.no}组:组务会、临时党支部、保密承诺书", "affairs meeting, branch, pledges"
        ):
            _constituted(s, team)
    s.go_to(9)
    with s.step(OFFICE, "集中学习培训", "study and training"):
        for team in THE_TEAMS:
            _trained(s, team)
    with s.step(OFFICE, "向三个被巡察单位印发巡察通知", "the three units have their notice"):
        notice = {
            "main_tasks": "主要任务", "working_methods": "工作方式", "schedule": "时间安排",
            "liaison_mechanism_request": "建立工作联系机制", "cooperation_requests": "配合事项",
        }  # fmt: skip
        for team in THE_TEAMS:
            for unit in team.units:
                paper = {"team_id": key(s.team(team)), "unit_id": unit.id}
                s.items[unit.id] = s.new(OFFICE, UNITS, "open_engagement", paper)
                s.do(OFFICE, s.unit(unit), "issue_notice", notice)


def _constituted(s: Stage, team: Team) -> None:
    item, core = s.team(team), ids([team.leader, team.deputy, team.liaison])
    rules = {"liaison_id": p(team.liaison), "participant_ids": core, "recorder_id": p(team.liaison)}
    s.do(team.leader, item, "constitute_meeting", rules | {"liaison_reason": "纪委监委抽调干部"})
    s.do(team.leader, item, "found_branch", {"secretary_id": p(team.leader), "founded_on": s.day})
    s.do(team.leader, item, "record_branch_activity", {"held_on": s.day, "content": "学习巡察工作条例"})
    for member in team.staff:
        s.do(member, item, "sign_pledge", {"pledged": True})
    posts = dict.fromkeys(("document_room_id", "computers_id", "talk_rooms_id"), p(team.liaison))
    s.do(team.leader, item, "record_security_posts", posts)
    carrier = {
        "team_id": key(item),
        "asset_no": f"JSJ-{team.no}",
        "type_code": "computer",
        "level_code": "secret",
    }
    s.items[f"computer {team.no}"] = s.new(
        team.leader, ASSETS, "issue_asset", carrier | {"holder_id": p(team.liaison)}
    )


def _trained(s: Stage, team: Team) -> None:
    item = s.team(team)
    record = {"held_on": s.day, "topics": "培训内容", "attendee_ids": ids(team.staff)}
    s.do(OFFICE, item, "record_training", record | {"kind_code": "central"})
    for body in ("discipline_commission", "organization_dept"):
        s.do(OFFICE, item, "record_training", record | {"kind_code": "lecture", "lecturer_office": body})
    s.do(team.leader, item, "record_training", record | {"kind_code": "in_team"})
    s.do(team.leader, item, "record_training", record | {"kind_code": "security"})
    for unit in team.units:
        s.do(team.leader, item, "record_training", record | {"kind_code": "tailored", "unit_id": unit.id})
    s.do(OFFICE, item, "close_training")


CHAPTERS = (targets, plan, cadres, mobilisation, teams)
