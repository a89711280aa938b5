"""The leading group for supervising offices, and the quarters in which every office is checked (GL-3.21, GL-3.25).

The clocks begin with the group: those of the quarter in which it is set up, and of each quarter after it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from contracts.refusals import RefusalCode
from services.chassis.access import listed_ids, post
from services.chassis.act import Act, Document, Fills, Tells, Warns
from services.chassis.duties import meet_duties, open_duty
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.chassis.subject import NORMAL
from services.chassis.tables import DirectoryOffice
from services.inspection.acts.officials import noon_of
from services.inspection.acts.posts import ids_in, persons_known
from services.inspection.domain.quarters import first_day_of, quarter_of
from services.inspection.papers.meetings import Reminder
from services.inspection.papers.offices import (
    GroupDissolution,
    GroupSetUp,
    OfficeChecked,
    QuarterOfOffices,
)
from services.inspection.storage_office import OfficeQuarter, SupervisionGroup

GROUP_CLAUSE, EACH_QUARTER = "GL-3.21", "GL-3.25"
GROUP = "supervision_leading_group"
LEADER = (post("commission_leader", at=None),)
SettingUp = Performance[SupervisionGroup, GroupSetUp]
AnyQuarter = Performance[OfficeQuarter, Any]


def standing_group(session: Session) -> SupervisionGroup | None:
    return session.scalars(select(SupervisionGroup).where(SupervisionGroup.state == "standing")).one_or_none()


def quarter_item(session: Session, quarter: str) -> OfficeQuarter | None:
    """The quarter's item, locked; None for a quarter before there was a group."""
    query = select(OfficeQuarter).where(OfficeQuarter.quarter == quarter).with_for_update()
    return session.scalars(query).one_or_none()


def members_known(p: SettingUp) -> None:
    persons_known(p, (p.paper.head_id,), "head_id")
    persons_known(p, p.paper.member_ids, "member_ids")


def one_group_stands(p: SettingUp) -> None:
    if standing_group(p.session) is not None:
        raise p.refuse(RefusalCode.DUPLICATE, clauses=(GROUP_CLAUSE,))


def _columns(p: Performance[Any, Any], no: str, state: str, office_id: str) -> dict[str, Any]:
    """The columns of an item of the commission, where the leading group sits: it is on no unit."""
    return {
        "id": p.work.new_id(), "no": no, "state": state, "version": 0, "secrecy": NORMAL, "office_id": office_id,
        "liaison_office_id": "", "unit_id": "", "registrar_id": p.work.actor.person_id, "handler_id": "",
        "addressee_id": "", "opened_on": p.today, "changed_at": p.work.now,
    }  # fmt: skip


def set_up(p: SettingUp) -> SupervisionGroup:
    year = p.today.year
    return SupervisionGroup(
        **_columns(
            p, f"DCZ-{year}-{p.work.next_number(f'DCZ/{year}'):02d}", "standing", p.work.actor.office_id
        ),
        head_id=p.paper.head_id,
        member_ids=listed_ids(dict.fromkeys(p.paper.member_ids)),
        set_up_on=p.today,
        standing_key="standing",
    )


def begin_the_quarter(p: SettingUp) -> None:
    quarter = quarter_of(p.today)
    if quarter_item(p.session, quarter) is None:
        perform_as_service(p.work, OPEN_QUARTER, QuarterOfOffices(quarter=quarter))


SET_UP_GROUP = Act(
    name="set_up_supervision_group",
    zh="成立督查工作领导小组",
    en="Set up the leading group",
    clauses=(GROUP_CLAUSE,),
    on=SupervisionGroup,
    by=LEADER,
    paper=GroupSetUp,
    new=set_up,
    becomes="standing",
    documents=(Document("supervision_round_plan", "成立文件(扫描)", GROUP_CLAUSE, required=False),),
    guards=(members_known, one_group_stands),
    effect=begin_the_quarter,
)


def _no_longer_stands(p: Performance[SupervisionGroup, GroupDissolution]) -> None:
    p.subject.standing_key = None


DISSOLVE_GROUP = Act(
    name="dissolve_supervision_group",
    zh="撤销督查工作领导小组",
    en="Dissolve the leading group",
    clauses=(GROUP_CLAUSE,),
    on=SupervisionGroup,
    by=LEADER,
    paper=GroupDissolution,
    when=("standing",),
    becomes="dissolved",
    effect=_no_longer_stands,
    anytime=True,
)


def offices_in_being(session: Session) -> list[str]:
    """All dispatched offices, by the directory."""
    query = select(DirectoryOffice.office_id).where(
        DirectoryOffice.kind == "dispatched_office", DirectoryOffice.status == "active"
    )
    return sorted(session.scalars(query))


def of_quarter(p: Performance[OfficeQuarter, QuarterOfOffices]) -> OfficeQuarter:
    group = standing_group(p.session)
    return OfficeQuarter(
        **_columns(p, f"DC-{p.paper.quarter}", "running", group.office_id if group else ""),
        quarter=p.paper.quarter,
        office_ids=listed_ids(offices_in_being(p.session)),
        checked_count=0,
    )


def start_the_clock_of_each_office(p: AnyQuarter) -> None:
    p.session.flush()
    for office_id in ids_in(p.subject.office_ids):
        p.opened.append(
            open_duty(
                p.work,
                p.subject,
                clause=EACH_QUARTER,
                value="check_within",
                owed_by=GROUP,
                recipient=office_id,
                counted_from=first_day_of(p.subject.quarter),
                warn_before=(10, 3),
            )
        )


OPEN_QUARTER = Act(
    name="open_office_quarter",
    zh="季度督查开始",
    en="A quarter's supervision begins",
    clauses=(EACH_QUARTER,),
    on=OfficeQuarter,
    by=(),
    paper=QuarterOfOffices,
    new=of_quarter,
    becomes="running",
    effect=start_the_clock_of_each_office,
)


def unchecked(p: AnyQuarter) -> list[str]:
    return [one for one in ids_in(p.subject.office_ids) if one not in ids_in(p.subject.checked_ids)]


NOTE_QUARTER_OVER = Act(
    name="note_office_quarter_over",
    zh="季度督查结束",
    en="The quarter ended",
    clauses=(EACH_QUARTER,),
    on=OfficeQuarter,
    by=(),
    paper=Reminder,
    when=("running",),
    becomes="over",
    keeps_paper=False,
    warns=(Warns(EACH_QUARTER, unchecked),),
    tells=(
        Tells(GROUP, "offices_not_supervised", EACH_QUARTER, only_if=lambda p: bool(unchecked(p))),
        Tells(
            "commission_leader", "offices_not_supervised", EACH_QUARTER, only_if=lambda p: bool(unchecked(p))
        ),
    ),
)


def note_checked(p: Performance[OfficeQuarter, OfficeChecked]) -> None:
    """Once, however often it was checked; done on the day of the check, whenever that is recorded."""
    office_id, item = p.paper.office_id, p.subject
    item.checked_ids = listed_ids(sorted({*ids_in(item.checked_ids), office_id}))
    item.checked_count = len(ids_in(item.checked_ids))
    done_at = noon_of(p.paper.checked_on, p.work.now)
    p.met += meet_duties(p.work, item, EACH_QUARTER, office_id, at=done_at)


NOTE_OFFICE_CHECKED = Act(
    name="note_office_checked",
    zh="机构已督查",
    en="An office was checked in the quarter",
    clauses=(EACH_QUARTER,),
    on=OfficeQuarter,
    by=(),
    paper=OfficeChecked,
    when=("running", "over"),
    effect=note_checked,
    fills=(Fills(EACH_QUARTER, lambda p: (p.paper.office_id,)),),
)
ACTS: tuple[Act[Any, Any], ...] = (
    SET_UP_GROUP,
    DISSOLVE_GROUP,
    OPEN_QUARTER,
    NOTE_QUARTER_OVER,
    NOTE_OFFICE_CHECKED,
)
