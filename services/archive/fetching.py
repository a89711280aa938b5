"""Fetching packages: claimed in a short transaction, fetched and opened outside any, filed in another.

A death at any moment leaves the lease to run out and the fetch to be done again; what was filed is seen by the
volume's state, so nothing is filed twice. What cannot be had waits on a ladder; a damaged package is asked for
once more, and then waits for the archivist.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

import structlog
from sqlalchemy import exists, or_, select

from contracts.refusals import Refusal
from services.archive.acts.volumes import ARCHIVE_VOLUME, MARK_DAMAGED, MARK_INCOMPLETE, RECEIVE_PACKAGE
from services.archive.names import names_of
from services.archive.papers.volume import (
    ArchiveCatalogue,
    ArchivingNote,
    CataloguedDocument,
    CataloguedOfficer,
    PackageFault,
)
from services.archive.storage import Fetch, SealedPackage, Volume
from services.chassis.auth import service_token
from services.chassis.clock import real_now
from services.chassis.keys import CannotOpen
from services.chassis.packages import Opened, PackageDamaged, open_package
from services.chassis.peers import HttpPeers, PeerUnavailable
from services.chassis.perform import perform_as_service
from services.chassis.runtime import Runtime
from services.chassis.work import Work, begin

log = structlog.get_logger("dengwen.archive")

LEASE = timedelta(seconds=60)
AT_A_TIME = 20
WAITING = ("expected", "damaged")


@dataclass(frozen=True)
class Claim:
    """A volume whose package this process fetches now."""

    volume_id: str
    service: str
    source_ref: str
    digest: str


@dataclass(frozen=True)
class Found:
    """What came: the package and what it holds, or the code of what is wrong with it. Neither: nothing came."""

    body: bytes = b""
    opened: Opened | None = None
    fault: str = ""


def on_tick(runtime: Runtime) -> None:
    """Fetch what is due, one package after the other."""
    for _ in range(AT_A_TIME):
        claimed = claim(runtime)
        if claimed is None:
            return
        file(runtime, claimed, fetch(runtime, claimed))


def claim(runtime: Runtime) -> Claim | None:
    """Take the lease of the next fetch that is due, or None. Two replicas never get the same one."""
    now = real_now()
    due = (Fetch.next_try_at <= now, or_(Fetch.claimed_until.is_(None), Fetch.claimed_until < now))
    with runtime.db.read() as session:
        if not session.scalar(select(exists().where(*due))):
            return None
    with runtime.db.write() as session:
        row = session.scalars(
            select(Fetch).where(*due).order_by(Fetch.next_try_at).limit(1).with_for_update(skip_locked=True)
        ).one_or_none()
        if row is None:
            return None
        row.claimed_until = now + LEASE
        volume = session.get_one(Volume, row.volume_id)
        return Claim(volume.id, volume.source_service, volume.source_ref, volume.package_digest)


def fetch(runtime: Runtime, claimed: Claim) -> Found:
    """Ask the producing service for the package and open it. No transaction is open here."""
    ring = runtime.ring
    token = service_token(ring.signing, ring.key_id, "archive", real_now())
    peers = runtime.peers or HttpPeers(runtime.settings.peer_url)
    try:
        answer = peers.call(
            claimed.service, "GET", f"/{claimed.service}/packages/{claimed.digest}", token=token
        )
    except PeerUnavailable:
        return Found()
    if answer.status != 200:
        log.warning(
            "package_not_given", service=claimed.service, volume=claimed.volume_id, status=answer.status
        )
        return Found()
    if sha256(answer.body).hexdigest() != claimed.digest:
        return Found(fault="digest")
    try:
        opened = open_package(answer.body, ring.box, ring.trust)
    except (PackageDamaged, CannotOpen) as error:
        return Found(fault="unreadable" if isinstance(error, CannotOpen) else "damaged")
    if (opened.manifest["service"], opened.manifest["id"]) != (claimed.service, claimed.source_ref):
        return Found(fault="other_item")
    return Found(answer.body, opened)


def file(runtime: Runtime, claimed: Claim, found: Found) -> None:
    """File what came, or step up the ladder, in one transaction."""
    with begin(runtime) as work:
        volume = work.session.scalars(
            select(Volume).where(Volume.id == claimed.volume_id).with_for_update()
        ).one()
        row = work.session.get(Fetch, volume.id)
        if row is None or volume.state not in WAITING:
            return  # another replica was faster
        row.claimed_until = None
        if found.opened is not None:
            receive(work, volume, found.body, found.opened)
            work.session.delete(row)
        elif found.fault:
            damaged(work, volume, row, found.fault)
        else:
            step_up(work, volume, row)


def receive(work: Work, volume: Volume, body: bytes, opened: Opened) -> None:
    """Store the ciphertext as it is, then archive the volume; an incomplete one waits for the archivist."""
    work.session.merge(SealedPackage(volume_id=volume.id, body=body))
    perform_as_service(work, RECEIVE_PACKAGE, catalogue_paper(work, opened, len(body)), volume)
    try:
        perform_as_service(work, ARCHIVE_VOLUME, ArchivingNote(remark=""), volume)
    except Refusal as refusal:
        work.audit(
            "archive_volume", "refused", subject=volume, code=refusal.code.value, clauses=refusal.clauses
        )
        perform_as_service(work, MARK_INCOMPLETE, PackageFault(fault=refusal.code.value), volume)


def catalogue_paper(work: Work, opened: Opened, size: int) -> ArchiveCatalogue:
    """The package's catalogue, with the officers' names as they are today."""
    listed = opened.manifest.get("catalogue", {})
    officers = listed.get("officers", [])
    names = names_of(work.session, work.runtime.ring, (officer["person"] for officer in officers))
    return ArchiveCatalogue(
        source_no=str(opened.manifest.get("no", "")),
        documents=tuple(CataloguedDocument(**document) for document in listed.get("documents", [])),
        officers=tuple(CataloguedOfficer(**o, name=names.get(o["person"], "")) for o in officers),
        parties=tuple(listed.get("parties", [])), papers=opened.papers, attachments=opened.attachments,
        entries=opened.entries, size=size,
    )  # fmt: skip


def damaged(work: Work, volume: Volume, row: Fetch, fault: str) -> None:
    """An alarm each time; asked for once more, then left to the archivist (`fetch_again`)."""
    perform_as_service(work, MARK_DAMAGED, PackageFault(fault=fault), volume)
    log.error("package_damaged", volume=volume.id, service=volume.source_service, reason=fault)
    if row.was_damaged:
        work.session.delete(row)
        return
    row.was_damaged = True
    row.next_try_at = work.real + work.runtime.ladder[0]


def step_up(work: Work, volume: Volume, row: Fetch) -> None:
    """Wait longer each time; at the ladder's end go on at its last step and say so once."""
    ladder = work.runtime.ladder
    row.next_try_at = work.real + ladder[min(row.attempts, len(ladder) - 1)]
    row.attempts += 1
    if row.attempts == len(ladder):
        work.audit("package_not_fetched", "system", subject=volume, clauses=("LZ-22.7",),
                   facts={"attempts": row.attempts})  # fmt: skip
