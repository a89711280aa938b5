"""Papers of accounts. A password enters an act as its Argon2id hash only, so that no digest of a form can leak it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from services.chassis.act import PaperForm

ACCOUNT_ID = r"^[a-z0-9][a-z0-9_.-]{0,39}$"
HASH = r"^\$argon2id\$v=19\$m=65536,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$"
PersonId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:-]{1,64}$")]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
PasswordHash = Annotated[str, Field(pattern=HASH)]


class AccountOpening(PaperForm):
    ZH = "账号开通单"
    EN = "opening of an account"

    account_id: str = Field(title="账号", pattern=ACCOUNT_ID, description="小写字母、数字、. _ -")
    person_id: PersonId = Field(title="人员（名册编号）")
    password_hash: PasswordHash = Field(
        title="初始口令", description="至少10个字符；首次登录须更改", json_schema_extra={"input": "password"}
    )
    must_change: bool = Field(True, title="首次登录须更改口令")


class AccountLock(PaperForm):
    ZH = "账号锁定单"
    EN = "locking of an account"

    reason: str = Field(title="锁定原因", min_length=1, max_length=500, json_schema_extra={"reason": True})


class AccountUnlock(PaperForm):
    ZH = "账号解锁单"
    EN = "unlocking of an account"

    reason: str = Field(title="解锁原因", min_length=1, max_length=500, json_schema_extra={"reason": True})


class PasswordReset(PaperForm):
    ZH = "口令重置单"
    EN = "reset of a password"

    password_hash: PasswordHash = Field(
        title="新的初始口令",
        description="至少10个字符；登录后须更改",
        json_schema_extra={"input": "password"},
    )


class SessionsEnd(PaperForm):
    ZH = "结束会话单"
    EN = "end of an account's sessions"

    reason: str = Field(title="原因", min_length=1, max_length=500, json_schema_extra={"reason": True})


class SecondFactorReset(PaperForm):
    ZH = "动态验证码重置单"
    EN = "reset of a second factor"

    reason: str = Field(title="重置原因", min_length=1, max_length=500, json_schema_extra={"reason": True})


class IdentityBinding(PaperForm):
    ZH = "统一身份绑定单"
    EN = "binding of an identity"

    subject: str = Field(
        title="统一身份标识（sub）", min_length=1, max_length=255, pattern=r"^[!-~]+$",
        description="身份提供方给该人员的 sub，不是姓名或邮箱",
    )  # fmt: skip


class IdentityUnbinding(PaperForm):
    ZH = "统一身份解绑单"
    EN = "unbinding of an identity"

    reason: str = Field(title="解绑原因", min_length=1, max_length=500, json_schema_extra={"reason": True})


class SecondFactorEnrolment(PaperForm):
    """`secret`: encrypted under the desk's key (hex). `recovery`: keyed digests (hex). `step`: of the first code."""

    ZH = "动态验证码启用"
    EN = "enrolment of a second factor"

    secret: str = Field(title="加密的密钥", pattern=r"^[0-9a-f]{64,512}$")
    recovery: tuple[Digest, ...] = Field(title="恢复码散列", min_length=1, max_length=20)
    step: int = Field(title="时间步", ge=0)


class PasswordChange(PaperForm):
    ZH = "口令更改"
    EN = "change of one's own password"

    password_hash: PasswordHash = Field(title="新口令", json_schema_extra={"input": "password"})
