"""The attack matrix: whoever owns a service's database, and even its signing key, is found out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from nacl.signing import SigningKey
from sqlalchemy import delete, select, text, update
from sqlalchemy.orm import Session

from services.chassis.audit import heads, tables, trail, tree
from services.chassis.audit.findings import Fault
from services.chassis.audit.verify import verify_installation
from tests.integration.audit.installation import START, SUBJECTS, Installation, entry

Entry, Leaf, Node, Head = tables.AuditEntry, tables.AuditLeaf, tables.AuditNode, tables.AuditHead


def at_leaf(session: Session, index: int) -> str:
    return session.scalars(select(Leaf.entry_id).where(Leaf.leaf_index == index)).one()


def edit(session: Session, index: int = 20) -> None:
    """Another office in one entry, columns and content alike."""
    found = session.get_one(Entry, at_leaf(session, index))
    found.body = found.body.replace('"office":"o1"', '"office":"o2"')
    session.flush()


def write_tree(session: Session, entry_ids: list[str]) -> None:
    """Leaves and nodes computed anew over these entries."""
    for model in (Leaf, Node):
        session.execute(delete(model))
    session.expunge_all()
    frontier = tree.Frontier()
    for index, entry_id in enumerate(entry_ids):
        leaf = tree.leaf_hash(session.get_one(Entry, entry_id).body.encode())
        session.add(Leaf(leaf_index=index, entry_id=entry_id, hash=leaf))
        session.add_all(Node(level=at[0], index=at[1], hash=at[2]) for at in frontier.append(leaf))
    session.flush()


def in_order(session: Session) -> list[str]:
    return list(session.scalars(select(Leaf.entry_id).order_by(Leaf.leaf_index)))


def rehash(session: Session) -> None:
    write_tree(session, in_order(session))


def sign_again(session: Session, key: SigningKey) -> None:
    """All heads signed anew over the tree as it is now; those beyond it go."""
    for row in session.scalars(select(Head)).all():
        if row.size > trail.tree_size(session):
            session.delete(row)
            continue
        root = trail.root_at(session, row.size)
        row.root = root
        head = heads.sign(row.size, root, row.signed_at, key, row.key_id, previous_size=0)
        row.signature = head.signature
    session.flush()


def cut(session: Session, size: int) -> None:
    """Everything after the first `size` entries goes, but for the heads."""
    gone = in_order(session)[size:]
    kept = in_order(session)[:size]
    session.execute(delete(Entry).where(Entry.id.in_(gone)))
    write_tree(session, kept)


def insert_in_place(session: Session, index: int = 21) -> None:
    moment = START + timedelta(minutes=index)
    order = in_order(session)
    entry_id = trail.record(session, entry("c1", moment, facts={"forged": True}))
    session.flush()
    session.execute(delete(tables.AuditUnsequenced))
    write_tree(session, [*order[:index], entry_id, *order[index:]])


def recreate(session: Session) -> None:
    for model in (Entry, Leaf, Node):
        session.execute(delete(model))
    for number in range(60):
        trail.record(session, entry("c1", START + timedelta(minutes=number + 1)))
    trail.sequence(session)


def swap(session: Session) -> None:
    order = in_order(session)
    session.execute(delete(Leaf).where(Leaf.leaf_index.in_((20, 21))))
    session.expunge_all()
    for index, entry_id in ((20, order[21]), (21, order[20])):
        leaf = tree.leaf_hash(session.get_one(Entry, entry_id).body.encode())
        session.add(Leaf(leaf_index=index, entry_id=entry_id, hash=leaf))
    session.flush()


def swap_places_only(session: Session) -> None:
    first, second = (session.get_one(Leaf, index) for index in (20, 21))
    one, other = first.entry_id, second.entry_id
    for leaf, entry_id in ((first, "nobody"), (second, one), (first, other)):
        leaf.entry_id = entry_id
        session.flush()


def append_backdated(session: Session) -> None:
    trail.record(session, entry("c9", START + timedelta(minutes=5)))
    trail.sequence(session)


def lose_a_node(session: Session) -> None:
    session.execute(delete(Node).where(Node.level == 1, Node.index == 10))


def change_leaf_and_content(session: Session) -> None:
    edit(session)
    body = session.scalars(select(Entry.body).where(Entry.id == at_leaf(session, 20))).one()
    session.execute(update(Leaf).where(Leaf.leaf_index == 20).values(hash=tree.leaf_hash(body.encode())))


def change_column(session: Session) -> None:
    session.execute(update(Entry).where(Entry.id == at_leaf(session, 20)).values(actor_person="p2"))


def backdate_column(session: Session) -> None:
    session.execute(update(Entry).where(Entry.id == at_leaf(session, 20)).values(at=START))


def delete_entry(session: Session) -> None:
    session.execute(delete(Entry).where(Entry.id == at_leaf(session, 20)))


def delete_entry_and_leaf(session: Session) -> None:
    delete_entry(session)
    session.execute(delete(Leaf).where(Leaf.leaf_index == 20))


def delete_and_close_the_gap(session: Session) -> None:
    order = in_order(session)
    delete_entry(session)
    write_tree(session, order[:20] + order[21:])


def slip_in_beside_the_queue(session: Session) -> None:
    trail.record(session, entry("c9", START + timedelta(minutes=61)))
    session.flush()
    session.execute(delete(tables.AuditUnsequenced))


def roll_back(session: Session) -> None:
    cut(session, 30)
    session.execute(delete(Head).where(Head.size > 30))


@dataclass(frozen=True)
class Attack:
    """What is done (`own_key`: and all heads signed again with the stolen key), and what has to be found."""

    do: tuple[Callable[[Session], object], ...]
    fault: Fault
    leaf: int
    until: int | None = None
    own_key: bool = False
    witness: bool = False


MATRIX = {
    "edit an entry": Attack((edit,), Fault.ENTRY_CHANGED, 20),
    "edit an entry and its leaf": Attack((change_leaf_and_content,), Fault.NODE_CHANGED, 20, 21),
    "edit and rehash": Attack((edit, rehash), Fault.HEAD_ROOT, 20, 29),
    "edit, rehash, sign again": Attack((edit, rehash), Fault.HEAD_ROOT, 20, 29, own_key=True, witness=True),
    "edit a column": Attack((change_column,), Fault.COLUMNS_DIFFER, 20),
    "backdate a column": Attack((backdate_column,), Fault.COLUMNS_DIFFER, 20),
    "delete an entry": Attack((delete_entry,), Fault.ENTRY_MISSING, 20),
    "delete an entry and its leaf": Attack((delete_entry_and_leaf,), Fault.LEAF_MISSING, 20),
    "delete, rehash": Attack((delete_and_close_the_gap,), Fault.HEAD_ROOT, 20, 29),
    "delete, rehash, sign again": Attack(
        (delete_and_close_the_gap,), Fault.HEAD_ROOT, 20, 29, own_key=True, witness=True
    ),
    "truncate": Attack((lambda s: cut(s, 55),), Fault.HEAD_BEYOND, 55),
    "truncate and sign again": Attack(
        (lambda s: cut(s, 55),), Fault.HEAD_BEYOND, 55, own_key=True, witness=True
    ),
    "put back an older copy": Attack((roll_back,), Fault.HEAD_BEYOND, 30, witness=True),
    "swap two entries": Attack((swap_places_only,), Fault.ENTRY_CHANGED, 20),
    "swap two entries and their leaves": Attack((swap,), Fault.NODE_CHANGED, 20, 21),
    "swap and rehash": Attack((swap, rehash), Fault.HEAD_ROOT, 20, 29),
    "swap, rehash, sign again": Attack((swap, rehash), Fault.HEAD_ROOT, 20, 29, own_key=True, witness=True),
    "insert, rehash": Attack((insert_in_place,), Fault.HEAD_ROOT, 20, 29),
    "insert, rehash, sign again": Attack(
        (insert_in_place,), Fault.HEAD_ROOT, 20, 29, own_key=True, witness=True
    ),
    "insert backdated at the end": Attack((append_backdated,), Fault.BACKDATED, 60),
    "wipe and recreate": Attack((recreate,), Fault.HEAD_ROOT, 0, 9),
    "wipe, recreate, sign again": Attack((recreate,), Fault.HEAD_ROOT, 0, 9, own_key=True, witness=True),
    "lose a node": Attack((lose_a_node,), Fault.NODE_CHANGED, 20, 21),
}


@pytest.mark.parametrize("name", MATRIX)
def test_every_attack_is_detected_and_its_first_bad_entry_named(history: Installation, name: str) -> None:
    attack = MATRIX[name]

    def carry_out(session: Session) -> None:
        for step in attack.do:
            step(session)
        if attack.own_key:
            sign_again(session, history.services["clues"].key)

    with history.attacked("clues", carry_out) as parts:
        report = history.verify(parts)
        first = report.first
        assert first is not None
        assert report.exit_code == 1
        assert first.service == "clues"
        assert (first.fault, first.leaf) == (attack.fault, attack.leaf), report.of("clues")[:5]
        if attack.until is not None:
            assert first.leaf_until == attack.until
        assert bool(first.witness) is attack.witness
        if first.fault in {Fault.ENTRY_CHANGED, Fault.COLUMNS_DIFFER, Fault.BACKDATED}:
            assert first.entry_id == at_leaf(parts["clues"], attack.leaf)
        assert report.of("intake") == []


def test_an_unharmed_installation_verifies(history: Installation) -> None:
    report = history.verify_unharmed()
    assert report.ok, report.first
    assert report.exit_code == 0
    counts = report.counts["clues"]
    assert (counts.entries, counts.heads, counts.subjects, counts.not_yet_witnessed) == (60, 6, 7, 0)
    assert counts.witnessed == {"intake": 60, "archive": 60}


def test_a_substituted_key_is_found_at_the_first_head(history: Installation) -> None:
    with history.attacked("clues", lambda session: sign_again(session, SigningKey.generate())) as parts:
        first = history.verify(parts).first
    assert first is not None
    assert (first.fault, first.head) == (Fault.HEAD_SIGNATURE, 10)


def test_a_key_nobody_trusts_is_found(history: Installation) -> None:
    def rename(session: Session) -> None:
        session.execute(update(Head).where(Head.size == 30).values(key_id="clues/2"))

    with history.attacked("clues", rename) as parts:
        first = history.verify(parts).first
    assert first is not None
    assert (first.fault, first.head) == (Fault.HEAD_KEY, 30)


def test_a_head_that_was_deleted_is_missed_by_its_witnesses(history: Installation) -> None:
    with history.attacked("clues", lambda s: s.execute(delete(Head).where(Head.size == 30))) as parts:
        first = history.verify(parts).first
    assert first is not None
    assert (first.fault, first.head, first.witness) == (Fault.HEAD_MISSING, 30, "intake")


def test_a_head_moved_in_time_no_longer_has_its_signature(history: Installation) -> None:
    moved = update(Head).where(Head.size == 30).values(signed_at=START)
    with history.attacked("clues", lambda session: session.execute(moved)) as parts:
        first = history.verify(parts).first
    assert first is not None
    assert (first.fault, first.head) == (Fault.HEAD_SIGNATURE, 30)


def test_heads_signed_again_out_of_order_in_time_are_found(history: Installation) -> None:
    def sign_earlier(session: Session) -> None:
        row = session.get_one(Head, 30)
        row.signed_at = START + timedelta(minutes=29)
        session.execute(update(Head).where(Head.size == 20).values(signed_at=row.signed_at))
        session.flush()
        sign_again(session, history.services["clues"].key)

    with history.attacked("clues", sign_earlier) as parts:
        report = history.verify(parts)
    assert Fault.HEAD_TIME in {finding.fault for finding in report.of("clues")}


def test_a_forked_tree_shown_to_one_witness_alone_is_found_by_verifying_both(history: Installation) -> None:
    forked: list[tuple[heads.SignedHead, list[bytes]]] = []

    def fork(session: Session) -> None:
        edit(session, 55)
        rehash(session)
        root = trail.root_at(session, 60)
        head = session.get_one(Head, 60)
        key = history.services["clues"].key
        made = heads.sign(60, root, head.signed_at, key, head.key_id, previous_size=50)
        forked.append((made, trail.consistency(session, 50, 60)))

    with history.attacked("clues", fork):
        pass

    def witness_the_fork_instead(session: Session) -> None:
        of_60 = tables.WitnessedHead.size == 60
        session.execute(
            update(tables.WitnessedHead)
            .where(of_60)
            .values(root=forked[0][0].root, signature=forked[0][0].signature)
        )

    with history.attacked("archive", witness_the_fork_instead) as parts:
        first = history.verify(parts).first
    assert first is not None
    assert (first.service, first.fault, first.witness) == ("clues", Fault.HEAD_ROOT, "archive")
    assert (first.leaf, first.leaf_until) == (50, 59)


def test_a_changed_record_of_a_witness_is_no_evidence_but_a_fault(history: Installation) -> None:
    changed = update(tables.WitnessedHead).where(tables.WitnessedHead.size == 30).values(root=bytes(32))
    with history.attacked("archive", lambda session: session.execute(changed)) as parts:
        first = history.verify(parts).first
    assert first is not None
    assert (first.fault, first.head, first.witness) == (Fault.WITNESS_ROW, 30, "archive")


def test_an_entry_slipped_in_beside_the_queue_is_found(history: Installation) -> None:
    with history.attacked("clues", slip_in_beside_the_queue) as parts:
        report = history.verify(parts)
    assert [finding.fault for finding in report.of("clues")] == [Fault.ENTRY_LOST]
    assert report.of("clues")[0].entry_id != ""


def test_a_subject_changed_in_its_own_table_is_named_with_its_last_act(history: Installation) -> None:
    changed = update(SUBJECTS).where(SUBJECTS.c.id == "c2").values(status="closed")
    with history.attacked("clues", lambda session: session.execute(changed)) as parts:
        report = history.verify(parts)
        last = at_leaf(parts["clues"], 58)
    assert [(f.fault, f.subject, f.leaf, f.entry_id) for f in report.of("clues")] == [
        (Fault.STATE_CHANGED, "clue/c2", 58, last)
    ]


def test_a_subject_deleted_from_its_own_table_is_named(history: Installation) -> None:
    gone = delete(SUBJECTS).where(SUBJECTS.c.id == "c3")
    with history.attacked("clues", lambda session: session.execute(gone)) as parts:
        first = history.verify(parts).first
    assert first is not None
    assert (first.fault, first.subject, first.leaf) == (Fault.STATE_MISSING, "clue/c3", 59)


def test_shredding_a_salt_leaves_every_proof_valid(history: Installation) -> None:
    def shred(session: Session) -> None:
        session.execute(update(Entry).where(Entry.subject_id == "c2").values(salts=None))
        session.execute(update(SUBJECTS).where(SUBJECTS.c.id == "c2").values(status="erased"))

    with history.attacked("clues", shred) as parts:
        report = history.verify(parts)
        proof = trail.inclusion(parts["clues"], at_leaf(parts["clues"], 2))
    assert report.ok, report.first
    assert report.counts["clues"].shredded == 1
    assert tree.proves_inclusion(proof.leaf, proof.leaf_index, proof.size, proof.root, proof.path)


def test_a_finding_is_told_in_chinese_and_english(history: Installation) -> None:
    with history.attacked("clues", edit) as parts:
        first = history.verify(parts).first
        entry_id = at_leaf(parts["clues"], 20)
    assert first is not None
    assert first.zh == f"clues：审计记录内容与叶散列不符，已被改动 (叶 20，记录 {entry_id})"
    assert first.en == f"clues: the entry's content is not what its leaf says (leaf 20, entry {entry_id})"


def test_a_head_kept_by_an_auditor_finds_what_all_services_hide_together(history: Installation) -> None:
    key = history.services["clues"].key
    with history.attacked("clues", lambda _session: None) as parts:
        row = parts["clues"].get_one(Head, 60)
        kept = heads.SignedHead(row.size, row.root, row.signed_at, row.key_id, row.signature)

    def rewrite(session: Session) -> None:
        edit(session)
        rehash(session)
        sign_again(session, key)

    with history.attacked("clues", rewrite) as parts:
        alone = {"clues": parts["clues"]}
        assert history.verify(alone).ok
        first = history.verify(alone, known={"clues": [kept]}).first
    assert first is not None
    assert (first.fault, first.witness, first.leaf_until) == (Fault.HEAD_ROOT, "auditor", 59)


@pytest.mark.parametrize("column", ["hash", "body"])
def test_bytes_of_the_wrong_kind_are_a_finding_and_no_crash(history: Installation, column: str) -> None:
    def scribble(session: Session) -> None:
        if column == "hash":
            session.execute(update(Leaf).where(Leaf.leaf_index == 20).values(hash=b"short"))
        else:
            session.execute(update(Entry).where(Entry.id == at_leaf(session, 20)).values(body="{"))

    with history.attacked("clues", scribble) as parts:
        first = history.verify(parts).first
    assert first is not None
    assert (first.fault, first.leaf) == (Fault.ENTRY_CHANGED, 20)


def test_text_in_a_binary_or_time_column_is_a_finding_and_no_crash(history: Installation) -> None:
    def scribble(session: Session) -> None:
        if session.get_bind().dialect.name == "sqlite":
            session.execute(text("UPDATE audit_leaf SET hash = 'text' WHERE leaf_index = 20"))
            session.execute(text("UPDATE audit_entry SET at = 'never' WHERE subject_id = 'c1'"))
            session.execute(text("UPDATE audit_head SET signed_at = 'never' WHERE size = 30"))
        else:
            session.execute(text("UPDATE audit_entry SET at = 'infinity' WHERE subject_id = 'c1'"))

    with history.attacked("clues", scribble) as parts:
        report = history.verify(parts)
    assert not report.ok
    assert report.of("intake") == []


def test_heads_seen_after_the_sessions_were_opened_are_left_out(history: Installation) -> None:
    with history.attacked("clues", roll_back) as parts:
        concerned = {
            f.subject for f in history.verify(parts, as_of=START + timedelta(minutes=30)).of("clues")
        }
        assert "" not in concerned
        assert history.verify(parts, as_of=START + timedelta(days=1)).first is not None


def test_two_services_with_one_key_are_found(history: Installation) -> None:
    same = history.services["clues"].trusted
    with history.attacked("clues", lambda _session: None) as parts:
        report = verify_installation(parts, dict.fromkeys(parts, same), {})
    assert Fault.SHARED_KEY in {finding.fault for finding in report.of("intake")}
    assert report.counts["clues"].not_recomputed == 7


def test_entries_that_wait_for_their_leaf_are_counted_and_no_fault(history: Installation) -> None:
    def act(session: Session) -> None:
        history.services["clues"].act(session, "c2", START + timedelta(minutes=61))

    with history.attacked("clues", act) as parts:
        report = history.verify(parts)
    assert report.ok, report.first
    assert report.counts["clues"].not_yet_sequenced == 1


def test_progress_is_told_for_every_service(history: Installation) -> None:
    told: list[tuple[str, int, int]] = []
    history.verify_unharmed(progress=lambda *step: told.append(step))
    assert told == [("clues", 60, 60), ("intake", 10, 10)]
