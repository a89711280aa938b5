"""What archive is: its kinds, acts, reactions and views in one place."""

from __future__ import annotations

from services.archive.acts import (
    integrity,
    opinions,
    posts,
    prior_materials,
    roster,
    round_files,
    values,
    volumes,
)
from services.archive.fetching import on_tick
from services.archive.reactions import REACTIONS
from services.archive.round_files import KNOWS_ROUND_FILE
from services.archive.storage import ArchiveBase, Assignment, Interpretation, Person, Volume
from services.archive.storage_integrity import IntegrityFile
from services.archive.storage_opinion import IntegrityOpinion
from services.archive.storage_round_file import RoundFile
from services.archive.views import VIEWS
from services.chassis.access import By, Knows, post
from services.chassis.runtime import Kind, ServiceDefinition

KNOWS_PERSON = Knows(
    ordinary=(
        post("archivist", at=None), roster.ITS_KEEPER, roster.APPROVER_OF_STAFF, roster.APPROVER_OF_OFFICIALS,
    ),
    sealed=(), unclassed=(),
)  # fmt: skip
"""An entry of the roster is its keeper's and its changes' approver's; names for everybody else's work come from the
views."""

KNOWS_ASSIGNMENT = Knows(
    ordinary=(post("system_administrator", "security_administrator", "audit_administrator", "archivist", at=None),),
    sealed=(), unclassed=(),
)  # fmt: skip

KNOWS_VOLUME = Knows(
    ordinary=(
        post("archivist", at=None), post("dispatched_office"),
        post("district_commission", "commission_leader", at=None),
    ),
    sealed=(), unclassed=(post("archivist", at=None),),
)  # fmt: skip
"""LZ-22.7: the office that did the case, and the commission; recusal comes first. Until the package has said whom
the item is about, nobody can be recused, so its stub is the archivist's alone."""

KNOWS_INTEGRITY_FILE = Knows(
    ordinary=(post("dispatched_office"), post("district_commission", "commission_leader", at=None)), sealed=(),
    unclassed=(),
)  # fmt: skip
"""LZ-9.1, LZ-9.2: the office that supervises the person, and the commission; never the person or their line."""

KNOWS_INTEGRITY_OPINION = Knows(
    ordinary=(post("dispatched_office"), post("district_commission", "commission_leader", at=None)),
    sealed=(), unclassed=(),
)  # fmt: skip
"""As LZ-10.1 lists them; of what the search found the head alone knows (LZ-10.5)."""

KNOWS_INTERPRETATION = Knows(ordinary=(By((), ()),), sealed=(), unclassed=())
"""Values in force are everybody's."""

ARCHIVE = ServiceDefinition(
    name="archive", zh="档案", en="Archive", base=ArchiveBase,
    kinds=(
        Kind(Person, KNOWS_PERSON, "roster"), Kind(Assignment, KNOWS_ASSIGNMENT, "assignments"),
        Kind(Volume, KNOWS_VOLUME, "volumes"), Kind(Interpretation, KNOWS_INTERPRETATION, "interpretations"),
        Kind(IntegrityOpinion, KNOWS_INTEGRITY_OPINION, "integrity-opinions"),
        Kind(IntegrityFile, KNOWS_INTEGRITY_FILE, "integrity-files"),
        Kind(RoundFile, KNOWS_ROUND_FILE, "round-files"),
    ),
    acts=(
        roster.REGISTER_PERSON, roster.CHANGE_PERSON, roster.CHANGE_STAFF, posts.ASSIGN_POST, posts.END_POST,
        volumes.EXPECT_VOLUME, volumes.RECEIVE_PACKAGE, volumes.MARK_DAMAGED, volumes.MARK_INCOMPLETE,
        volumes.ARCHIVE_VOLUME, volumes.SET_RETENTION, volumes.SUPPLEMENT_VOLUME, volumes.FETCH_AGAIN,
        values.PUBLISH_VALUE, integrity.OPEN_INTEGRITY_FILE, integrity.ADD_TO_INTEGRITY_FILE,
        opinions.REQUEST_OPINION, opinions.NOTE_EVIDENCE, opinions.REPLY_OPINION,
        *round_files.ACTS,
        *prior_materials.ACTS,
    ),
    reactions=REACTIONS, views=VIEWS, on_tick=on_tick,
)  # fmt: skip
