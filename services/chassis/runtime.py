"""A service as it runs: its declaration, settings, database and keys. Framework-free; entrypoints call into it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase

from contracts.events.every_service import AUDIT_HEAD_SIGNED
from services.chassis import inbox
from services.chassis.access import Knows
from services.chassis.act import Act
from services.chassis.audit.tables import AuditHead
from services.chassis.audit.trail import consistency, sign_head
from services.chassis.backups import Backups
from services.chassis.clock import real_now
from services.chassis.db import Database
from services.chassis.inbox import Reactions
from services.chassis.keys import KeyRing
from services.chassis.peers import HttpPeers, Peers
from services.chassis.reference import ReferenceMemory
from services.chassis.settings import Settings
from services.chassis.tables import Installation
from services.chassis.work import Work, begin


@dataclass(frozen=True)
class Kind:
    """A kind of item: its model, who may know of it, the path it is served under.

    `before_reading`: raises Refusal for who may know of an item, and lacks what reading its papers takes.
    `before_taking`: the same for who takes a file with them; what it gives is noted with the taking.
    """

    model: Any
    knows: Knows
    path: str
    before_reading: Callable[[Work, Any], None] | None = None
    before_taking: Callable[[Work, Any], Mapping[str, Any]] | None = None


@dataclass(frozen=True, eq=False)
class ServiceDefinition:
    """What a service is: all that the chassis needs to run it and to describe it."""

    name: str
    zh: str
    en: str
    base: type[DeclarativeBase]
    kinds: tuple[Kind, ...]
    acts: tuple[Act[Any, Any], ...]
    reactions: Reactions
    views: Sequence[Any] = ()
    on_tick: Callable[[Runtime], None] | None = None
    warms: Callable[[Runtime], Iterator[None]] | None = None
    """Makes, step by step, what the first readers would wait for (`warming`)."""


@dataclass
class Runtime:
    definition: ServiceDefinition
    settings: Settings
    db: Database
    ring: KeyRing
    ladder: tuple[timedelta, ...] = inbox.LADDER
    front_door: Any = None
    peers: Peers | None = None
    backups: Backups | None = None
    wakeups: dict[str, threading.Event] = field(default_factory=dict)
    on_wake: Callable[[], None] | None = None
    audit_head: str = ""
    api: Any = None
    control: Any = None
    reference: ReferenceMemory = field(default_factory=ReferenceMemory)

    def __post_init__(self) -> None:
        self.name = self.definition.name
        if self.peers is None:
            self.peers = HttpPeers(self.settings.peer_url)
        self.kinds = {kind.model.KIND: kind for kind in self.definition.kinds}
        self.acts = {(act.on.KIND, act.name): act for act in self.definition.acts}

    def wake_relay(self) -> None:
        """Tell the relay that there may be something to send; polling finds it otherwise."""
        if self.on_wake is not None:
            self.on_wake()

    def refresh_head(self) -> None:
        """Remember the newest signed head: envelopes carry it."""
        with self.db.read() as session:
            head = session.scalars(select(AuditHead).order_by(AuditHead.size.desc()).limit(1)).first()
        if head is not None:
            self.audit_head = f"{head.size}:{head.root.hex()}"

    def sign_head(self) -> None:
        """Sign the audit tree as it stands, if it grew, and send the head to its witnesses."""
        with begin(self) as work:
            if work.session.scalars(select(Installation.restore_id)).one():
                return  # the next head is the first one after the bridge
            head = sign_head(work.session, self.ring.signing, self.ring.key_id, real_now())
            if head is None:
                return
            proof = consistency(work.session, head.previous_size, head.size) if head.previous_size else []
            event = AUDIT_HEAD_SIGNED[self.name](
                size=head.size,
                root=head.root.hex(),
                signed_at=head.signed_at,
                key_id=head.key_id,
                signature=head.signature.hex(),
                previous_size=head.previous_size,
                proof=tuple(node.hex() for node in proof),
            )
            work.emit(event, f"audit_head/{self.name}", 0)
            self.audit_head = f"{head.size}:{head.root.hex()}"

    def create_installation(self, installation_id: str, time_mode: str, now: datetime | None) -> None:
        """Say once and for all what this installation is; does nothing where it is said."""
        with self.db.write() as session:
            if session.scalars(select(Installation)).first() is None:
                session.add(
                    Installation(
                        id=installation_id or uuid4().hex,
                        time_mode=time_mode,
                        now=now,
                        epoch=1,
                        created_at=real_now(),
                    )
                )

    def time_mode(self) -> str:
        with self.db.read() as session:
            return session.scalars(select(Installation.time_mode)).one()
