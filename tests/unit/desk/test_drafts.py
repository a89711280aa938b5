"""What was typed into a form and not sent: it is there again for its owner at this browser, and for nobody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update
from werkzeug.datastructures import MultiDict

from services.chassis.clock import real_now
from services.desk import drafts
from services.desk.domain.session_life import IDLE
from services.desk.drafts import FormPlace
from services.desk.signing_in import forget_old
from services.desk.storage import DeskSession, FormDraft
from tests.unit.desk.visitor import Form, Page, Visitor, open_account
from tests.world import World

Signed = Callable[[str], Visitor]
NEW = "/desk/new/intake/petitions/register_petition"
TEXT = "反映某科级干部违规问题，尚未写完"
SCAN = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def summary(page: Page) -> str:
    return page.form("register_petition").values.get("summary", "")


def keep(person: Visitor, form: Page | None = None, **typed: Any) -> Page:
    return person.send(form or person.get(NEW), "register_petition", button="keep", summary=TEXT, **typed)


def with_values(form: Form, **values: str) -> MultiDict[str, str]:
    sent = MultiDict(form.values)
    for name, value in {"summary": TEXT, **values}.items():
        sent[name] = value
    return sent


def rows(world: World) -> list[FormDraft]:
    with world.runtimes["desk"].db.read() as session:
        return list(session.scalars(select(FormDraft)))


def run_out_of_time(world: World) -> None:
    with world.runtimes["desk"].db.write() as session:
        session.execute(update(DeskSession).values(seen_at=real_now() - IDLE))


def test_a_draft_is_there_again_with_its_uploads_and_is_empty_once_the_act_is_done(
    world: World, visitor: Signed
) -> None:
    clerk = visitor("clerk1")
    again = clerk.follow(keep(clerk, scan=SCAN))
    assert summary(again) == TEXT
    assert "已恢复" in again.text
    assert "已上传" in again.text
    done = clerk.send(again, "register_petition", received_on="2026-03-02", channel="letter")
    assert "done=" in done.answer.headers["Location"]
    assert [row.content for row in rows(world)] == [b""]
    assert summary(clerk.get(NEW)) == ""


def test_what_comes_after_the_session_ran_out_is_there_after_signing_in_again(
    world: World, visitor: Signed
) -> None:
    clerk = visitor("clerk1")
    form = clerk.get(NEW)
    run_out_of_time(world)
    late = clerk.send(form, "register_petition", summary=TEXT, received_on="2026-03-02", channel="letter")
    assert late.answer.headers["Location"].endswith(f"next={NEW}")
    assert world.as_("clerk1").get("/intake/petitions").body["items"] == [], "nothing was done"
    back = clerk.sign_in("clerk1", target=NEW)
    assert summary(clerk.follow(back)) == TEXT


def test_a_session_that_was_ended_keeps_nothing_more(world: World, visitor: Signed) -> None:
    clerk = visitor("clerk1")
    form = clerk.get(NEW)
    clerk.send(clerk.get("/desk/"), "/sign-out")
    clerk.client.set_cookie("dengwen_session", "stolen", domain="desk.test", path="/desk")
    clerk.send(form, "register_petition", summary=TEXT)
    assert rows(world) == []


def test_a_late_form_of_another_site_keeps_nothing(world: World, visitor: Signed) -> None:
    clerk = visitor("clerk1")
    form = clerk.get(NEW).form("register_petition")
    run_out_of_time(world)
    for token in ("", "x"):
        clerk.post(form.action, with_values(form, _form=token))
    clerk.post(form.action, with_values(form), headers={"Sec-Fetch-Site": "cross-site"})
    assert rows(world) == []


def test_nobody_else_sees_a_draft_at_the_same_browser_and_its_owner_not_at_another(
    world: World, visitor: Signed
) -> None:
    clerk = visitor("clerk1")
    keep(clerk)
    clerk.send(clerk.get("/desk/"), "/sign-out")
    for account in ("clerk2", "head1", "sys"):
        open_account(world, account)
        clerk.sign_in(account)
        other = clerk.get(NEW)
        assert TEXT not in other.html
        assert "已恢复" not in other.text
    elsewhere = Visitor(world)
    elsewhere.sign_in("clerk1")
    assert TEXT not in elsewhere.get(NEW).html


def test_neither_the_database_nor_the_desks_keys_open_a_draft(world: World, visitor: Signed) -> None:
    clerk, desk = visitor("clerk1"), world.runtimes["desk"]
    keep(clerk)
    database = Path(desk.settings.database_url.removeprefix("sqlite:///"))
    stored = b"".join(file.read_bytes() for file in database.parent.glob(f"{database.name}*"))
    assert TEXT.encode() not in stored
    [row] = rows(world)
    assert "intake" not in f"{row.account_id}{row.form_key}{row.place.hex()}"
    part = clerk.client.get_cookie("dengwen_drafts", "desk.test", "/desk")
    assert part is not None
    assert part.value.encode() not in stored, "the browser alone has its part of the key"
    place = FormPlace("clerk1", part.value, "intake", "petitions", "", "register_petition")
    assert drafts.find(desk, place) is not None
    assert drafts.find(desk, FormPlace("clerk1", "", "intake", "petitions", "", "register_petition")) is None
    assert (
        drafts.find(desk, FormPlace("sys", part.value, "intake", "petitions", "", "register_petition"))
        is None
    )


def test_no_draft_is_kept_of_a_form_on_a_sealed_item_nor_of_one_with_a_password(
    world: World, visitor: Signed
) -> None:
    clerk = world.as_("clerk1")
    paper = {"received_on": "2026-03-02", "channel": "letter", "unit_id": "edu", "summary": "密件",
             "subject_ids": ["p-edu-vice"], "class_code": "unit_team"}  # fmt: skip
    sealed = clerk.act("/intake/petitions/register_petition", paper).body["id"]
    person, administrator = visitor("clerk1"), visitor("sys")
    act = next(a["name"] for a in clerk.get(f"/intake/petitions/{sealed}").body["acts"])
    form = person.get(f"/desk/items/intake/petitions/{sealed}/acts/{act}")
    assert "_draft" not in form.form(act).values
    person.send(form, act, button="keep", _draft="yes", remark=TEXT)
    opening = administrator.get("/desk/new/desk/accounts/open_account")
    administrator.send(opening, "open_account", button="keep", _draft="yes", account_id="someone")
    assert rows(world) == []


def test_a_draft_is_thrown_away_at_once_and_an_old_one_after_a_week(world: World, visitor: Signed) -> None:
    clerk, desk = visitor("clerk1"), world.runtimes["desk"]
    kept = clerk.follow(keep(clerk))
    fresh = clerk.follow(clerk.send(kept, "register_petition", button="discard"))
    assert summary(fresh) == ""
    assert rows(world) == []
    keep(clerk)
    old = real_now() - drafts.KEPT_FOR - timedelta(hours=1)
    with desk.db.write() as session:
        session.execute(update(FormDraft).values(kept_at=old))
    assert summary(clerk.get(NEW)) == ""
    forget_old(desk)
    assert rows(world) == []


def test_a_save_that_comes_after_the_act_brings_nothing_back(world: World, visitor: Signed) -> None:
    clerk = visitor("clerk1")
    form = clerk.get(NEW)
    clerk.send(form, "register_petition", received_on="2026-03-02", channel="letter", summary=TEXT)
    late = clerk.send(form, "register_petition", button="keep:quietly", summary=TEXT)
    assert late.status == 204
    assert summary(clerk.get(NEW)) == ""


def test_a_refused_form_and_one_of_a_service_that_is_away_are_there_again(
    world: World, visitor: Signed, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = visitor("clerk1")
    refused = clerk.send(clerk.get(NEW), "register_petition", summary=TEXT)
    assert refused.status == 422
    assert summary(clerk.get(NEW)) == TEXT
    with monkeypatch.context() as away:
        away.setattr(world.runtimes["desk"], "peers", None)
        assert clerk.send(refused, "register_petition", summary=f"{TEXT}二").status == 503
    assert summary(clerk.get(NEW)) == f"{TEXT}二"


def test_an_account_has_fifty_drafts_and_none_without_end(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = world.runtimes["desk"]
    monkeypatch.setattr(drafts, "MOST", 2)
    places = [FormPlace("clerk1", "b" * 43, "intake", "petitions", item, "x") for item in "abc"]
    for place in places:
        drafts.keep(desk, place, "k", [("summary", TEXT)])
    assert [drafts.find(desk, place) is not None for place in places] == [False, True, True]
