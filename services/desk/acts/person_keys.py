"""Keys of persons for sealed items: registered once, re-wrapped when the passphrase changes.

Both are performed by the desk itself for the signed-in person (`private_keys.py`), never for somebody else.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from sqlalchemy import select

from contracts.events.desk import PersonKeyChanged
from contracts.refusals import RefusalCode
from services.chassis.act import Act, HandOn
from services.chassis.performance import Performance
from services.chassis.subject import NORMAL
from services.desk.papers.person_key import PassphraseChange, PersonKeyRegistration
from services.desk.storage import PersonKey


def one_key_a_person(p: Performance[PersonKey, PersonKeyRegistration]) -> None:
    """A second key would leave what was sealed to the first unreadable."""
    if (
        p.session.scalars(select(PersonKey.id).where(PersonKey.person_id == p.paper.person_id)).first()
        is not None
    ):
        raise p.refuse(RefusalCode.DUPLICATE)


def new_key(p: Performance[PersonKey, PersonKeyRegistration]) -> PersonKey:
    paper = p.paper
    key = PersonKey(
        id=sha256(bytes.fromhex(paper.public_key)).hexdigest()[:32],
        no="",
        state="active",
        version=0,
        secrecy=NORMAL,
        office_id="",
        liaison_office_id="",
        unit_id="",
        registrar_id="",
        handler_id="",
        addressee_id="",
        opened_on=p.today,
        changed_at=p.work.now,
        person_id=paper.person_id,
        public_key=paper.public_key,
    )
    _wrap(key, paper)
    return key


def rewrap(p: Performance[PersonKey, PassphraseChange]) -> None:
    _wrap(p.subject, p.paper)


def _wrap(key: PersonKey, paper: Any) -> None:
    key.wrapped, key.salt = bytes.fromhex(paper.wrapped), bytes.fromhex(paper.salt)
    key.passes, key.memory = paper.passes, paper.memory


REGISTER_PERSON_KEY = Act(
    name="register_person_key",
    zh="启用密件密钥",
    en="Register a key for sealed items",
    clauses=(),
    on=PersonKey,
    by=(),
    paper=PersonKeyRegistration,
    new=new_key,
    guards=(one_key_a_person,),
    keeps_paper=False,
    hands_on=(
        HandOn(
            PersonKeyChanged,
            lambda p: PersonKeyChanged(
                person_id=p.subject.person_id,
                key_id=p.subject.id,
                public_key=p.subject.public_key,
                status=p.subject.state,
                version=p.subject.version,
            ),
        ),
    ),
)

CHANGE_PASSPHRASE = Act(
    name="change_passphrase",
    zh="更改密件口令",
    en="Change the passphrase",
    clauses=(),
    on=PersonKey,
    by=(),
    paper=PassphraseChange,
    when=("active",),
    effect=rewrap,
    keeps_paper=False,
)
