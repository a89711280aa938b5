"""Binding an account to the identity that an issuer of single sign-on knows its owner by, and undoing that."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.refusals import RefusalCode
from services.chassis.act import Act, Tells
from services.chassis.performance import Performance
from services.desk.acts.accounts import ADMINISTRATOR, end_sessions
from services.desk.papers.account import IdentityBinding, IdentityUnbinding
from services.desk.storage import Account


def single_sign_on_is_configured(p: Performance[Account, Any]) -> None:
    if p.work.runtime.settings.single_sign_on is None:
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET)


def identity_is_free(p: Performance[Account, IdentityBinding]) -> None:
    """One identity, one account."""
    configured = p.work.runtime.settings.single_sign_on
    issuer = configured.issuer if configured else ""
    taken = select(Account.id).where(
        Account.oidc_issuer == issuer, Account.oidc_subject == p.paper.subject, Account.id != p.subject.id
    )
    if p.session.scalars(taken).first() is not None:
        raise p.refuse(RefusalCode.DUPLICATE, field="subject")


def is_bound(p: Performance[Account, Any]) -> None:
    if p.subject.oidc_subject is None:
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET)


def bind(p: Performance[Account, IdentityBinding]) -> None:
    configured = p.work.runtime.settings.single_sign_on
    p.subject.oidc_issuer = configured.issuer if configured else None
    p.subject.oidc_subject = p.paper.subject
    end_sessions(p.work, p.subject.id)


def unbind(p: Performance[Account, IdentityUnbinding]) -> None:
    p.subject.oidc_issuer = p.subject.oidc_subject = None
    end_sessions(p.work, p.subject.id)


BIND_IDENTITY = Act(
    name="bind_identity",
    zh="绑定统一身份",
    en="Bind an identity",
    clauses=(),
    on=Account,
    by=ADMINISTRATOR,
    paper=IdentityBinding,
    when=("active", "locked"),
    needs=(single_sign_on_is_configured,),
    guards=(identity_is_free,),
    effect=bind,
    keeps_paper=False,
    anytime=True,
    tells=(Tells("", "identity_bound", "LZ-22.15", person=lambda p: p.subject.person_id),),
)
"""Whoever signs on as this subject at the configured issuer is the account's owner from then on, who is told."""

UNBIND_IDENTITY = Act(
    name="unbind_identity",
    zh="解除统一身份绑定",
    en="Unbind an identity",
    clauses=(),
    on=Account,
    by=ADMINISTRATOR,
    paper=IdentityUnbinding,
    when=("active", "locked"),
    needs=(is_bound,),
    effect=unbind,
    anytime=True,
)
