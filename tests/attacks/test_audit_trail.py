"""Whoever owns a service's database and signing key rewrites its trail: `dengwen audit verify` names the first entry.

The same matrix in depth, without the command, is `tests/integration/audit/test_attacks.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from nacl.signing import SigningKey
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from dengwen.commands.audit import command
from services.chassis import tables
from services.chassis.audit import heads, trail
from services.chassis.audit.tables import AuditEntry, AuditHead, AuditUnsequenced, WitnessedHead
from services.chassis.clock import real_now
from tests.attacks.audited import ATTACKED, Site, Sites
from tests.integration.audit.installation import entry
from tests.integration.audit.test_attacks import (
    at_leaf,
    cut,
    in_order,
    recreate,
    rehash,
    sign_again,
    write_tree,
)


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def sites(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    server = request.getfixturevalue("postgres_server") if request.param == "postgresql" else None
    made = Sites(tmp_path_factory.mktemp(request.param), server)
    yield made
    made.close()


@pytest.fixture
def site(sites: Sites) -> Site:
    return sites.copy()


def edit(session: Session, leaf: int) -> str:
    """Another outcome in one entry, columns and content alike; gives its id."""
    found = session.get_one(AuditEntry, at_leaf(session, leaf))
    changed = found.body.replace('"accepted"', '"refused"')
    assert changed != found.body
    found.body, found.outcome = changed, "refused"
    session.flush()
    return found.id


def an_act(session: Session, first: int) -> int:
    """The leaf of an accepted act at or after `first`."""
    for leaf, entry_id in enumerate(in_order(session)):
        if leaf >= first and session.get_one(AuditEntry, entry_id).outcome == "accepted":
            return leaf
    raise AssertionError("no act")


def test_an_unharmed_installation_is_found_intact(site: Site) -> None:
    code, output = site.verify()
    assert code == 0, output
    assert "intact: nothing was changed" in output


def test_edit_is_named_by_its_entry(site: Site) -> None:
    with site.attacking() as session:
        leaf = an_act(session, 2)
        changed = edit(session, leaf)
    assert f"leaf {leaf}" in site.found()
    assert changed in site.found()


def test_delete_is_named_by_its_leaf(site: Site) -> None:
    with site.attacking() as session:
        session.execute(delete(AuditEntry).where(AuditEntry.id == at_leaf(session, 3)))
    assert "leaf 3" in site.found()


def test_truncate_is_named_by_the_first_missing_leaf(site: Site) -> None:
    with site.attacking() as session:
        cut(session, site.sizes[2] - 1)
    assert f"leaf {site.sizes[2] - 1}" in site.found()


def test_reorder_is_named_by_the_first_entry_that_moved(site: Site) -> None:
    with site.attacking() as session:
        order = in_order(session)
        order[3], order[4] = order[4], order[3]
        session.execute(delete(AuditUnsequenced))
        write_tree(session, order)
    assert f"leaf {site.sizes[0]}–{site.sizes[1] - 1}" in site.found(), "the entries since the head before"


def test_insert_is_named_with_the_entries_of_its_head(site: Site) -> None:
    with site.attacking() as session:
        order = in_order(session)
        forged = trail.record(session, entry("c1", real_now()))
        session.flush()
        session.execute(delete(AuditUnsequenced))
        write_tree(session, [*order[: site.sizes[0]], forged, *order[site.sizes[0] :]])
    assert f"leaf {site.sizes[0]}" in site.found()


def test_backdate_is_named_by_its_entry(site: Site) -> None:
    with site.attacking() as session:
        forged = trail.record(session, entry("c1", real_now() - timedelta(days=30)))
        while trail.sequence(session):
            pass
    assert forged in site.found()


def test_rehash_of_the_whole_tree_does_not_fit_the_signed_head(site: Site) -> None:
    with site.attacking() as session:
        edit(session, an_act(session, site.sizes[0]))
        rehash(session)
    assert f"rewritten (leaf {site.sizes[0]}–" in site.found()


def test_re_signing_with_the_stolen_key_is_found_by_the_witnesses(site: Site) -> None:
    with site.attacking() as session:
        edit(session, an_act(session, site.sizes[0]))
        rehash(session)
        sign_again(session, site.key)
    found = site.found()
    assert f"leaf {site.sizes[0]}" in found
    assert "witness" in found, found


def test_wipe_and_recreate_is_found_from_the_first_entry_on(site: Site) -> None:
    with site.attacking() as session:
        recreate(session)
        sign_again(session, site.key)
    assert "leaf 0" in site.found()


def test_fork_of_two_heads_of_one_size_is_found_by_two_keepers_together(site: Site) -> None:
    """One witness was shown another tree than the rest."""
    size = site.sizes[2]
    with site.attacking() as session:
        row = session.get_one(AuditHead, size)
        other = heads.sign(size, bytes(32), row.signed_at, site.key, row.key_id, previous_size=site.sizes[1])
    with site.attacking("archive") as session:
        shown = update(WitnessedHead).where(WitnessedHead.producer == ATTACKED, WitnessedHead.size == size)
        session.execute(shown.values(root=other.root, signature=other.signature))
    found = site.found()
    assert found.startswith(f"{ATTACKED}:")
    assert "archive" in found
    assert f"leaf {site.sizes[1]}" in found


def test_rollback_by_restore_is_found_by_what_the_witnesses_have_seen(site: Site) -> None:
    with site.attacking() as session:
        cut(session, site.sizes[0])
        session.execute(delete(AuditHead).where(AuditHead.size > site.sizes[0]))
    assert f"leaf {site.sizes[0]}" in site.found()


def test_key_substitution_is_found_at_the_first_head(site: Site) -> None:
    with site.attacking() as session:
        sign_again(session, SigningKey.generate())
    assert f"{site.sizes[0]}" in site.found()
    assert "signature" in site.found()


def test_erasing_a_case_key_leaves_every_proof_valid(site: Site, tmp_path: Path) -> None:
    with site.attacking() as session:
        keys = list(session.scalars(select(tables.CaseKey.subject_id)))
        assert keys
        session.execute(delete(tables.CaseKey))
        session.execute(update(AuditEntry).where(AuditEntry.subject_id.in_(keys)).values(salts=None))
    code, output = site.verify()
    assert code == 0, output
    bundle = tmp_path / "bundle.zip"
    code, output = site.export(bundle)
    assert code == 0, output
    assert CliRunner().invoke(command, ["check", str(bundle)]).exit_code == 0
