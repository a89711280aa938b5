"""What stands on the desk for the gallery: an office at work, and the address of a page of each kind."""

from __future__ import annotations

from dataclasses import dataclass

from services.chassis.work import begin
from services.desk import loading
from tests.attacks.inspection_rounds import RoundItems
from tests.attacks.twins import clues_of, done, load_names
from tests.clauses.clues_steps import CLUES
from tests.clauses.intake_petitions import BASE, bring, letter, register
from tests.clauses.test_intake_sealed import deliver
from tests.world import World

PASSPHRASE = "a long enough passphrase"
QUARTER = "from=2026-01-01&to=2026-03-31&offices=pz1"
PAST = "from=2026-03-01&to=2026-03-09"
FORMS = "/desk/new/intake/petitions/register_petition"

LEDGERS = ("ledger_to_map", "ledger_checked", "ledger_done")
LEDGER = """编号,收件日期,信访方式,被反映人,反映问题,经手人签字
测〔2025〕1号,2025-11-03,来信,某局科长,反映采购中未按程序议价（示例）,甲
测〔2025〕2号,2025-11-05,来访,某局科员,反映公车私用（示例）,甲
测〔2025〕3号,去年十一月,来信,某局科员,反映收受礼品（示例）,甲
"""
MADE = ("petition", "paper", "waiting", "proposal", "sealed", "clue", "round", *LEDGERS)


@dataclass(frozen=True)
class Shown:
    """A page of the desk, and who looks at it; nobody: a page outside."""

    name: str
    account: str
    address: str
    status: int = 200
    printed: bool = False


def fill(world: World) -> dict[str, str]:
    """Letters in every light, an approval that waits, a sealed letter, a clue, a round; gives the items' addresses."""
    load_names(world)
    made = dict.fromkeys(MADE, "")
    for day in (2, 4, 9):
        world.on(2026, 3, day)
        told = f"来信反映某科室在{day}日的采购中未按规定程序议价（示例）。"
        made["petition"] = str(register(world, letter(received_on=f"2026-03-{day:02}", summary=told))["id"])
    made["waiting"] = bring(
        world, "recorded", paper=letter(received_on="2026-03-09", summary="来信反映欠薪（示例）。")
    )
    asked = {"department_id": "xfj", "reason": "属信访局职责，建议转办。"}
    done(world.as_("clerk1"), f"{BASE}/{made['waiting']}/propose_transfer_out", asked)
    made["proposal"] = world.as_("head1").get(f"{BASE}/{made['waiting']}").body["proposals"][0]["id"]
    leaders = letter(
        received_on="2026-03-09", subject_ids=["p-edu-vice"], summary="来信反映班子成员（示例）。"
    )
    original = [{"kind": "petition_original", "id": world.as_("clerk1").upload("intake")}]
    made["sealed"] = str(register(world, leaders, attachments=original)["id"])
    with begin(world.runtimes["desk"]) as work:
        loading.load_person_key(work, "p-xfhead", PASSPHRASE)
    world.pump()
    assert deliver(world, made["sealed"]).status == 200
    steps = clues_of(world)
    made["clue"] = steps.disposed(steps.clue(summary="来信反映工程发包问题（示例）。"), "inquiry")
    made["round"] = RoundItems(world).waiting_round().rpartition("/")[2]
    made |= _ledgers(world)
    made["paper"] = world.as_("clerk1").get(f"{BASE}/{made['petition']}").body["papers"][0]["id"]
    world.pump()
    return made


def _ledgers(world: World) -> dict[str, str]:
    """A ledger in each state in which its page stays."""
    clerk, made = world.as_("clerk1"), {}
    for number, state in enumerate(LEDGERS):
        text = LEDGER.replace("〔2025〕", f"〔{2020 + number}〕").encode()
        name = {"X-File-Name": f"ledger-{2020 + number}.csv"}
        kept = clerk.send("POST", "/intake/ledgers", raw=text, headers=name).body["id"]
        made[state], path = kept, f"/intake/ledgers/{kept}"
        if state == "ledger_to_map":
            continue
        columns = {one["field"]: one["column"] for one in clerk.get(path).body["fields"]}
        checked = clerk.send("POST", f"{path}/columns", body={"columns": columns, "year": 2025})
        assert checked.body["survey"]["bad"] == 1
        if state == "ledger_done":
            assert clerk.send("POST", f"{path}/batches", body={"batch": 0}).body["state"] == "done"
    return made


def pages(made: dict[str, str]) -> list[Shown]:
    """A page of each kind, in the order in which people come to them."""
    petition = f"/desk/items{BASE}/{made['petition']}"
    waiting = f"/desk/items{BASE}/{made['waiting']}"
    return [
        Shown("sign-in", "", "/desk/sign-in"),
        Shown("change-password", "", "/desk/change-password"),
        Shown("public-home", "", "/public"),
        Shown("public-report", "", "/public/report"),
        Shown("public-follow", "", "/public/follow"),
        Shown("public-privacy", "", "/public/privacy"),
        Shown("choose-post", "clerk1", "/desk/post"),
        Shown("today", "clerk1", "/desk/"),
        Shown("new", "clerk1", "/desk/new"),
        Shown("registers", "clerk1", "/desk/registers"),
        Shown("register", "clerk1", "/desk/registers/intake/petitions"),
        Shown("search", "clerk1", "/desk/search/intake/petitions"),
        Shown("ledgers", "clerk1", "/desk/ledgers"),
        *(Shown(state.replace("_", "-"), "clerk1", f"/desk/ledgers/{made[state]}") for state in LEDGERS),
        Shown("item", "clerk1", petition),
        Shown("clue", "clerk1", f"/desk/items{CLUES}/{made['clue']}"),
        Shown("form-of-a-new-item", "clerk1", FORMS),
        Shown("form-of-an-act", "clerk1", f"{petition}/acts/forward_petition"),
        Shown("paper", "clerk1", f"{petition}/papers/{made['paper']}"),
        Shown("item-printed", "clerk1", petition, printed=True),
        Shown("approving", "head1", waiting),
        Shown("approving-alone", "head1", f"{waiting}/proposals/{made['proposal']}"),
        Shown("approvals", "head1", "/desk/approvals"),
        Shown("today-of-the-head", "head1", "/desk/"),
        Shown("inbox", "head1", "/desk/inbox"),
        Shown("deadlines", "head1", "/desk/deadlines"),
        Shown("deadlines-behind", "head1", "/desk/deadlines/intake?office=pz1&clause=LZ-12.1&when=late"),
        Shown("figures", "head1", f"/desk/figures?{QUARTER}"),
        Shown("figure", "head1", f"/desk/figures/clues/GL-1.32?{QUARTER}"),
        Shown("figures-printed", "head1", f"/desk/figures?{QUARTER}", printed=True),
        Shown("charts", "head1", f"/desk/charts?{QUARTER}"),
        Shown("charts-behind", "head1", f"/desk/charts/intake/petitions-by-channel?{QUARTER}&series=letter"),
        Shown("period-report", "head1", f"/desk/period-report?{QUARTER}", printed=True),
        Shown("assessment", "head1", "/desk/assessment"),
        Shown("refused", "xc1", f"/desk/figures/clues/GL-1.32?{QUARTER}", 403),
        Shown("clauses", "clerk1", "/desk/clauses"),
        Shown("clauses-found", "clerk1", "/desk/clauses?q=%E5%BD%92%E5%8F%A3%E7%AE%A1%E7%90%86"),
        Shown("clause", "clerk1", "/desk/clauses/LZ-12.1"),
        Shown("declaration", "clerk1", "/desk/declarations/intake/register_petition"),
        Shown(
            "what-if",
            "clerk1",
            f"/desk/clauses/LZ-12.1/what-if?name=forward_within&amount=5&unit=working_day&{PAST}",
        ),
        Shown("round", "xc1", f"/desk/items/inspection/rounds/{made['round']}"),
        Shown("beside-a-round", "xc1", f"/desk/items/inspection/rounds/{made['round']}/beside/compliance"),
        Shown("team-proposal", "xc1", f"/desk/items/inspection/rounds/{made['round']}/beside/team-proposal"),
        Shown("form-of-a-round", "xc1", "/desk/new/inspection/cadres/register_cadre"),
        Shown("unlock", "xfhead", "/desk/unlock"),
        Shown("sealed", "xfhead", f"/desk/sealed/{made['sealed']}"),
        Shown("own-sessions", "clerk1", "/desk/my-sessions"),
        Shown("second-factor", "clerk1", "/desk/second-factor"),
        Shown("operations", "sys", "/desk/operations"),
        Shown("accounts", "sys", "/desk/administration/accounts"),
        Shown("time", "sys", "/desk/new/desk/time_advances/advance_time"),
        Shown("security", "sec", "/desk/administration/security"),
        Shown("audit", "aud", "/desk/administration/audit"),
        Shown("no-such-item", "sys", petition, 404),
        Shown("no-such-page", "clerk1", "/desk/items/nothing/at/all", 404),
    ]
