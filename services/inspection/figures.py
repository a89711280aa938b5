"""The figures of daily supervision (统计指标): one declaration each, by the clause that names it.

Both count what offices did at meetings of the units themselves; second-level units' are not counted.
"""

from __future__ import annotations

from sqlalchemy import String, cast, exists

from services.chassis.figure_views import figure_routes
from services.chassis.figures import Counting, Figure, FigureBook, Measure, Source, Unit
from services.chassis.tables import DirectoryOffice
from services.inspection import figures_risk, figures_unit_check
from services.inspection.domain.meeting_codes import DECIDING
from services.inspection.storage_meeting import AgendaItem, Meeting, SupervisionOpinion

READERS = frozenset({"dispatched_office_head", "liaison_discipline_office", "commission_leader"})
"""The office's head, its liaison office, the commission's leader: who may know of these meetings."""

_SECOND_LEVEL = exists().where(
    DirectoryOffice.office_id == Meeting.unit_id, DirectoryOffice.kind == "subordinate_unit"
)
_DISCUSSED = AgendaItem.meeting_id + "/" + cast(AgendaItem.no, String)
SUPERVISED = Source(
    code="supervised_items",
    zh="参加(列席)会议的三重一大事项",
    en="important matters of attended meetings",
    model=Meeting,
    rows=AgendaItem,
    item_id=AgendaItem.meeting_id,
    entry=_DISCUSSED,
    counted=_DISCUSSED,
    happened_on=Meeting.attended_on,
    only=(
        AgendaItem.in_scope.is_(True),
        Meeting.kind_code.in_(sorted(kind.value for kind in DECIDING)),
        ~_SECOND_LEVEL,
    ),
)
OPINIONS = Source(
    code="supervision_opinions",
    zh="发出的监督意见书",
    en="supervision opinions issued",
    model=SupervisionOpinion,
    item_id=SupervisionOpinion.id,
    entry=SupervisionOpinion.id,
    counted=SupervisionOpinion.id,
    happened_on=SupervisionOpinion.issued_on,
    weight=SupervisionOpinion.line_count,
    only=(SupervisionOpinion.state != "withdrawn",),
)
_DECLARED = (
    Figure("GL-1.9", "监督三重一大事项（次）", "important matters supervised", (SUPERVISED,),
           (Measure(Unit.ITEMS, Counting.TIMES),), "参加或者列席的单位会议上的三重一大事项",
           "每次会议的每个事项计一次；按会议日期；二级单位的会议不计"),
    Figure("GL-1.10", "监督意见（条）", "supervision opinions issued", (OPINIONS,),
           (Measure(Unit.LINES, Counting.WEIGHT),), "监督意见书所列意见", "按发出日期，以条计；已撤回的不计"),
)  # fmt: skip
_ALL = (*_DECLARED, *figures_risk.DECLARED, *figures_unit_check.DECLARED)
BOOK = FigureBook({figure.clause: figure for figure in _ALL}, READERS)
ROUTES = figure_routes(BOOK)
