"""Who works on a unit changes, and with it who may know of what the team has written of it (XC-1.5a, XC-2.3c)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, select

from services.chassis.access import Relation, listed_ids
from services.chassis.act import Act
from services.chassis.perform import AnyAct, perform_as_service
from services.chassis.performance import Performance
from services.chassis.subject import SEALED
from services.inspection.acts.posts import ids_in
from services.inspection.domain.rectification_codes import SupportTo
from services.inspection.papers.round import MembersSheet
from services.inspection.storage_archive import ArchiveFile, CatalogueEntry
from services.inspection.storage_demand import RectificationDemand
from services.inspection.storage_feedback import FeedbackReceipt
from services.inspection.storage_field import FoundClue, Incident, Interview, Issue, Material, Midterm
from services.inspection.storage_handing import TransferForm
from services.inspection.storage_leaving import ReferralSlip
from services.inspection.storage_petition import DirectDelivery, TeamPetition
from services.inspection.storage_questioning import Assistance, HelpTask, Questioning
from services.inspection.storage_rectification import InspectionSupport
from services.inspection.storage_report import ClueReport, InterviewReport, UnitReport
from services.inspection.storage_result import GroupHearing
from services.inspection.storage_round import Team
from services.inspection.storage_unit import Engagement, Release

Changing = Performance[Any, MembersSheet]
DESIGNEE = Relation("designee_ids", "person_id", listed=True)
"""Who was designated to receive petitions (XC-13.1a)."""


def change(item: Any, column: str, paper: MembersSheet) -> None:
    """Without who leaves, and with who joins, in a column of listed ids."""
    kept = [one for one in ids_in(getattr(item, column)) if one != paper.leaves]
    setattr(item, column, listed_ids(dict.fromkeys([*kept, *filter(None, [paper.joins])])))


def who_works_there(p: Performance[Engagement, MembersSheet]) -> None:
    """Who leaves receives no petitions there any more."""
    change(p.subject, "staff_ids", p.paper)
    change(p.subject, "designee_ids", MembersSheet(leaves=p.paper.leaves))
    if p.subject.filer_id == p.paper.leaves:
        p.subject.filer_id = ""


CHANGE_STAFF = Act(
    name="change_staff",
    zh="调整参与人员",
    en="Who works on the unit changes",
    clauses=("XC-1.5a", "XC-2.3c"),
    on=Engagement,
    by=(),
    paper=MembersSheet,
    effect=who_works_there,
    keeps_paper=False,
)
"""Without its paper: the team sees that who works on the unit changed; who steps aside is the office's to know."""


def as_the_engagement(p: Changing) -> None:
    p.subject.staff_ids = _engagement(p).staff_ids


def with_its_filer(p: Changing) -> None:
    """Who leaves files no more, and knows of nothing that is sealed; the leader designates somebody else."""
    as_the_engagement(p)
    if p.subject.handler_id == p.paper.leaves:
        p.subject.handler_id = ""


def unless_it_is_classified(p: Changing) -> None:
    """Classified material stays with the readers that its receipt names, less who leaves; its custodian comes back."""
    if p.subject.classified and p.paper.joins != p.subject.handler_id:
        change(p.subject, "reader_ids", MembersSheet(leaves=p.paper.leaves))
    else:
        change(p.subject, "reader_ids", p.paper)


def its_author(p: Changing) -> None:
    """Who wrote it and leaves knows of it no more; its leader goes on with it."""
    if p.subject.author_id == p.paper.leaves:
        p.subject.author_id = p.subject.leader_id


def keepers_of_the_register(p: Changing) -> None:
    """Deputies and liaison of the team, as far as they work on the unit."""
    team, staff = p.session.get_one(Team, p.subject.team_id), ids_in(_engagement(p).staff_ids)
    p.subject.deputy_ids = listed_ids(one for one in ids_in(team.deputy_ids) if one in staff)
    p.subject.liaison_id = team.liaison_id if team.liaison_id in staff else ""


def keepers_of_the_slip(p: Changing) -> None:
    """Its designee as the team has one there; who filled it in, as long as they work on the unit."""
    team, staff = p.session.get_one(Team, p.subject.team_id), ids_in(_engagement(p).staff_ids)
    p.subject.liaison_id = team.liaison_id if team.liaison_id in staff else ""
    if p.subject.handler_id not in staff:
        p.subject.handler_id = ""


def keepers_of_the_ledger(p: Changing) -> None:
    """A direct item stays with the leader and who entered it; without them, with the leader alone."""
    if p.subject.handler_id == p.paper.leaves:
        p.subject.handler_id = ""
    if p.subject.secrecy != SEALED:
        keepers_of_the_register(p)
        p.subject.designee_ids = _engagement(p).designee_ids


def without_its_registrar(p: Changing) -> None:
    """The leader designates somebody else (XC-13.2c)."""
    if p.subject.designated_id == p.paper.leaves:
        p.subject.designated_id = ""


def if_it_was_given_to_the_team(p: Changing) -> None:
    if p.subject.given_to == SupportTo.TEAM.value:
        as_the_engagement(p)


def without_who_leaves(p: Changing) -> None:
    """Nobody is put on the list of a questioning but by its plan (XC-15.1b)."""
    change(p.subject, "known_ids", MembersSheet(leaves=p.paper.leaves))


def without_its_author(p: Changing) -> None:
    as_the_engagement(p)
    if p.subject.handler_id == p.paper.leaves:
        p.subject.handler_id = ""


def without_who_led(p: Changing) -> None:
    """Its leader gives the helper somebody else of the team (XC-21.0b)."""
    as_the_engagement(p)
    if p.subject.leading_member_id == p.paper.leaves:
        p.subject.leading_member_id = p.subject.leader_id


def _engagement(p: Changing) -> Engagement:
    return p.session.get_one(Engagement, p.subject.engagement_id)


def _on(model: type[Any], effect: Callable[[Changing], None]) -> AnyAct:
    return Act(
        name="change_readers",
        zh="调整知悉范围",
        en="Who may know of it changes",
        clauses=("XC-1.5a", "XC-2.3c"),
        on=model,
        by=(),
        paper=MembersSheet,
        effect=effect,
        keeps_paper=False,
    )


CHANGE_LEDGER_KEEPERS = _on(TeamPetition, keepers_of_the_ledger)
OF_A_UNIT = (
    _on(Release, as_the_engagement),
    _on(Interview, as_the_engagement),
    _on(Issue, as_the_engagement),
    _on(Incident, as_the_engagement),
    _on(Midterm, as_the_engagement),
    _on(RectificationDemand, as_the_engagement),
    _on(Material, unless_it_is_classified),
    _on(FeedbackReceipt, as_the_engagement),
    _on(FoundClue, keepers_of_the_register),
    _on(InspectionSupport, if_it_was_given_to_the_team),
    _on(ReferralSlip, keepers_of_the_slip),
    _on(TransferForm, keepers_of_the_slip),
    _on(UnitReport, as_the_engagement),
    _on(InterviewReport, its_author),
    _on(ClueReport, its_author),
    CHANGE_LEDGER_KEEPERS,
    _on(DirectDelivery, without_its_registrar),
    _on(ArchiveFile, with_its_filer),
    _on(CatalogueEntry, with_its_filer),
    _on(Questioning, without_who_leaves),
    _on(Assistance, without_its_author),
    _on(HelpTask, without_who_led),
)
"""One for each kind that is written of a unit and keeps a copy of who may know of it."""


OF_A_TEAM = _on(GroupHearing, lambda p: change(p.subject, "staff_ids", p.paper))
"""What was said of the team: who steps aside at one of its units reads no more of it."""


def change_staff(p: Performance[Any, Any], item: Engagement, sheet: MembersSheet) -> None:
    """On the engagement, then on all that was written of its unit."""
    perform_as_service(p.work, CHANGE_STAFF, sheet, item)
    for act in OF_A_UNIT:
        _change_readers(p, act, act.on.engagement_id == item.id, sheet)
    _change_readers(p, OF_A_TEAM, GroupHearing.team_id == item.team_id, sheet)


def designee_changed(p: Performance[Team, Any]) -> None:
    """What the designee of a team keeps comes to the next one."""
    p.session.flush()
    for act in (act for act in OF_A_UNIT if act.effect in (keepers_of_the_register, keepers_of_the_slip)):
        kept = select(act.on).where(act.on.team_id == p.subject.id).with_for_update()
        for one in p.session.scalars(kept).all():
            perform_as_service(p.work, act, MembersSheet(joins=p.subject.liaison_id), one)


def _change_readers(
    p: Performance[Any, Any], act: AnyAct, of: ColumnElement[bool], sheet: MembersSheet
) -> None:
    for one in p.session.scalars(select(act.on).where(of).with_for_update()).all():
        perform_as_service(p.work, act, sheet, one)


ACTS = (CHANGE_STAFF, *OF_A_UNIT, OF_A_TEAM)
