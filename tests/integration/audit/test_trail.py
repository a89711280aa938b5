"""Recording, sequencing, signing and proving on both engines."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from nacl.signing import SigningKey
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from services.chassis.audit import tree
from services.chassis.audit.entry import MALFORMED, salted_digest
from services.chassis.audit.heads import is_signed_by
from services.chassis.audit.tables import APPEND_ONLY, AuditEntry, AuditLeaf, AuditNode, AuditUnsequenced
from services.chassis.audit.trail import (
    NotSequenced,
    TrailDamaged,
    consistency,
    inclusion,
    record,
    root_at,
    sequence,
    sign_head,
    tree_size,
)
from services.chassis.db import Database
from tests.integration.audit.installation import START, create_tables, disarm, entry

KEY = SigningKey(bytes(range(32)))


def fill(db: Database, entries: int, limit: int = 500) -> list[str]:
    with db.write() as session:
        ids = [record(session, entry(f"c{number}")) for number in range(entries)]
    sequence_all(db, limit)
    return ids


def sequence_all(db: Database, limit: int = 500) -> None:
    done = 1
    while done:
        with db.write() as session:
            done = sequence(session, limit)


def order(db: Database) -> list[str]:
    with db.read() as session:
        rows = session.execute(
            select(AuditLeaf.leaf_index, AuditLeaf.entry_id).order_by(AuditLeaf.leaf_index)
        )
        found = rows.all()
    assert [row.leaf_index for row in found] == list(range(len(found)))
    return [row.entry_id for row in found]


def test_an_entry_holds_ids_codes_dates_and_salted_digests_only(db: Database) -> None:
    told = entry(
        "c1", digests={"explanation": "张某的说明".encode()}, facts={"due": "2026-03-05"}, code="LATE"
    )
    with db.write() as session:
        entry_id = record(session, told)
    with db.read() as session:
        row = session.get_one(AuditEntry, entry_id)
    body = json.loads(row.body)
    assert row.body == json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert row.body.isascii()
    salt = bytes.fromhex(json.loads(row.salts or "")["explanation"])
    assert body["digests"] == {"explanation": salted_digest(salt, "张某的说明".encode())}
    assert (body["at"], body["facts"]) == ("2026-03-02T01:00:00.000000Z", {"due": "2026-03-05"})
    assert (row.at, row.subject_id, row.actor_person) == (START, "c1", "p1")


def test_the_same_value_has_another_digest_each_time(db: Database) -> None:
    with db.write() as session:
        ids = [record(session, entry("c1", digests={"name": b"same"})) for _ in range(2)]
        bodies = [json.loads(session.get_one(AuditEntry, each).body) for each in ids]
    assert bodies[0]["digests"] != bodies[1]["digests"]


@pytest.mark.parametrize("told", [{"facts": {"who": "张某"}}, {"code": "不予受理"}, {"cause": "a b"}])
def test_a_text_is_refused_before_anything_is_written(db: Database, told: dict[str, Any]) -> None:
    with db.write() as session, pytest.raises(ValueError, match="audit trail takes ids"):
        record(session, entry("c1", **told))
    with db.read() as session:
        assert session.scalar(select(func.count()).select_from(AuditEntry)) == 0


def test_a_refusal_of_what_is_no_id_is_recorded_without_what_was_sent(db: Database) -> None:
    with db.write() as session:
        record(session, entry("张某", outcome="refused", code="UNKNOWN_REFERENCE"))
    with db.read() as session:
        row = session.scalars(select(AuditEntry)).one()
    assert row.subject_id == MALFORMED
    assert "张" not in row.body


@pytest.mark.parametrize(("entries", "limit"), [(1, 500), (7, 3), (64, 64), (130, 50)])
def test_leaves_are_gapless_and_the_stored_nodes_make_the_same_tree(
    db: Database, entries: int, limit: int
) -> None:
    ids = fill(db, entries, limit)
    assert order(db) == ids
    with db.read() as session:
        leaves = list(session.scalars(select(AuditLeaf.hash).order_by(AuditLeaf.leaf_index)))
        bodies = {row.id: row.body for row in session.scalars(select(AuditEntry))}
        assert leaves == [tree.leaf_hash(bodies[each].encode()) for each in ids]
        assert root_at(session, entries) == tree.root_of(leaves)
        nodes = session.scalar(select(func.count()).select_from(AuditNode))
        assert nodes == entries - entries.bit_count()
        assert session.scalar(select(func.count()).select_from(AuditUnsequenced)) == 0


def test_an_entry_that_commits_late_takes_a_later_leaf_and_is_never_skipped(
    postgres_databases: Callable[[str], str],
) -> None:
    # On PostgreSQL alone: SQLite has one writer, so nothing commits late.
    db = Database(postgres_databases("audit"), pool_size=3)
    create_tables(db)
    with db.write() as slow:
        late = record(slow, entry("c1"))
        slow.flush()
        early = fill(db, 3)
        assert order(db) == early
    sequence_all(db)
    assert order(db) == [*early, late]
    db.dispose()


def test_concurrent_writers_and_sequencers_give_each_entry_one_leaf(db: Database) -> None:
    def write(worker: int) -> list[str]:
        ids = []
        for number in range(20):
            with db.write() as session:
                ids.append(record(session, entry(f"c{worker}-{number}")))
        return ids

    def give_leaves(_: int) -> None:
        for _turn in range(10):
            with db.write() as session:
                sequence(session, limit=7)

    with ThreadPoolExecutor(6) as pool:
        writers = [pool.submit(write, worker) for worker in range(4)]
        list(pool.map(give_leaves, range(2)))
        written = [each for writer in writers for each in writer.result()]
    sequence_all(db)
    assert sorted(order(db)) == sorted(written)


def test_a_rolled_back_batch_leaves_no_gap(db: Database) -> None:
    ids = fill(db, 3)
    with db.write() as session:
        ids += [record(session, entry("c9"))]
    with Session(db.engine) as session:
        assert sequence(session) == 1
        session.rollback()
    sequence_all(db)
    assert order(db) == ids


def test_a_waiting_entry_that_is_gone_stops_the_sequencer(db: Database) -> None:
    with db.write() as session:
        session.add(AuditUnsequenced(entry_id="gone"))
    with db.write() as session, pytest.raises(TrailDamaged, match="gone"):
        sequence(session)


@pytest.mark.parametrize("model", APPEND_ONLY)
def test_nothing_of_the_trail_is_updated_or_deleted(db: Database, model: type[AuditEntry]) -> None:
    with db.write() as session:
        for subject in ("c1", "c2"):
            record(session, entry(subject, digests={"name": b"value"}))
    sequence_all(db)
    with db.write() as session:
        sign_head(session, KEY, "k1", START)
        witnessed = (
            "INSERT INTO witnessed_head SELECT 'i', 'h', 'intake', size, root, signed_at, key_id, signature"
        )
        session.execute(text(f"{witnessed}, 0, root, 'accepted', signed_at FROM audit_head"))
        bridged = "INSERT INTO trail_bridge SELECT 'intake', 2, size, root, signed_at, key_id, signature"
        session.execute(text(f"{bridged}, size, signed_at FROM audit_head"))
    table = model.__tablename__
    column = next(iter(model.__table__.columns)).name
    patterns = ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}"]
    patterns.append("REPLACE INTO {0} SELECT * FROM {0}" if db.is_sqlite else "TRUNCATE {0}")
    for pattern in patterns:
        with pytest.raises(DatabaseError, match="append-only"), db.write() as session:
            session.execute(text(pattern.format(table, column)))


def test_only_salts_are_shredded_and_only_for_good(db: Database) -> None:
    with db.write() as session:
        record(session, entry("c1", digests={"name": b"value"}))
    for change in ({"salts": "{}"}, {"salts": None, "body": "{}"}, {"salts": None, "actor_person": "p2"}):
        with pytest.raises(DatabaseError, match="append-only"), db.write() as session:
            session.execute(update(AuditEntry).values(**change))
    with db.write() as session:
        session.execute(update(AuditEntry).values(salts=None))
    with db.read() as session:
        assert session.scalars(select(AuditEntry.salts)).one() is None


def test_a_head_is_signed_once_for_each_size_and_never_goes_back_in_time(db: Database) -> None:
    with db.write() as session:
        assert sign_head(session, KEY, "k1", START) is None
    fill(db, 3)
    with db.write() as session:
        first = sign_head(session, KEY, "k1", START)
        assert sign_head(session, KEY, "k1", START) is None
    fill(db, 4)
    with db.write() as session:
        second = sign_head(session, KEY, "k1", START - timedelta(hours=1))
        assert first is not None
        assert second is not None
        proof = consistency(session, second.previous_size, second.size)
    assert is_signed_by(second, {"k1": KEY.verify_key})
    assert (first.size, second.previous_size, second.size) == (3, 3, 7)
    assert second.signed_at > first.signed_at
    assert tree.proves_consistency(3, first.root, 7, second.root, proof)


def test_no_head_is_signed_over_an_old_backlog_so_that_no_honest_entry_looks_backdated(db: Database) -> None:
    fill(db, 2)
    with db.write() as session:
        record(session, entry("c1"))
    with db.write() as session:
        assert sign_head(session, KEY, "k1", START + timedelta(hours=1)) is None
    sequence_all(db)
    with db.write() as session:
        head = sign_head(session, KEY, "k1", START + timedelta(hours=1))
    assert head is not None
    assert head.size == 3


def test_no_head_is_signed_over_a_tree_that_no_longer_extends_the_last_one(db: Database) -> None:
    fill(db, 2)
    with db.write() as session:
        sign_head(session, KEY, "k1", START)
        disarm(session)
        session.execute(update(AuditLeaf).where(AuditLeaf.leaf_index == 1).values(hash=bytes(32)))
        session.execute(update(AuditNode).values(hash=bytes(32)))
    fill(db, 1)
    with db.write() as session, pytest.raises(TrailDamaged, match="2 leaves"):
        sign_head(session, KEY, "k1", START)


def test_every_entry_is_proven_in_the_signed_head_or_in_the_tree_as_it_is(db: Database) -> None:
    ids = fill(db, 11)
    with db.write() as session:
        head = sign_head(session, KEY, "k1", START)
    assert head is not None
    later = fill(db, 2)
    with db.read() as session:
        for entry_id in ids:
            proof = inclusion(session, entry_id)
            assert (proof.size, proof.root) == (11, head.root)
            assert tree.proves_inclusion(proof.leaf, proof.leaf_index, 11, head.root, proof.path)
        proof = inclusion(session, later[-1])
        assert proof.size == tree_size(session) == 13
        assert tree.proves_inclusion(proof.leaf, 12, 13, proof.root, proof.path)


def test_what_has_no_leaf_has_no_proof(db: Database) -> None:
    with db.write() as session:
        waiting = record(session, entry("c1"))
    with db.read() as session:
        with pytest.raises(NotSequenced):
            inclusion(session, waiting)
        with pytest.raises(ValueError, match="not 1 leaves"):
            consistency(session, 0, 1)
