"""Witnessing: honest services never raise an alarm, whatever the bus does; dishonest ones always do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nacl.signing import SigningKey
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.chassis.audit import tree
from services.chassis.audit.heads import SignedHead, sign
from services.chassis.audit.tables import WitnessedHead
from services.chassis.audit.witness import Verdict, alarms, bridge, missing_proof, settle, waiting, witness
from services.chassis.db import Database
from tests.integration.audit.installation import START

KEY = SigningKey(bytes(range(32)))
TRUST = {"k1": KEY.verify_key}
ACCEPTED, SAME, WAITING = Verdict.ACCEPTED, Verdict.SAME, Verdict.WAITING
STALE, INCONSISTENT = Verdict.STALE, Verdict.INCONSISTENT


@dataclass(frozen=True)
class Sent:
    head: SignedHead
    proof: list[bytes]


class Producer:
    """A tree in memory; `fork` gives a second one with the same key and another content from a leaf on."""

    def __init__(self, leaves: Sequence[bytes] = (), *, minutes: int = 0) -> None:
        self.leaves = list(leaves)
        self.minutes = minutes

    def grow(self, number: int, content: bytes = b"") -> None:
        start = len(self.leaves)
        self.leaves += [tree.leaf_hash(content + b"%d" % index) for index in range(start, start + number)]

    def proof(self, old: int, new: int) -> list[bytes]:
        def node(level: int, index: int) -> bytes:
            return tree.root_of(self.leaves[index << level : (index + 1) << level])

        return tree.consistency_proof(old, new, node)

    def head(self, size: int, previous: int = 0, key: SigningKey = KEY, key_id: str = "k1") -> Sent:
        self.minutes += 1
        at = START + timedelta(minutes=self.minutes)
        root = tree.root_of(self.leaves[:size])
        return Sent(sign(size, root, at, key, key_id, previous_size=previous), self.proof(previous, size))

    def heads(self, *sizes: int) -> list[Sent]:
        self.grow(max(sizes) - len(self.leaves))
        return [self.head(new, old) for old, new in zip((0, *sizes), sizes, strict=False)]


@pytest.fixture
def session(db: Database) -> Iterator[Session]:
    """Judged in one transaction that goes, which Hypothesis wants many of."""
    with Session(db.engine) as opened:
        yield opened


def judge(session: Session, sent: Sent, trust: object = None) -> Verdict:
    keys = TRUST if trust is None else {}
    return witness(session, "clues", sent.head, sent.proof, keys, now=START)


def verdicts(session: Session) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for row in session.scalars(select(WitnessedHead).order_by(WitnessedHead.size, WitnessedHead.verdict)):
        found.setdefault(row.size, []).append(row.verdict)
    return found


def test_heads_in_order_are_accepted_and_a_repeated_one_changes_nothing(session: Session) -> None:
    heads = Producer().heads(3, 7, 8, 20)
    assert [judge(session, sent) for sent in heads] == [ACCEPTED] * 4
    assert [judge(session, sent) for sent in heads] == [SAME] * 4
    assert session.scalar(select(func.count()).select_from(WitnessedHead)) == 4


def test_a_witness_that_joins_late_trusts_the_first_head_it_sees(session: Session) -> None:
    heads = Producer().heads(3, 7, 8)
    assert [judge(session, sent) for sent in heads[1:]] == [ACCEPTED, ACCEPTED]


def test_a_head_before_its_predecessor_waits_and_is_accepted_with_it(session: Session) -> None:
    heads = Producer().heads(3, 7, 8, 20)
    assert judge(session, heads[0]) is ACCEPTED
    assert judge(session, heads[3]) is WAITING
    assert judge(session, heads[2]) is WAITING
    assert [row.size for row in waiting(session, "clues")] == [8, 20]
    assert judge(session, heads[1]) is ACCEPTED
    assert waiting(session, "clues") == []
    assert [judge(session, sent) for sent in heads] == [SAME] * 4


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_an_honest_producer_never_raises_an_alarm_in_whatever_order_and_however_often_heads_come(
    session: Session, data: st.DataObject
) -> None:
    sizes = sorted(data.draw(st.sets(st.integers(1, 40), min_size=1, max_size=6)))
    heads = Producer().heads(*sizes)
    arriving = data.draw(st.permutations([*heads, *heads[: data.draw(st.integers(0, len(heads)))]]))
    for sent in arriving:
        assert judge(session, sent) in {ACCEPTED, SAME, WAITING}
    assert waiting(session, "clues") == []
    assert alarms(session) == []
    assert [judge(session, sent) for sent in heads] == [SAME] * len(heads)
    session.rollback()


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_lost_head_is_bridged_by_a_proof_that_the_producer_is_asked_for(
    session: Session, data: st.DataObject
) -> None:
    sizes = sorted(data.draw(st.sets(st.integers(1, 40), min_size=3, max_size=6)))
    producer = Producer()
    heads = producer.heads(*sizes)
    lost = data.draw(st.integers(1, len(heads) - 2))
    for sent in data.draw(st.permutations([*heads[:lost], *heads[lost + 1 :]])):
        assert judge(session, sent) in {ACCEPTED, WAITING}
    while (asked := missing_proof(session, "clues")) is not None:
        assert bridge(session, "clues", *asked, producer.proof(*asked), now=START) is ACCEPTED
        settle(session, "clues", TRUST, START)
    assert waiting(session, "clues") == []
    assert judge(session, heads[lost]) in {ACCEPTED, WAITING}
    assert alarms(session) == []
    session.rollback()


def test_a_second_root_for_the_same_size_is_an_alarm_and_stored_once(session: Session) -> None:
    producer = Producer()
    honest = producer.heads(3, 7)
    for sent in honest:
        judge(session, sent)
    forked = Producer(producer.leaves[:3], minutes=producer.minutes)
    forked.grow(4, b"other")
    lie = forked.head(7, 3)
    assert [judge(session, lie), judge(session, lie)] == [INCONSISTENT, INCONSISTENT]
    assert [row.verdict for row in alarms(session)] == ["inconsistent"]
    assert verdicts(session) == {3: ["accepted"], 7: ["accepted", "inconsistent"]}


def test_a_head_that_does_not_extend_the_last_one_is_never_accepted(session: Session) -> None:
    producer = Producer()
    for sent in producer.heads(3, 7):
        judge(session, sent)
    rewritten = Producer(minutes=producer.minutes)
    rewritten.grow(12, b"other")
    assert judge(session, rewritten.head(12, 7)) is INCONSISTENT
    producer.grow(5)
    assert judge(session, producer.head(12, 7)) is ACCEPTED


def test_a_service_put_back_to_an_older_copy_raises_an_alarm_with_its_next_head(session: Session) -> None:
    producer = Producer()
    for sent in producer.heads(50, 100):
        judge(session, sent)
    restored = Producer(producer.leaves[:50], minutes=producer.minutes)
    restored.grow(10, b"new")
    assert judge(session, restored.head(60, 50)) is STALE
    restored.grow(60, b"new")
    assert judge(session, restored.head(120, 60)) is INCONSISTENT


def test_a_service_put_back_that_outgrows_its_witnesses_before_signing_raises_an_alarm(
    session: Session,
) -> None:
    producer = Producer()
    for sent in producer.heads(50, 100):
        judge(session, sent)
    restored = Producer(producer.leaves[:50], minutes=producer.minutes)
    restored.grow(70, b"new")
    assert judge(session, restored.head(120, 50)) is INCONSISTENT


def test_a_fork_hidden_behind_a_missing_head_is_an_alarm_once_that_head_comes(session: Session) -> None:
    producer = Producer()
    first, second, _third = producer.heads(3, 7, 20)
    assert judge(session, first) is ACCEPTED
    forked = Producer(producer.leaves[:3], minutes=producer.minutes)
    forked.grow(17, b"other")
    assert judge(session, forked.head(20, 7)) is WAITING
    assert judge(session, second) is INCONSISTENT
    assert verdicts(session) == {3: ["accepted"], 7: ["accepted"], 20: ["inconsistent", "waiting"]}


def test_a_bridge_that_does_not_hold_is_an_alarm(session: Session) -> None:
    producer = Producer()
    first, _lost, third = producer.heads(3, 7, 20)
    judge(session, first)
    judge(session, third)
    assert missing_proof(session, "clues") == (3, 20)
    assert bridge(session, "clues", 3, 7, producer.proof(3, 7), now=START) is WAITING
    assert bridge(session, "clues", 3, 20, [bytes(32)], now=START) is INCONSISTENT


def test_a_head_that_somebody_else_signed_or_changed_on_the_way_is_an_alarm(session: Session) -> None:
    producer = Producer()
    producer.grow(3)
    sent = producer.head(3)
    stranger = producer.head(3, key=SigningKey.generate())
    assert judge(session, stranger) is Verdict.BAD_SIGNATURE
    good = sent.head
    moved = SignedHead(3, good.root, good.signed_at + timedelta(days=1), "k1", good.signature)
    assert judge(session, Sent(moved, [])) is Verdict.BAD_SIGNATURE
    assert judge(session, sent) is ACCEPTED


def test_a_head_whose_key_becomes_known_later_is_accepted_then(session: Session) -> None:
    heads = Producer().heads(3, 7)
    assert judge(session, heads[0], trust="none") is Verdict.UNKNOWN_KEY
    assert settle(session, "clues", {}, START) == []
    assert settle(session, "clues", TRUST, START) == [ACCEPTED]
    assert judge(session, heads[1]) is ACCEPTED


def test_a_damaged_proof_does_not_keep_the_genuine_head_out(session: Session) -> None:
    heads = Producer().heads(3, 7)
    judge(session, heads[0])
    assert judge(session, Sent(heads[1].head, [b"short"])) is INCONSISTENT
    assert judge(session, heads[1]) is ACCEPTED


def test_what_can_be_no_head_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        SignedHead(1, b"short", START, "k1", bytes(64))
    with pytest.raises(ValueError, match="more leaves"):
        SignedHead(3, bytes(32), START, "k1", bytes(64), previous_size=3)
    with pytest.raises(ValueError, match="time zone"):
        SignedHead(3, bytes(32), START.replace(tzinfo=None), "k1", bytes(64))
