"""Who petitions: an identity that is kept in a vault of its own and never in the register entry."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from services.chassis.act import PaperForm


class Naming(StrEnum):
    """Whether the petitioner gave a name (署名情况)."""

    NAMED = "named"
    PSEUDONYMOUS = "pseudonymous"
    ANONYMOUS = "anonymous"


NAMING_ZH = {Naming.NAMED: "实名", Naming.PSEUDONYMOUS: "化名", Naming.ANONYMOUS: "匿名"}


class Petitioner(BaseModel):
    """One person who petitions, as they call themselves."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    name: str = Field(title="姓名或化名", min_length=1, max_length=100)
    contact: str = Field("", title="联系方式", max_length=200)
    address: str = Field("", title="住址或单位", max_length=200)


class IdentityRequest(PaperForm):
    ZH = "调阅反映人身份审批单"
    EN = "request to open a petitioner's identity"

    reason: str = Field(
        title="调阅理由",
        min_length=1,
        max_length=2000,
        json_schema_extra={"reason": True, "clause": "LZ-22.15"},
    )


class KeptIdentity(PaperForm):
    """How an identity lies in the vault, and among the sealed papers of a delivered petition."""

    ZH = "反映人身份"
    EN = "identity of the petitioners"

    petitioners: tuple[Petitioner, ...] = Field(title="反映人")
