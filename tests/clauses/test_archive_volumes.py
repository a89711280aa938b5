"""From a closed petition to an archived volume (LZ-22.7, LZ-22.12)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from services.archive import fetching
from services.archive.loading import load_person
from services.archive.storage import Fetch, SealedPackage, Volume
from services.archive.verification import verify_package
from services.chassis import packages, tables
from services.chassis.audit.tables import AuditEntry
from services.chassis.clock import real_now
from services.chassis.packages import Package
from services.chassis.peers import PeerAnswer, PeerUnavailable
from services.chassis.work import begin
from tests.clause_proof import proves
from tests.world import Answer, World


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path, services=("intake", "archive"))


def close_a_petition(world: World, subject: str = "p-edu-sec") -> str:
    """The out-of-scope route from the letter to its closing; returns the petition's id."""
    clerk, petitions = world.as_("clerk1"), "/intake/petitions"
    letter = {"received_on": "2026-03-02", "channel": "letter", "unit_id": "edu", "subject_ids": [subject],
              "summary": "反映某科级干部违规问题", "class_code": "supervision_object"}  # fmt: skip
    scan = [{"kind": "petition_original", "id": clerk.upload("intake")}]
    item = str(clerk.act(f"{petitions}/register_petition", letter, attachments=scan).body["id"])
    done(clerk.act(f"{petitions}/{item}/forward_petition"))
    out = {"in_scope": False, "level": "office", "opinion": "不属监督范围"}
    done(world.as_("xf1").act(f"{petitions}/{item}/judge_petition", out))
    done(clerk.act(f"{petitions}/{item}/record_petition", {"platform_no": "P-1", "entered_on": "2026-03-02"}))
    done(
        clerk.act(
            f"{petitions}/{item}/propose_transfer_out", {"department_id": "xfj", "reason": "业务范围外"}
        )
    )
    done(world.as_("head1").decide("intake", "petitions", item))
    sent = {"department_id": "xfj", "letter_no": "H-1", "sent_on": "2026-03-02"}
    done(clerk.act(f"{petitions}/{item}/transfer_out", sent))
    reply = [{"kind": "completion_reply", "id": clerk.upload("intake")}]
    done(clerk.act(f"{petitions}/{item}/record_reply", {"received_on": "2026-03-02", "summary": "已办结"},
                   attachments=reply))  # fmt: skip
    result = {"outcome_code": "handled", "platform_no": "P-1", "result": "已办结"}
    done(clerk.act(f"{petitions}/{item}/record_result", result))
    done(clerk.act(f"{petitions}/{item}/submit_closure", {"opinion": "建议审结"}))
    done(world.as_("xf1").act(f"{petitions}/{item}/close_petition", {"opinion": "同意"}))
    done(world.as_("xf2").decide("intake", "petitions", item))
    return item


def done(answer: Answer) -> Answer:
    assert answer.status in (200, 201), answer.body
    return answer


def only_volume(world: World) -> dict[str, Any]:
    items = world.as_("da1").get("/archive/volumes").body["items"]
    assert len(items) == 1
    found: dict[str, Any] = items[0]
    return found


def count(world: World, what: Any, *where: Any) -> int:
    with world.runtimes["archive"].db.read() as session:
        return session.scalar(select(func.count()).select_from(what).where(*where)) or 0


def archived_events(world: World) -> int:
    return count(world, tables.Outbox, tables.Outbox.type == "archive.file_archived.v1",
                 tables.Outbox.consumer == "intake")  # fmt: skip


def refusals(world: World, act: str) -> list[str]:
    with world.runtimes["archive"].db.read() as session:
        rows = select(AuditEntry.code).where(AuditEntry.act == act, AuditEntry.outcome == "refused")
        return list(session.scalars(rows.order_by(AuditEntry.recorded_at)))


class Tampered:
    """The other services, with the packages that they give changed on the way."""

    def __init__(self, world: World, changes: list[Any]) -> None:
        self.behind, self.changes = world.runtimes["archive"].peers, changes
        self.calls = 0
        world.runtimes["archive"].peers = self

    def call(self, service: str, method: str, path: str, *, token: str, body: Any = None,
             raw: bytes | None = None, headers: Mapping[str, str] | None = None) -> PeerAnswer:  # fmt: skip
        self.calls += 1
        assert self.behind is not None
        answer = self.behind.call(service, method, path, token=token, body=body, raw=raw, headers=headers)
        change = self.changes.pop(0) if self.changes else None
        return answer if change is None else change(answer)


def flipped(answer: PeerAnswer) -> PeerAnswer:
    return replace(answer, body=answer.body[:-1] + bytes([answer.body[-1] ^ 1]))


def gone(_: PeerAnswer) -> PeerAnswer:
    raise PeerUnavailable("intake")


def shorten_catalogue(monkeypatch: pytest.MonkeyPatch, part: str, keep: list[Any]) -> None:
    """Let intake make packages whose catalogue holds only this."""
    original = packages._catalogue
    monkeypatch.setattr(packages, "_catalogue", lambda *of: original(*of) | {part: keep})


def die(*_: object) -> None:
    raise KeyboardInterrupt


def let_leases_run_out(world: World) -> None:
    with world.runtimes["archive"].db.write() as session:
        for row in session.scalars(select(Fetch)):
            row.claimed_until = real_now() - timedelta(seconds=1)


def test_a_closed_petition_becomes_one_archived_volume_and_intake_hears_of_it(world: World) -> None:
    petition = close_a_petition(world)
    world.pump()
    volume = only_volume(world)
    assert (volume["state"], volume["source_ref"], volume["archived_on"]) == (
        "archived",
        petition,
        "2026-03-02",
    )
    assert volume["no"] == "DA-pz1-2026-000001"
    assert (volume["retention"], volume["retain_until"]) == ("thirty_years", "2056-12-31")
    assert volume["paper_count"] >= 8
    assert volume["attachment_count"] == 2
    assert archived_events(world) == 1
    assert world.parked() == []
    with world.runtimes["intake"].db.read() as session:
        noted = session.scalars(select(AuditEntry).where(AuditEntry.act == "note_archived")).all()
    assert [entry.subject_id for entry in noted] == [petition]
    assert count(world, Fetch) == 0


@proves("LZ-22.7", check=2)
def test_an_archived_volume_cannot_be_changed_and_additions_go_to_a_supplement(world: World) -> None:
    close_a_petition(world)
    world.pump()
    volume, archivist = only_volume(world), world.as_("da1")
    path = f"/archive/volumes/{volume['id']}"
    kept = {"retention": "ten_years", "reason": "改为短期"}
    for act, paper in (
        ("set_retention", kept),
        ("archive_volume", {}),
        ("fetch_again", {"reason": "重新接收"}),
    ):
        refused = archivist.act(f"{path}/{act}", paper)
        assert (refused.status, refused.code) == (409, "IMMUTABLE")
        assert "LZ-22.7" in refused.body["clauses"]
    scan = [{"kind": "supplement", "id": archivist.upload("archive")}]
    addition = {"document_kind": "Reply", "reason": "事后补充复函"}
    added = done(archivist.act(f"{path}/supplement_volume", addition, attachments=scan))
    assert added.body["state"] == "archived"
    after = archivist.get(path).body
    assert (after["package_digest"], after["archived_on"]) == (
        volume["package_digest"],
        volume["archived_on"],
    )
    assert [line["kind"] for line in after["papers"]].count("Supplement") == 1


def test_a_supplement_needs_its_scan(world: World) -> None:
    close_a_petition(world)
    world.pump()
    refused = world.as_("da1").act(f"/archive/volumes/{only_volume(world)['id']}/supplement_volume",
                                   {"document_kind": "Reply", "reason": "补充"})  # fmt: skip
    assert (refused.status, refused.code) == (422, "MISSING_DOCUMENT")


@proves("LZ-22.7", check=1)
def test_a_volume_without_a_mandatory_document_is_not_archived_until_it_is_supplemented(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_review = [
        {"id": "x", "kind": "PetitionRegisterEntry", "act": "register_petition", "at": "2026-03-02"}
    ]
    shorten_catalogue(monkeypatch, "documents", without_review)
    close_a_petition(world)
    world.pump()
    volume, archivist = only_volume(world), world.as_("da1")
    path = f"/archive/volumes/{volume['id']}"
    assert (volume["state"], archived_events(world)) == ("incomplete", 0)
    assert refusals(world, "archive_volume") == ["MISSING_DOCUMENT"]
    refused = archivist.act(f"{path}/archive_volume")
    assert (refused.code, refused.body["field"]) == ("MISSING_DOCUMENT", "documents.ClosureReview")
    assert "LZ-22.7" in refused.body["clauses"]
    scan = [{"kind": "supplement", "id": archivist.upload("archive")}]
    review = {"document_kind": "ClosureReview", "reason": "补齐审结意见"}
    done(archivist.act(f"{path}/supplement_volume", review, attachments=scan))
    assert done(archivist.act(f"{path}/archive_volume")).body["state"] == "archived"
    assert archived_events(world) == 1


@proves("LZ-22.12", check=1)
def test_a_volume_without_its_officers_is_not_archived(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    shorten_catalogue(monkeypatch, "officers", [])
    close_a_petition(world)
    world.pump()
    volume = only_volume(world)
    assert (volume["state"], refusals(world, "archive_volume")) == ("incomplete", ["MISSING_FIELD"])
    refused = world.as_("da1").act(f"/archive/volumes/{volume['id']}/archive_volume")
    assert (refused.status, refused.code, refused.body["field"]) == (422, "MISSING_FIELD", "officers")
    assert refused.body["clauses"] == ["LZ-22.12"]


@proves("LZ-22.12", check=2)
def test_the_name_of_an_officer_who_left_is_still_in_the_volume(world: World) -> None:
    with begin(world.runtimes["archive"]) as work:
        load_person(work, "p-clerk1", "周丙一", level="staff", managing_authority="unit", office_id="pz1")
    close_a_petition(world)
    world.pump()
    left = {"name": "周丙一", "level": "staff", "managing_authority": "unit", "office_id": "pz1", "state": "left",
            "valid_from": "2020-01-01", "valid_to": "2026-03-02", "reason": "退休"}  # fmt: skip
    done(world.as_("sys").act("/archive/roster/p-clerk1/change_staff", left))
    done(world.as_("sec").decide("archive", "roster", "p-clerk1"))
    shown = done(world.as_("da1").get(f"/archive/volumes/{only_volume(world)['id']}/catalogue")).body
    officers = {(o["person"], o["role"]): o for o in shown["officers"]}
    clerk = officers["p-clerk1", "dispatched_office_staff"]
    assert clerk["name"] == "周丙一"
    assert {"register_petition", "forward_petition", "submit_closure"} <= set(clerk["acts"])
    assert "close_petition" in officers["p-xf2", "petition_office_staff"]["acts"], (
        "the closing itself has an officer"
    )


def test_a_package_changed_on_the_way_is_an_alarm_and_is_fetched_once_more(world: World) -> None:
    close_a_petition(world)
    peers = Tampered(world, [flipped])
    world.pump()
    assert (only_volume(world)["state"], peers.calls) == ("archived", 2)
    assert count(world, AuditEntry, AuditEntry.act == "mark_damaged") == 1
    assert archived_events(world) == 1


def test_a_package_that_stays_damaged_waits_for_the_archivist(world: World) -> None:
    close_a_petition(world)
    peers = Tampered(world, [flipped, flipped])
    world.pump()
    volume = only_volume(world)
    assert (volume["state"], peers.calls, count(world, Fetch)) == ("damaged", 2, 0)
    world.pump()
    assert (peers.calls, archived_events(world)) == (2, 0), "asked for twice, not for ever"
    again = {"reason": "承办单位已修复"}
    done(world.as_("da1").act(f"/archive/volumes/{volume['id']}/fetch_again", again))
    world.pump()
    assert (only_volume(world)["state"], archived_events(world)) == ("archived", 1)


def test_a_whole_package_that_is_not_for_this_digest_is_refused(world: World) -> None:
    close_a_petition(world)
    first = world.runtimes["intake"]
    with first.db.read() as session:
        one = session.scalars(select(Package)).one()
    close_a_petition(world, subject="p-edu-clerk")
    swap = lambda answer: replace(answer, body=one.body)  # noqa: E731
    Tampered(world, [swap, swap, swap, swap])
    world.pump()
    states = [v["state"] for v in world.as_("da1").get("/archive/volumes").body["items"]]
    assert sorted(states) == ["archived", "damaged"]


def test_an_unreachable_service_is_asked_again_until_it_answers(world: World) -> None:
    close_a_petition(world)
    peers = Tampered(world, [gone, gone, gone, gone, gone])
    world.pump()
    assert (only_volume(world)["state"], peers.calls) == ("archived", 6)
    assert count(world, AuditEntry, AuditEntry.act == "package_not_fetched") == 1, (
        "the ladder's end is said once"
    )


@pytest.mark.parametrize("moment", ["fetch", "file", "receive", "catalogue_paper"])
def test_a_death_at_any_moment_neither_loses_nor_doubles_a_volume(
    world: World, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    close_a_petition(world)
    with monkeypatch.context() as patch:
        patch.setattr(fetching, moment, die)
        with pytest.raises(KeyboardInterrupt):
            world.pump()
    assert (count(world, Volume, Volume.state == "expected"), count(world, SealedPackage)) == (1, 0)
    world.pump()
    assert count(world, Volume, Volume.state == "expected") == 1, "the dead one's lease still runs"
    let_leases_run_out(world)
    world.pump()
    assert (only_volume(world)["state"], archived_events(world), count(world, Fetch)) == ("archived", 1, 0)


def test_two_replicas_that_fetch_the_same_package_file_it_once(world: World) -> None:
    close_a_petition(world)
    world.pump(tick=False)
    runtime = world.runtimes["archive"]
    first = fetching.claim(runtime)
    assert first is not None
    assert fetching.claim(runtime) is None, "a lease is held by one"
    let_leases_run_out(world)
    second = fetching.claim(runtime)
    assert second == first
    for claim in (first, second):
        fetching.file(runtime, claim, fetching.fetch(runtime, claim))
    assert (count(world, SealedPackage), archived_events(world)) == (1, 1)


def test_only_the_office_that_did_it_and_the_commission_know_of_a_volume(world: World) -> None:
    close_a_petition(world)
    world.pump()
    path = f"/archive/volumes/{only_volume(world)['id']}"
    seen = {
        who: world.as_(who).get(path).status for who in ("da1", "clerk2", "leader", "clerk3", "xf1", "sys")
    }
    assert seen == {"da1": 200, "clerk2": 200, "leader": 200, "clerk3": 404, "xf1": 404, "sys": 404}
    assert world.as_("clerk3").get("/archive/volumes").body == {"items": [], "next": None}
    assert refusals(world, "read") == ["ACCESS_DENIED"] * 3


def test_until_the_package_says_whom_it_is_about_a_volume_is_the_archivists_alone(world: World) -> None:
    close_a_petition(world)
    world.pump(tick=False)
    assert only_volume(world)["state"] == "expected"
    assert world.as_("clerk2").get("/archive/volumes").body["items"] == []


def test_whoever_a_petition_was_about_never_sees_its_volume(world: World) -> None:
    close_a_petition(world, subject="p-da1")
    world.pump()
    assert [v["state"] for v in world.as_("clerk1").get("/archive/volumes").body["items"]] == ["archived"]
    reported = world.as_("da1")
    assert reported.get("/archive/volumes").body["items"] == []
    volume = world.as_("clerk1").get("/archive/volumes").body["items"][0]["id"]
    for path in ("", "/package", "/catalogue"):
        refused = reported.get(f"/archive/volumes/{volume}{path}")
        assert (refused.status, refused.code) == (404, "UNKNOWN_REFERENCE")
    assert refusals(world, "read") == ["CONFLICT_OF_INTEREST"] * 3


def test_an_exported_package_verifies_offline_and_the_export_is_logged(world: World, tmp_path: Path) -> None:
    petition = close_a_petition(world)
    world.pump()
    volume = only_volume(world)
    path = f"/archive/volumes/{volume['id']}/package"
    assert world.as_("clerk1").get(path).code == "WRONG_ROLE"
    answer = world.as_("da1").get(path)
    assert answer.status == 200
    assert count(world, AuditEntry, AuditEntry.outcome == "exported") == 1
    file = tmp_path / "volume.dengwen"
    file.write_bytes(answer.body)
    verified = verify_package(file, tmp_path / "keys")
    assert (verified.whole, verified.digest) == (True, volume["package_digest"])
    assert (verified.manifest["service"], verified.manifest["id"]) == ("intake", petition)
    assert (verified.papers, verified.attachments) == (volume["paper_count"], volume["attachment_count"])
    file.write_bytes(answer.body[:-1])
    assert verify_package(file, tmp_path / "keys").damage == "unreadable"


def test_a_package_is_stored_as_ciphertext_that_holds_no_plain_word(world: World, tmp_path: Path) -> None:
    close_a_petition(world)
    world.pump()
    for name in ("archive.db", "archive.db-wal"):
        assert "反映某科级干部违规问题".encode() not in (tmp_path / name).read_bytes()
