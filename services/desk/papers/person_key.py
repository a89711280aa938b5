"""Papers of a person's key for sealed items."""

from __future__ import annotations

from pydantic import Field

from services.chassis.act import PaperForm
from services.desk.papers.account import PersonId


class PersonKeyRegistration(PaperForm):
    """`wrapped`: the private key under a key that Argon2id derives from the person's passphrase (all hex)."""

    ZH = "密件密钥启用"
    EN = "key for sealed items"

    person_id: PersonId = Field(title="人员（名册编号）")
    public_key: str = Field(title="公钥", pattern=r"^[0-9a-f]{64}$")
    wrapped: str = Field(title="封装的私钥", pattern=r"^[0-9a-f]{64,512}$")
    salt: str = Field(title="盐值", pattern=r"^[0-9a-f]{32}$")
    passes: int = Field(title="运算次数", ge=1, le=10)
    memory: int = Field(title="内存", ge=1, le=2**30)


class PassphraseChange(PaperForm):
    """The same private key under a new passphrase."""

    ZH = "密件口令更改"
    EN = "change of the passphrase"

    wrapped: str = Field(title="封装的私钥", pattern=r"^[0-9a-f]{64,512}$")
    salt: str = Field(title="盐值", pattern=r"^[0-9a-f]{32}$")
    passes: int = Field(title="运算次数", ge=1, le=10)
    memory: int = Field(title="内存", ge=1, le=2**30)
