"""Papers of full searches for risks, of the list of special matters and of core powers (papers.yaml)."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.chassis.act import PaperForm
from services.inspection.domain.risk_codes import (
    AREA_ZH,
    MATTER_SOURCE_ZH,
    RISK_OUTCOME_ZH,
    SEARCH_GROUND_ZH,
    MatterSource,
    RiskArea,
    RiskOutcome,
    SearchGround,
)
from services.inspection.papers.fields import Id, IdOrEmpty, Line, of
from services.inspection.papers.office_rules import Side

SEARCHED, LOOPHOLES, POWERS = "LL-3.17", "GL-1.23", "GL-1.21"
SUPERVISED, SOURCED, LISTED = "LL-3.14", "LL-3.15", "LL-3.18"


class SearchCall(PaperForm):
    """A complaint is marked strong, or a major risk is suspected. `source_ref`: its number where it is registered."""

    ZH = "提出全面排查"
    EN = "a full search is called for"

    unit_id: Side = Field(title="单位", json_schema_extra=of(SEARCHED))
    search_ground: SearchGround = Field(title="排查缘由", json_schema_extra=of(SEARCHED, SEARCH_GROUND_ZH))
    source_ref: IdOrEmpty = Field("", title="来源编号")
    matter: str = Field(title="反映的问题", min_length=1, max_length=5000)


class SearchBeginning(PaperForm):
    ZH = "开展全面排查"
    EN = "a full search begins"

    plan: str = Field(title="排查安排", min_length=1, max_length=10000)


class CaseMarking(PaperForm):
    ZH = "确定典型个案"
    EN = "a case is marked typical"

    unit_id: Side = Field(title="单位", json_schema_extra=of(LOOPHOLES))
    source_ref: Id = Field(title="案件编号", json_schema_extra=of(LOOPHOLES))
    reason: str = Field(title="典型意义", min_length=1, max_length=5000, json_schema_extra={"reason": True})


class CaseClosing(PaperForm):
    ZH = "典型个案办结"
    EN = "a typical case is closed"

    case_closed_on: date = Field(title="结案日期", json_schema_extra=of(LOOPHOLES))


class RiskOutcomeLine(Line):
    """What becomes of one risk that was found, and why."""

    point_id: Id = Field(title="风险点")
    outcome: RiskOutcome = Field(title="处理", json_schema_extra=of(SEARCHED, RISK_OUTCOME_ZH))
    reason: str = Field("", title="理由", max_length=2000)


class SearchConclusion(PaperForm):
    """Of every risk that was found what becomes of it; of none, how that was found out."""

    ZH = "廉政风险排查结论"
    EN = "conclusion of a search for risks"
    PRINTED_AS = "risk_register"

    concluded_on: date = Field(title="办结日期", json_schema_extra=of(SEARCHED))
    areas: tuple[RiskArea, ...] = Field(
        (), title="已排查领域", max_length=5, json_schema_extra=of(SEARCHED, AREA_ZH)
    )
    outcomes: tuple[RiskOutcomeLine, ...] = Field((), title="风险处理", max_length=200)
    none_found: str = Field(
        "", title="未发现风险(漏洞)的说明", max_length=5000, json_schema_extra=of(LOOPHOLES)
    )


class MatterSourceLine(Line):
    kind: MatterSource = Field(title="来源", json_schema_extra=of(SOURCED, MATTER_SOURCE_ZH))
    drawn_from_id: Id = Field(title="来源事项", json_schema_extra=of(SOURCED))


class MatterListing(PaperForm):
    """From what a matter was drawn, put together with what the unit is there for (LL-3.15)."""

    ZH = "列入专题监督事项清单"
    EN = "listing of a special matter"
    PRINTED_AS = "special_matter_list"

    unit_id: Side = Field(title="单位", json_schema_extra=of(LISTED))
    matter: str = Field(title="专题监督事项", min_length=1, max_length=2000, json_schema_extra=of(LISTED))
    unit_functions: str = Field(
        title="单位职能", min_length=1, max_length=5000, json_schema_extra=of(SOURCED)
    )
    sources: tuple[MatterSourceLine, ...] = Field(
        (), title="来源", max_length=20, json_schema_extra=of(SOURCED)
    )
    reason: str = Field("", title="理由", max_length=5000)


class MatterOfSearch(PaperForm):
    """Filed by the search that lists a risk it found."""

    ZH = "排查列入专题监督事项清单"
    EN = "a search lists a special matter"
    PRINTED_AS = "special_matter_list"

    unit_id: Id = Field(title="单位")
    point_id: Id = Field(title="风险点")
    reason: str = Field(title="理由", max_length=2000)


class MatterUnderSupervision(PaperForm):
    ZH = "事项已开展专题监督"
    EN = "a matter is under special supervision"

    check_id: Id = Field(title="专题监督")


class MatterClosing(PaperForm):
    ZH = "专题监督事项销号"
    EN = "closing of a special matter"

    closed_on: date = Field(title="销号日期")
    result: str = Field(title="监督结果", min_length=1, max_length=10000, json_schema_extra=of(LISTED))


class MatterSupervisionPlan(PaperForm):
    """Special supervision of matters that stand on the office's list."""

    ZH = "专题监督方案"
    EN = "plan of special-matter supervision"
    PRINTED_AS = "special_supervision_plan"

    matter_ids: tuple[Id, ...] = Field(
        (), title="专题监督事项", max_length=20, json_schema_extra=of(SUPERVISED)
    )
    member_ids: tuple[Id, ...] = Field((), title="检查人员", max_length=100)
    department_ids: tuple[Id, ...] = Field((), title="被检查内设机构编号", max_length=100)
    planned_to: date = Field(title="计划完成日期")
    steps: str = Field("", title="检查安排", max_length=10000)


class KeyLink(Line):
    no: int = Field(title="序号", ge=1, le=100)
    link: str = Field(title="关键环节", min_length=1, max_length=500)


class PowerMap(PaperForm):
    ZH = "核心权力清单"
    EN = "map of a core power"
    PRINTED_AS = "power_map"

    unit_id: Side = Field(title="单位", json_schema_extra=of(POWERS))
    power: str = Field(title="核心权力", min_length=1, max_length=1000, json_schema_extra=of(POWERS))
    holder_post: str = Field("", title="行使岗位", max_length=200, json_schema_extra=of(POWERS))
    links: tuple[KeyLink, ...] = Field((), title="关键环节", max_length=50, json_schema_extra=of(POWERS))
    point_ids: tuple[Id, ...] = Field((), title="对应风险点", max_length=50, json_schema_extra=of(POWERS))


class PowerRisks(PaperForm):
    ZH = "核心权力对应风险点"
    EN = "risk points of a core power"

    point_ids: tuple[Id, ...] = Field(
        title="对应风险点", min_length=1, max_length=50, json_schema_extra=of(POWERS)
    )


class PowerReview(PaperForm):
    ZH = "核心权力清单复核"
    EN = "review of a core power"

    reviewed_on: date = Field(title="复核日期", json_schema_extra=of(POWERS))
    opinion: str = Field(title="复核意见", min_length=1, max_length=5000)
