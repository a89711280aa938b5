"""The office register (机构登记表) and the assignment of units to offices."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import ClassVar

from pydantic import Field

from services.chassis.act import PaperForm

_CODE = r"^[a-z0-9][a-z0-9_.-]{0,31}$"
_CODE_OR_EMPTY = r"^([a-z0-9][a-z0-9_.-]{0,31})?$"


class OfficeKind(StrEnum):
    """Kinds of offices and units that the texts know (roles.yaml); any other is refused (LZ-23.1).

    Courts and procuratorates are supervised units whose cases are screened, too (GL-1.24).
    """

    DISTRICT_COMMISSION = "district_commission"
    PETITION_OFFICE = "petition_office"
    CASE_SUPERVISION_OFFICE = "case_supervision_office"
    CASE_REVIEW_OFFICE = "case_review_office"
    LIAISON_DISCIPLINE_OFFICE = "liaison_discipline_office"
    DISCIPLINE_OFFICE = "discipline_office"
    FOURTH_DISCIPLINE_OFFICE = "fourth_discipline_office"
    EIGHTH_DISCIPLINE_OFFICE = "eighth_discipline_office"
    PARTY_CONDUCT_OFFICE = "party_conduct_office"
    CADRE_OFFICE = "cadre_office"
    FUNCTIONAL_OFFICE = "functional_office"
    COMPREHENSIVE_DEPARTMENT = "comprehensive_department"
    INSPECTION_OFFICE = "inspection_office"
    LEADING_GROUP = "leading_group"
    ARCHIVE_ROOM = "archive_room"
    DISPATCHED_OFFICE = "dispatched_office"
    BY_REFERENCE = "by_reference"
    ORGANS_DISCIPLINE_COMMISSION = "organs_discipline_commission"
    COMPETENT_DEPARTMENT = "competent_department"
    SUPERVISED_UNIT = "supervised_unit"
    COMPREHENSIVE_UNIT = "comprehensive_unit"
    COURT_UNIT = "court_unit"
    PROCURATORATE_UNIT = "procuratorate_unit"
    SUBORDINATE_UNIT = "subordinate_unit"
    TOWNSHIP = "township"


class _OfficeEntry(PaperForm):
    name_zh: str = Field(title="机构名称", min_length=1, max_length=100)
    name_en: str = Field("", title="英文名称", max_length=200)
    liaison_office_id: str = Field("", title="对口联系纪检监察室", pattern=_CODE_OR_EMPTY)
    parent_office_id: str = Field("", title="派出机关", pattern=_CODE_OR_EMPTY)


class OfficeRegisterEntry(_OfficeEntry):
    ZH: ClassVar[str] = "机构登记表"
    EN: ClassVar[str] = "office register entry"

    office_id: str = Field(title="机构代码", pattern=_CODE)
    kind: OfficeKind = Field(title="机构类别", json_schema_extra={"clause": "LZ-23.1"})
    valid_from: date | None = Field(None, title="设立日期")


class OfficeChange(_OfficeEntry):
    ZH: ClassVar[str] = "机构变更表"
    EN: ClassVar[str] = "change of an office"


class OfficeRemoval(PaperForm):
    ZH: ClassVar[str] = "机构撤销表"
    EN: ClassVar[str] = "removal of an office"

    removed_on: date = Field(title="撤销日期")


class CoverageEntry(PaperForm):
    ZH: ClassVar[str] = "监督单位归口表"
    EN: ClassVar[str] = "coverage of a unit"

    unit_id: str = Field(title="被监督单位", pattern=_CODE)
    office_id: str = Field(title="派驻机构", pattern=_CODE)
    liaison_office_id: str = Field(title="对口联系纪检监察室", pattern=_CODE)
    valid_from: date | None = Field(None, title="生效日期")
