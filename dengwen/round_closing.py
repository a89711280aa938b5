"""The story of a round's last days: residue is destroyed, the round is closed, its teams' authority ends."""

from __future__ import annotations

from functools import partial

from dengwen.round_stage import IN_ORDER, ISSUES, OFFICE, PETITIONS, TALKS, Stage, Team, Unit, key, p


def residue(s: Stage) -> None:
    """D156: what was not archived is destroyed by two persons; the archive is accepted by then."""
    s.go_to(156)
    for team, unit in IN_ORDER:
        s.wait(partial(_is_accepted, s, unit), "the acceptance")
        with s.step(
            team.liaison, f"{unit.zh}:未归档涉密材料双人销毁", "what was not archived is destroyed by two"
        ):
            item = {"item_no": f"CG-{unit.id}", "level_code": "secret", "destroyed_on": s.day}
            by = {"destroyed_by_id": p(team.liaison), "witness_id": p(team.deputy)}
            paper = {"items": [item | by], "rule": "涉密载体销毁规定", "list_signed": True}
            s.do(team.liaison, s.items[f"file {unit.id}"], "destroy_residue", paper)


def _is_accepted(s: Stage, unit: Unit) -> bool:
    return bool(s.person(OFFICE).get(s.items[f"file {unit.id}"])["state"] == "accepted")


def closing(s: Stage) -> None:
    """D157: what the secretary named is done; the round is closed, and nobody knows of a unit as of a team any more."""
    count_registers(s)
    s.go_to(157)
    with s.step(OFFICE, "点人点事销号,本轮巡察办结", "what was named is closed, and then the round"):
        s.do(OFFICE, s.items["key issue"], "close_issue", {"result": "办结情况"})
        s.do(OFFICE, s.round(), "close_round")
    for team, unit in IN_ORDER:
        told = (f"授权随本轮终止:不再知悉{unit.zh}的材料", "authority has ended with the round")
        s.must_refuse(partial(_looks_up, s, team, unit), team.leader, *told, "UNKNOWN_REFERENCE")


def _looks_up(s: Stage, team: Team, unit: Unit) -> None:
    s.person(team.leader).get(s.unit(unit))


def count_registers(s: Stage) -> None:
    """What the teams' registers hold, while their leaders may still read them."""
    for register in (PETITIONS, TALKS, ISSUES):
        found = [
            one
            for team, unit in IN_ORDER
            for one in s.all(team.leader, register, engagement_id=key(s.unit(unit)))
        ]
        s.counted[register] = len(found)
    s.counted["fed back"] = sum(1 for one in found if one["list_no"])


CHAPTERS = (residue, closing)
