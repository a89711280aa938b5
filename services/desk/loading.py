"""What set-up loads into the desk. All of it may run again: what is there stays as it is."""

from __future__ import annotations

from services.chassis.perform import perform_as_service
from services.chassis.work import Work
from services.desk import directory_edition, private_keys
from services.desk.acts.accounts import OPEN_ACCOUNT
from services.desk.papers.account import AccountOpening
from services.desk.passwords import hash_password
from services.desk.storage import Account


def load_account(
    work: Work,
    *,
    account_id: str,
    person_id: str,
    password: str,
    passphrase: str = "",
    must_change: bool = False,
) -> bool:
    """Open an account unless it is there; with a passphrase, give its person a key for sealed items as well.

    Returns whether the account was opened. Takes about 100 ms for each of the two that is made.
    """
    if passphrase:
        load_person_key(work, person_id, passphrase)
    if work.session.get(Account, account_id) is not None:
        return False
    paper = AccountOpening(
        account_id=account_id,
        person_id=person_id,
        password_hash=hash_password(password),
        must_change=must_change,
    )
    perform_as_service(work, OPEN_ACCOUNT, paper)
    return True


def load_person_key(work: Work, person_id: str, passphrase: str) -> bool:
    """Give a person a key for sealed items unless there is one; returns whether it was made."""
    if private_keys.key_of(work.session, person_id) is not None:
        return False
    private_keys.register(work, private_keys.new_registration(person_id, passphrase))
    return True


def publish_directory(
    work: Work, *, persons: int, assignments: int, offices: int, coverages: int, accounts: int
) -> None:
    """Say what set-up has loaded. A service is ready from the moment that all of it has arrived there."""
    counts = {
        "persons": persons,
        "assignments": assignments,
        "offices": offices,
        "coverages": coverages,
        "accounts": accounts,
    }
    directory_edition.publish(work, counts)
