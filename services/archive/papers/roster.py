"""Papers of the roster and of posts: what archivist and system administrator fill in."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from services.chassis.act import PaperForm

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:-]{1,64}$")]
IdOrEmpty = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:-]{0,64}$")]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]


class RosterState(StrEnum):
    ACTIVE = "active"
    LEFT = "left"


class RosterEntry(PaperForm):
    """A person as the roster has them. Staff work in an office, officials in a unit; exactly one is given."""

    ZH = "名册登记表"
    EN = "roster entry"

    name: str = Field(title="姓名", min_length=1, max_length=50)
    level: Code = Field(title="职级", description="如 section_chief、deputy_section、staff")
    managing_authority: Code = Field(title="干部管理权限", description="district、unit、city")
    unit_id: IdOrEmpty = Field("", title="所在单位")
    office_id: IdOrEmpty = Field("", title="所在机构", description="纪检监察机构工作人员填写")
    post_code: Code = Field("unspecified", title="职务代码")
    post_title: str = Field("", title="职务", max_length=60)
    post_rank: int = Field(0, title="排序", ge=0, le=100_000)
    superior_id: IdOrEmpty = Field("", title="直接上级（名册编号）")
    relatives: tuple[Id, ...] = Field((), title="申报亲属（名册编号）", max_length=50)
    leadership_member: bool = Field(False, title="领导班子成员")
    party_head: bool = Field(False, title="党组织主要负责人")
    valid_from: date = Field(title="生效日期")


class LoadedRosterEntry(RosterEntry):
    """An entry that the installer brings along, with its id."""

    person_id: Id = Field(title="名册编号")


class RosterChange(RosterEntry):
    """The entry as it is from now on, whole."""

    ZH = "名册变更表"
    EN = "roster change"

    state: RosterState = Field(RosterState.ACTIVE, title="状态")
    valid_to: date | None = Field(None, title="离任日期")
    key_post: bool = Field(False, title="重点岗位", description="提拔或者调整到重要岗位的填写")
    reason: str = Field(title="变更原因", min_length=1, max_length=500, json_schema_extra={"reason": True})


class PostAssignment(PaperForm):
    ZH = "任职登记表"
    EN = "assignment of a post"

    person_id: Id = Field(title="人员（名册编号）")
    role: Code = Field(title="岗位")
    office_id: IdOrEmpty = Field("", title="机构")
    unit_id: IdOrEmpty = Field("", title="单位")
    valid_from: date = Field(title="任职日期")
    valid_to: date | None = Field(None, title="任期届满日")


class LoadedPostAssignment(PostAssignment):
    """A post that the installer brings along, with its id."""

    assignment_id: Id = Field(title="任职编号")


class PostEnd(PaperForm):
    ZH = "免职登记表"
    EN = "end of a post"

    ends_on: date = Field(title="最后任职日")
    reason: str = Field(title="原因", min_length=1, max_length=500, json_schema_extra={"reason": True})
