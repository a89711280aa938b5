"""Who sent it: with an account per service on RabbitMQ, nobody publishes, asks or listens in another's name."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import amqp
import pytest
from sqlalchemy import func, select

from contracts.envelope import Envelope
from contracts.events.intake import PetitionReceived
from services.chassis import inbox, outbox, senders, serving, tables
from services.chassis.audit.tables import AuditEntry
from services.chassis.bus import topology
from services.chassis.bus.consumer import QueueConsumer
from services.chassis.bus.errors import PublishFailed
from services.chassis.bus.link import Link
from services.chassis.bus.message import Delivery, OutMessage
from services.chassis.bus.publisher import ConfirmingPublisher
from services.chassis.clock import real_now
from services.chassis.runtime import Runtime
from services.chassis.settings import SettingsError, from_environment
from tests.world import World

LONG = 20.0
Accounts = dict[str, str]


@pytest.fixture
def accounts(broker_accounts: Callable[[], Accounts]) -> Accounts:
    """The deployed accounts on a vhost of their own, each having declared its own queues."""
    made = broker_accounts()
    for service in ("intake", "clues", "desk"):
        topology.declare(made[service], (service,))
    return made


@pytest.fixture
def clues(tmp_path: Path, accounts: Accounts) -> Runtime:
    """A clues service that holds messages to their accounts."""
    runtime = World(tmp_path, services=("clues",)).runtimes["clues"]
    runtime.settings = replace(runtime.settings, broker_uri=accounts["clues"], sender_accounts=True)
    return runtime


def received(number: int = 1) -> OutMessage:
    """A well-formed event of intake for clues, as intake's own relay would send it."""
    data = PetitionReceived(
        petition_id="1", office_id="pz1", received_on=real_now().date(), source="letter",
        class_code="out_of_scope",
    ).model_dump(mode="json")  # fmt: skip
    envelope = Envelope(
        id=uuid4().hex, type="intake.petition_received.v1", source="/intake", time=real_now(),
        subject="petition/1", data=data, dwversion=1, dwtime="simulated",
    )  # fmt: skip
    headers: dict[str, str | int] = {
        "dw-producer": "intake", "dw-epoch": 1, "dw-sequence": number, "dw-previous": 0,
    }  # fmt: skip
    return OutMessage("clues.intake.petition_received.v1", envelope.to_json(), envelope.id, headers)


def publish(uri: str, message: OutMessage, **properties: Any) -> None:
    """Publish as any client could: with a `user_id` of the sender's choice, or none. Raises what the broker says."""
    link = Link(uri, timeout=5.0)
    try:
        channel = link.channel()
        channel.confirm_select()
        prepared = channel.prepare_message(message.body, headers=dict(message.headers), properties=properties)
        channel.basic_publish(prepared, exchange=topology.EXCHANGE, routing_key=message.routing_key)
        channel.wait([amqp.spec.Basic.Ack], timeout=5.0)
    finally:
        link.sever()


def count(runtime: Runtime, model: Any) -> int:
    with runtime.db.read() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


@contextmanager
def consuming(runtime: Runtime, queue: str, handle: Callable[[list[Delivery]], None]) -> Iterator[list[str]]:
    """The service's own consumer, running; gives the ids of what it has handled."""
    handled: list[str] = []

    def both(deliveries: list[Delivery]) -> None:
        handle(deliveries)
        handled.extend(delivery.message_id for delivery in deliveries)

    consumer = QueueConsumer(runtime.settings.broker_uri, queue, both)
    thread = threading.Thread(target=consumer.run)
    thread.start()
    try:
        assert consumer.consuming.wait(LONG)
        yield handled
    finally:
        consumer.stop(0)
        thread.join(LONG)


def until(true: Callable[[], bool]) -> None:
    limit = time.monotonic() + LONG
    while not true():
        assert time.monotonic() < limit
        time.sleep(0.01)


def test_the_broker_refuses_an_account_that_publishes_in_anothers_name(accounts: Accounts) -> None:
    with pytest.raises(amqp.AccessRefused):
        publish(accounts["desk"], received(), user_id="desk")
    with pytest.raises(amqp.PreconditionFailed):
        publish(accounts["intake"], received(), user_id="desk")


def applied(runtime: Runtime) -> int:
    """How many events have taken effect, at once or when they were due."""
    while inbox.apply_due(runtime):
        pass
    with runtime.db.read() as session:
        query = select(func.count()).select_from(tables.Inbox).where(tables.Inbox.status == "applied")
        return session.scalars(query).one()


def test_an_event_of_its_own_is_confirmed_for_each_account_and_arrives_with_its_name(
    clues: Runtime, accounts: Accounts
) -> None:
    publisher = ConfirmingPublisher(accounts["intake"])
    arrived: list[Delivery] = []
    with consuming(clues, "dengwen.clues", arrived.extend):
        publisher.publish([received()])
        until(lambda: bool(arrived))
    publisher.close()
    assert [delivery.account for delivery in arrived] == ["intake"]
    serving.receive(clues, arrived)
    assert applied(clues) == 1


def test_a_forged_event_is_set_aside_audited_and_changes_nothing_and_the_genuine_one_is_taken(
    clues: Runtime, accounts: Accounts
) -> None:
    """Even where the broker's permissions were wide open: `init` may publish everything, and is not intake."""
    message = received()
    with consuming(clues, "dengwen.clues", lambda ds: serving.receive(clues, ds)) as handled:
        publish(accounts["init"], message, message_id="named", user_id="init")
        publish(accounts["init"], message, message_id="nameless")
        until(lambda: len(handled) == 2)
        assert (count(clues, tables.Inbox), count(clues, tables.StreamPosition)) == (0, 0)
        publisher = ConfirmingPublisher(accounts["intake"])
        publisher.publish([message])
        until(lambda: len(handled) == 3)
        publisher.close()
    assert applied(clues) == 1
    with clues.db.read() as session:
        [damaged] = session.scalars(select(tables.Damaged))
        assert (damaged.reason, damaged.producer) == ("forged_sender", "intake")
        [entry] = session.scalars(select(AuditEntry).where(AuditEntry.act == "receive_message"))
        assert (entry.outcome, entry.code) == ("refused", "FORGED_SENDER")
        assert json.loads(entry.body)["facts"] == {"account": "unknown", "producer": "intake"}


@pytest.mark.parametrize(
    "forged",
    [
        {"kind": "head", "producer": "intake", "epoch": 1, "sequence": 9},
        {"kind": "replay", "consumer": "archive", "epoch": 1, "after": 0},
        {"kind": "hello", "consumer": "archive"},
    ],
    ids=lambda forged: str(forged["kind"]),
)
def test_a_forged_control_message_is_set_aside_and_answered_with_nothing(
    clues: Runtime, accounts: Accounts, forged: dict[str, Any]
) -> None:
    with clues.db.write() as session:
        session.add(tables.StreamHead(consumer="archive", epoch=1, sequence=1))
        session.add(
            tables.Outbox(
                event_id="1", consumer="archive", type="t", subject="s", body=b"", status="sent",
                epoch=1, sequence=1, previous=0, created_at=real_now(),
            )
        )  # fmt: skip
    answers: list[OutMessage] = []

    class Recorder:
        def publish(self, messages: Any) -> None: ...
        def publish_control(self, messages: Any) -> None:
            answers.extend(messages)

    control = serving.Control(Recorder())
    with consuming(
        clues, "dengwen.clues.control", lambda ds: serving.on_control(clues, control, ds)
    ) as handled:
        publisher = ConfirmingPublisher(accounts["desk"])
        publisher.publish_control([outbox.control("clues", forged)])
        until(lambda: len(handled) == 1)
        publisher.close()
    with clues.db.read() as session:
        assert list(session.scalars(select(tables.StreamPosition))) == []
        assert list(session.scalars(select(tables.Outbox.status))) == ["sent"]
        assert [row.reason for row in session.scalars(select(tables.Damaged))] == ["forged_sender"]
    assert answers == []


def test_a_service_can_ask_in_its_own_name(clues: Runtime, accounts: Accounts) -> None:
    publisher = ConfirmingPublisher(accounts["intake"])
    arrived: list[Delivery] = []
    with consuming(clues, "dengwen.clues.control", arrived.extend):
        publisher.publish_control([outbox.control("clues", {"kind": "head", "producer": "intake"})])
        until(lambda: bool(arrived))
    publisher.close()
    assert senders.proven(clues, arrived, senders.asker_of) == arrived


@pytest.mark.parametrize("key", ["clues.#", "#", "control.clues", "*.clues.#"])
def test_no_service_can_listen_to_what_is_meant_for_another(accounts: Accounts, key: str) -> None:
    link = Link(accounts["desk"], timeout=5.0)
    with pytest.raises(amqp.AccessRefused):
        link.channel().queue_bind("dengwen.desk", topology.EXCHANGE, routing_key=key)
    with pytest.raises(amqp.AccessRefused):
        link.channel().queue_bind("dengwen.desk.dead", topology.DEAD_EXCHANGE, routing_key="clues")
    link.sever()


def test_no_service_can_read_empty_delete_or_fill_anothers_queue_or_delete_an_exchange(
    accounts: Accounts,
) -> None:
    link = Link(accounts["desk"], timeout=5.0)
    attempts: list[Callable[[Any], Any]] = [
        lambda channel: channel.basic_get("dengwen.clues"),
        lambda channel: channel.queue_purge("dengwen.clues"),
        lambda channel: channel.queue_delete("dengwen.clues"),
        lambda channel: channel.exchange_delete(topology.EXCHANGE),
        lambda channel: channel.exchange_delete(topology.DEAD_EXCHANGE),
        lambda channel: channel.exchange_declare("dengwen.other", "fanout"),
        lambda channel: channel.exchange_bind(topology.DEAD_EXCHANGE, topology.EXCHANGE, "#"),
        lambda channel: channel.queue_declare("other", passive=False),
    ]
    for attempt in attempts:
        with pytest.raises(amqp.AccessRefused):
            attempt(link.channel())
    link.sever()
    with pytest.raises(amqp.AccessRefused):
        _straight_into(accounts["desk"], "", "dengwen.clues")
    with pytest.raises(amqp.AccessRefused):
        _straight_into(accounts["desk"], topology.DEAD_EXCHANGE, "clues")


def _straight_into(uri: str, exchange: str, key: str) -> None:
    link = Link(uri, timeout=5.0)
    try:
        channel = link.channel()
        channel.confirm_select()
        channel.basic_publish(channel.prepare_message(b"{}"), exchange=exchange, routing_key=key)
        channel.wait([amqp.spec.Basic.Ack], timeout=5.0)
    finally:
        link.sever()


def test_a_service_declares_its_own_queues_anew_after_they_were_deleted(accounts: Accounts) -> None:
    link = Link(accounts["init"], timeout=5.0)
    for queue in topology.queues("desk"):
        link.channel().queue_delete(queue.name)
    topology.declare(accounts["desk"], ("desk",))
    assert link.channel().queue_declare("dengwen.desk", passive=True).message_count == 0
    link.close()


def test_an_event_outside_the_contract_is_not_published(accounts: Accounts) -> None:
    publisher = ConfirmingPublisher(accounts["intake"])
    for key in ("clues.clues.clue_registered.v1", "archive.desk.account_changed.v1", "clues.anything"):
        with pytest.raises(PublishFailed):
            publisher.publish([replace(received(), routing_key=key)])
    publisher.close()


ENVIRONMENT = {"DENGWEN_DATABASE_URL": "sqlite://", "DENGWEN_KEY_DIR": "keys"}


@pytest.mark.parametrize(
    ("broker", "said", "on"),
    [
        ("amqp://intake:x@b/d", {}, True),
        ("amqp://intake:x@b/d", {"DENGWEN_SENDER_ACCOUNTS": "false"}, False),
        ("amqp://shared:x@b/d", {}, False),
        ("dengwen-local://one", {}, False),
    ],
)
def test_an_account_of_its_own_turns_the_check_on_unless_the_installation_says_otherwise(
    broker: str,
    said: dict[str, str],
    on: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    settings = from_environment({**ENVIRONMENT, "DENGWEN_BROKER_URI": broker, **said}, service="intake")
    assert settings.sender_accounts is on


def test_the_check_is_never_silently_useless_a_shared_account_is_refused_at_the_start() -> None:
    environment = {
        **ENVIRONMENT,
        "DENGWEN_BROKER_URI": "amqp://shared:x@b/d",
        "DENGWEN_SENDER_ACCOUNTS": "true",
    }
    with pytest.raises(SettingsError, match="DENGWEN_SENDER_ACCOUNTS"):
        from_environment(environment, service="intake")
