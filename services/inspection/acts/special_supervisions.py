"""Special supervision checks: planned, joined by other departments' staff, concluded, reported (LZ-11.1 to LZ-11.3)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.events.inspection_special_supervision import SpecialSupervisionReported
from contracts.events.inspection_supervising import SpecialSupervisionOpened
from contracts.refusals import RefusalCode
from services.chassis.access import Relation, listed_ids, post
from services.chassis.act import Act, Document, HandOn, Meets, Opens, Tells
from services.chassis.performance import Performance
from services.chassis.reference import look_up
from services.chassis.tables import DirectoryAssignment, DirectoryOffice, DirectoryPerson
from services.inspection.acts.importants_reports import commission_of
from services.inspection.acts.posts import ids_in, not_in_the_future, persons_known
from services.inspection.acts.special_supervision_years import OfficeItself, note_reported
from services.inspection.acts.supervision_posts import (
    ANY_OFFICE,
    HEAD,
    IN_OFFICE,
    LEADERS,
    coverage_of,
    item_of,
    numbered,
)
from services.inspection.domain.special_supervision_codes import CHANNELS, SPECIAL_CHECK
from services.inspection.papers.special_supervision import (
    Participation,
    SpecialSupervisionConclusion,
    SpecialSupervisionForwarding,
    SpecialSupervisionPlan,
    SpecialSupervisionReport,
)
from services.inspection.storage_special_supervision import SpecialSupervision

AnyCheck = Performance[SpecialSupervision, Any]
Planning = Performance[SpecialSupervision, SpecialSupervisionPlan]
Joining = Performance[SpecialSupervision, Participation]
Reporting = Performance[SpecialSupervision, SpecialSupervisionReport]
PARTICIPANT = Relation("participant_ids", "person_id", listed=True)
CHANNEL = Relation("channel_id", "office_id")
LEADER = "commission_leader"


def units_are_covered(p: Planning) -> None:
    for unit_id in p.paper.unit_ids:
        coverage_of(p, unit_id, "unit_ids")
    persons_known(p, p.paper.member_ids, "member_ids")


def planned(p: Planning) -> SpecialSupervision:
    """On all or several units of the office: none of them is the one that it stands for."""
    office = OfficeItself(p, p.work.actor.office_id)
    return SpecialSupervision(
        **item_of(p, office, state="opened", no=numbered(p, "ZXJD", office.office_id)),
        ground_code=p.paper.ground.value,
        unit_ids=listed_ids(dict.fromkeys(p.paper.unit_ids)),
        department_ids=listed_ids(dict.fromkeys(p.paper.department_ids)),
    )


def hand_on_for_each_unit(p: Planning) -> None:
    for unit_id in ids_in(p.subject.unit_ids):
        event = SpecialSupervisionOpened(
            check_id=p.subject.id,
            office_id=p.subject.office_id,
            unit_id=unit_id,
            type=SPECIAL_CHECK,
            opened_on=p.subject.opened_on,
        )
        p.emit(event, ("LZ-11.1",))


OPEN_SPECIAL = Act(
    name="open_special_supervision",
    zh="启动专项监督检查",
    en="Open a special supervision check",
    clauses=("LZ-11.1",),
    on=SpecialSupervision,
    by=ANY_OFFICE,
    paper=SpecialSupervisionPlan,
    new=planned,
    becomes="opened",
    documents=(Document("special_supervision_plan", "专项监督检查方案(扫描)", "LZ-11.1", required=False),),
    guards=(units_are_covered,),
    effect=hand_on_for_each_unit,
)


def departments_of(p: Joining) -> set[str]:
    """The department that the paper names, and any where the directory gives the person a post."""
    query = select(DirectoryAssignment.unit_id).where(DirectoryAssignment.person_id == p.paper.person_id)
    return {p.paper.department_id, *p.session.scalars(query)}


def is_of_another_department(p: Joining) -> None:
    if departments_of(p) & set(ids_in(p.subject.department_ids)):
        raise p.refuse(RefusalCode.CONFLICT_OF_INTEREST, field="department_id")


def is_staff_of_a_unit(p: Joining) -> None:
    """Of a unit that the office supervises; who takes part already is not added again."""
    persons_known(p, (p.paper.person_id,), "person_id")
    person = look_up(p.session, DirectoryPerson, p.paper.person_id)
    coverage_of(p, person.unit_id if person else "", "person_id")
    if p.paper.person_id in ids_in(p.subject.participant_ids):
        raise p.refuse(RefusalCode.DUPLICATE, field="person_id")


def let_in(p: Joining) -> None:
    """To this check alone, and until it is concluded."""
    p.subject.participant_ids = listed_ids([*ids_in(p.subject.participant_ids), p.paper.person_id])


ADD_PARTICIPANT = Act(
    name="add_participant",
    zh="协调内设机构人员参与",
    en="Have staff of a department take part",
    clauses=("LZ-11.3",),
    on=SpecialSupervision,
    by=IN_OFFICE,
    paper=Participation,
    when=("opened",),
    guards=(is_of_another_department, is_staff_of_a_unit),
    effect=let_in,
    tells=(Tells("", "special_supervision_joined", "LZ-11.3", person=lambda p: p.paper.person_id),),
    anytime=True,
)


def not_before_it_began(p: Performance[SpecialSupervision, SpecialSupervisionConclusion]) -> None:
    if p.paper.concluded_on < p.subject.opened_on:
        raise p.refuse(RefusalCode.DATE_ORDER, field="concluded_on")


def let_out(p: AnyCheck) -> None:
    p.subject.participant_ids = ""


CONCLUDE_SPECIAL = Act(
    name="conclude_special_supervision",
    zh="结束专项监督检查",
    en="Conclude a special supervision check",
    clauses=("LZ-11.1", "LZ-11.2"),
    on=SpecialSupervision,
    by=IN_OFFICE,
    paper=SpecialSupervisionConclusion,
    when=("opened",),
    becomes="concluded",
    guards=(not_in_the_future("concluded_on"), not_before_it_began),
    sets=("concluded_on",),
    effect=let_out,
    opens=(Opens("LZ-11.2", "act_within", HEAD, lambda p: p.paper.concluded_on),),
)


def channel_of(p: Reporting) -> str:
    """The office that the report goes through; raises Refusal(WRONG_ROUTE) for any but one of the three."""
    role, found = p.paper.channel, p.subject.liaison_office_id
    if role != "liaison_discipline_office":
        query = select(DirectoryOffice.office_id).where(
            DirectoryOffice.kind == role, DirectoryOffice.status == "active"
        )
        found = p.session.scalars(query.order_by(DirectoryOffice.office_id)).first() or ""
    if role not in CHANNELS or not found:
        raise p.refuse(RefusalCode.WRONG_ROUTE, field="channel", clauses=("LZ-11.2",))
    return found


def goes_through_a_channel(p: Reporting) -> None:
    channel_of(p)


def send(p: Reporting) -> None:
    item = p.subject
    item.channel_id, item.channel_role, item.reported_on = channel_of(p), p.paper.channel, p.today
    note_reported(p)
    p.tell("special_supervision_reported", "LZ-11.2", to_role=item.channel_role, office_id=item.channel_id)


REPORT_SPECIAL = Act(
    name="report_special_supervision",
    zh="报告专项监督检查",
    en="Report a special supervision check",
    clauses=("LZ-11.2",),
    on=SpecialSupervision,
    by=LEADERS,
    paper=SpecialSupervisionReport,
    when=("concluded",),
    becomes="reported",
    documents=(Document("special_supervision_report", "专项监督报告(盖章扫描)", "LZ-11.2", required=False),),
    guards=(goes_through_a_channel,),
    effect=send,
    meets=(Meets("LZ-11.2"),),
    hands_on=(
        HandOn(
            SpecialSupervisionReported,
            lambda p: SpecialSupervisionReported(
                check_id=p.subject.id,
                channel_role=p.subject.channel_role,
                reported_on=p.subject.reported_on,
            ),
        ),
    ),
)


def put_before_the_commission(p: AnyCheck) -> None:
    p.subject.commission_id = commission_of(p)


FORWARD_SPECIAL = Act(
    name="forward_special_supervision",
    zh="专项监督报告报委",
    en="Forward the report to the commission",
    clauses=("LZ-11.2",),
    on=SpecialSupervision,
    by=(post(*CHANNELS, at=CHANNEL),),
    paper=SpecialSupervisionForwarding,
    when=("reported",),
    becomes="forwarded",
    guards=(not_in_the_future("forwarded_on"),),
    sets=("forwarded_on",),
    effect=put_before_the_commission,
    tells=(Tells(LEADER, "special_supervision_forwarded", "LZ-11.2"),),
)
ACTS: tuple[Act[Any, Any], ...] = (
    OPEN_SPECIAL,
    ADD_PARTICIPANT,
    CONCLUDE_SPECIAL,
    REPORT_SPECIAL,
    FORWARD_SPECIAL,
)
