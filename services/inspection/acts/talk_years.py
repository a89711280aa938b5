"""A year's talks of an office: opened, kept up to date, watched, fixed at the year's end, closed (LZ-8.4, LL-3.10).

The head owes one talk a year with each member of a leadership (LL-3.10) and the office one collective talk with each
unit (LL-3.13): a clock for each, with the member or the unit as its recipient. Persons of LZ-8.3 are covered by any
talk with a leader of the office, one by one. Counts are of all talks, so that the item is for leaders only.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from contracts.events.inspection_talks import TalkCoverageClosed
from contracts.refusals import RefusalCode
from services.chassis.access import listed_ids, post
from services.chassis.act import Act, HandOn, Meets, Opens, Tells
from services.chassis.duties import duties_of, meet_duties, open_duty, void_duties
from services.chassis.perform import perform_as_service, unnamed
from services.chassis.performance import Performance
from services.chassis.reference import look_up
from services.chassis.subject import NORMAL
from services.chassis.tables import DirectoryOffice
from services.chassis.values import value_in_force
from services.chassis.work import Work
from services.inspection.acts.officials import (
    members,
    noon_of,
    of_roster,
    officials_of,
    unit_of,
    units_of,
    without,
)
from services.inspection.acts.posts import ids_in, persons_known
from services.inspection.acts.supervision_posts import HEAD
from services.inspection.domain.talk_codes import DEPUTY, TalkType
from services.inspection.domain.talk_coverage import is_short, permille
from services.inspection.papers.talks import (
    KeyPostList,
    TalkNote,
    TalkYearClosing,
    TalkYearOfOffice,
    TalkYearOpening,
)
from services.inspection.storage_talk import IntegrityTalk, TalkYear

AnyYear = Performance[TalkYear, Any]
LEADERS = (post("dispatched_office_leader"),)
MEMBER, UNIT = "LL-3.10", "LL-3.13"


def by_a_leader(p: AnyYear) -> TalkYear:
    return _of_year(p, p.work.actor.office_id)


def by_the_clock(p: AnyYear) -> TalkYear:
    return _of_year(p, p.paper.office_id)


def _of_year(p: AnyYear, office_id: str) -> TalkYear:
    """Key posts go on from the year before."""
    office = look_up(p.session, DirectoryOffice, office_id)
    before = select(TalkYear).where(TalkYear.office_id == office_id, TalkYear.year == p.paper.year - 1)
    last = p.session.scalars(before).one_or_none()
    return TalkYear(
        id=p.work.new_id(), no=f"TF-{office_id}-{p.paper.year}", state="open", version=0, secrecy=NORMAL,
        office_id=office_id, liaison_office_id=office.liaison_office_id if office else "", unit_id="",
        registrar_id="", handler_id="", addressee_id="", opened_on=p.today, changed_at=p.work.now,
        year=p.paper.year, key_post_ids=last.key_post_ids if last else "", roster_count=0, covered_count=0,
        covered_permille=0,
    )  # fmt: skip


def of_a_year_that_has_begun(p: AnyYear) -> None:
    if p.paper.year > p.today.year:
        raise p.refuse(RefusalCode.OUT_OF_RANGE, field="year")


def once_a_year(p: AnyYear) -> None:
    same = select(TalkYear.id).where(
        TalkYear.office_id == p.work.actor.office_id, TalkYear.year == p.paper.year
    )
    if p.session.scalars(same).first() is not None:
        raise p.refuse(RefusalCode.DUPLICATE, field="year")


def _talks(p: AnyYear) -> list[IntegrityTalk]:
    """The talks that the office held in the year, the earliest first."""
    item = p.subject
    query = select(IntegrityTalk).where(
        IntegrityTalk.office_id == item.office_id,
        IntegrityTalk.held_on.between(date(item.year, 1, 1), date(item.year, 12, 31)),
    )
    return list(p.session.scalars(query.order_by(IntegrityTalk.held_on, IntegrityTalk.id)))


def bring_up_to_date(p: AnyYear) -> None:
    """Clocks for whom they are owed by now, met by the talks that are on record; the coverage as it stands."""
    p.session.flush()
    officials, talks = officials_of(p.session, p.subject.office_id, p.subject.year), _talks(p)
    owed = {
        MEMBER: members(officials),
        UNIT: units_of(p.session, p.subject.office_id),
    }
    for clause, recipients in owed.items():
        _clocks(p, clause, recipients)
    p.session.flush()
    for talk in talks:
        _meet(p, talk)
    count(p, of_roster(officials), talks)


def _clocks(p: AnyYear, clause: str, recipients: list[str]) -> None:
    """Who left is owed nothing any more; in a year that is over no clock begins."""
    known = {duty.recipient: duty for duty in duties_of(p.session, p.subject) if duty.clause == clause}
    for gone in without(sorted(known), recipients):
        if known[gone].status == "open" and p.today.year == p.subject.year:
            void_duties(p.work, p.subject, clause, gone)
    if p.today.year != p.subject.year and p.act is not OPEN_TALK_YEAR:
        return
    for recipient in recipients:
        if recipient not in known or known[recipient].status == "voided":
            duty = open_duty(
                p.work, p.subject, clause=clause, value="talk_within", owed_by=HEAD, recipient=recipient,
                counted_from=date(p.subject.year, 1, 1),
            )  # fmt: skip
            p.opened.append(duty)


def _meet(p: AnyYear, talk: IntegrityTalk) -> None:
    """A collective talk counts as itself alone; with a member only the head's own talk counts."""
    if talk.held_on is None:
        raise LookupError("a talk that was not held counts nowhere")
    at = noon_of(talk.held_on, p.work.now)
    if talk.talk_type == TalkType.COLLECTIVE.value:
        p.met += meet_duties(p.work, p.subject, UNIT, talk.unit_id, at=at)
    elif talk.speaker_role == HEAD:
        p.met += meet_duties(p.work, p.subject, MEMBER, talk.person_id, at=at)


def count(p: AnyYear, roster: list[str], talks: list[IntegrityTalk]) -> None:
    """Who of the roster was talked to by a leader of the office, one by one (LZ-8.3, LL-3.12)."""
    item = p.subject
    talked = {talk.person_id for talk in talks if talk.speaker_role in (HEAD, DEPUTY)}
    missing = without(roster, talked)
    item.roster_count, item.covered_count = len(roster), len(roster) - len(missing)
    item.covered_permille = permille(item.covered_count, item.roster_count)
    item.missing_ids = listed_ids(missing)


def coverage_is_short(p: AnyYear) -> bool:
    percent = value_in_force(p.session, "LZ-8.4", "covered_share", p.today).amount
    return is_short(p.subject.covered_count, p.subject.roster_count, int(percent))


YEARS_CLOCK = Opens("LZ-8.4", "cover_within", HEAD, lambda p: date(p.subject.year, 1, 1))
OF_THE_YEAR = ("LZ-8.4", "LL-3.10", "LL-3.13")
OPEN_TALK_YEAR = Act(
    name="open_talk_year",
    zh="启动年度谈话覆盖",
    en="Open the year's coverage of talks",
    clauses=OF_THE_YEAR,
    on=TalkYear,
    by=(post("dispatched_office_leader", at=None),),
    paper=TalkYearOpening,
    new=by_a_leader,
    becomes="open",
    guards=(of_a_year_that_has_begun, once_a_year),
    effect=bring_up_to_date,
    opens=(YEARS_CLOCK,),
)
CONTINUE_TALK_YEAR = Act(
    name="continue_talk_year",
    zh="续开年度谈话覆盖",
    en="Go on with talks in a new year",
    clauses=OF_THE_YEAR,
    on=TalkYear,
    by=(),
    paper=TalkYearOfOffice,
    new=by_the_clock,
    becomes="open",
    effect=bring_up_to_date,
    opens=(YEARS_CLOCK,),
)


def posts_are_of_the_units(p: Performance[TalkYear, KeyPostList]) -> None:
    persons_known(p, p.paper.person_ids, "person_ids")
    units = units_of(p.session, p.subject.office_id)
    if any(unit_of(p.session, one) not in units for one in p.paper.person_ids):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="person_ids")


def keep_posts(p: Performance[TalkYear, KeyPostList]) -> None:
    p.subject.key_post_ids = listed_ids(dict.fromkeys(p.paper.person_ids))
    bring_up_to_date(p)


NAME_KEY_POSTS = Act(
    name="name_key_posts",
    zh="认定重点岗位人员",
    en="Name who holds a key post",
    clauses=("LZ-8.3", "LZ-8.4"),
    on=TalkYear,
    by=LEADERS,
    paper=KeyPostList,
    when=("open",),
    guards=(posts_are_of_the_units,),
    effect=keep_posts,
    anytime=True,
)


def update(p: AnyYear) -> None:
    """While the year runs by the roster as it is, afterwards by that of 31 December."""
    if p.subject.state == "open":
        bring_up_to_date(p)
        return
    talks = _talks(p)
    for talk in talks:
        _meet(p, talk)
    count(p, ids_in(p.subject.roster_ids), talks)


NOTE_TALK_OF_YEAR = Act(
    name="note_talk_of_year",
    zh="谈话计入年度覆盖",
    en="A talk counts in the year",
    clauses=OF_THE_YEAR,
    on=TalkYear,
    by=(),
    paper=TalkNote,
    when=("open", "fixed"),
    effect=update,
    keeps_paper=False,
)


def note_talk(p: Performance[IntegrityTalk, Any]) -> None:
    """Leaders who may not know of the talk are not told who caused it."""
    year = p.subject.held_on.year if p.subject.held_on else p.today.year
    query = select(TalkYear).where(TalkYear.office_id == p.subject.office_id, TalkYear.year == year)
    item = p.session.scalars(query.with_for_update()).one_or_none()
    if item is not None and item.state in NOTE_TALK_OF_YEAR.when:
        with unnamed(p.work):
            perform_as_service(p.work, NOTE_TALK_OF_YEAR, TalkNote(noted_on=p.today), item)


def note_checkpoint(p: Performance[TalkYear, TalkNote]) -> None:
    bring_up_to_date(p)
    p.subject.checkpoint_on = p.paper.noted_on


def members_are_open(p: AnyYear) -> bool:
    return any(duty.clause == MEMBER and duty.status == "open" for duty in duties_of(p.session, p.subject))


JUDGE_TALK_CHECKPOINT = Act(
    name="judge_talk_checkpoint",
    zh="谈话进度检查",
    en="Look at the coverage at a checkpoint",
    clauses=OF_THE_YEAR,
    on=TalkYear,
    by=(),
    paper=TalkNote,
    when=("open",),
    effect=note_checkpoint,
    keeps_paper=False,
    tells=(
        Tells(
            HEAD,
            "talk_coverage_short",
            "LZ-8.4",
            office=lambda p: p.subject.office_id,
            only_if=coverage_is_short,
        ),
        Tells(
            HEAD,
            "member_talks_open",
            "LL-3.10",
            office=lambda p: p.subject.office_id,
            only_if=members_are_open,
        ),
    ),
)


def fix_roster(p: AnyYear) -> None:
    """Whoever holds such a post at the end of 31 December, also who came in December, counts."""
    roster = of_roster(officials_of(p.session, p.subject.office_id, p.subject.year))
    p.subject.roster_ids = listed_ids(roster)
    count(p, roster, _talks(p))


FIX_TALK_ROSTER = Act(
    name="fix_talk_roster",
    zh="固定年末名单",
    en="The roster of 31 December is fixed",
    clauses=("LZ-8.4",),
    on=TalkYear,
    by=(),
    paper=TalkNote,
    when=("open",),
    becomes="fixed",
    effect=fix_roster,
    keeps_paper=False,
)


def exceptions_are_of_the_missing(p: Performance[TalkYear, TalkYearClosing]) -> None:
    """A reason for everybody who was not talked to closes the year; a reason for anybody else is a slip."""
    named = [line.person_id for line in p.paper.exceptions]
    if len(set(named)) < len(named):
        raise p.refuse(RefusalCode.DUPLICATE, field="exceptions.person_id")
    missing = ids_in(p.subject.missing_ids)
    if without(named, missing):
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="exceptions.person_id")
    excused = len(named) + p.subject.covered_count
    percent = int(value_in_force(p.session, "LZ-8.4", "covered_share", p.today).amount)
    if is_short(excused, p.subject.roster_count, percent):
        raise p.refuse(RefusalCode.COVERAGE_SHORT, field="exceptions")


def keep_closing(p: Performance[TalkYear, TalkYearClosing]) -> None:
    p.subject.exception_ids = listed_ids(line.person_id for line in p.paper.exceptions)
    p.subject.closed_on = p.today


CLOSE_TALK_YEAR = Act(
    name="close_talk_year",
    zh="关闭年度谈话覆盖",
    en="Close the year's coverage",
    clauses=("LZ-8.4",),
    on=TalkYear,
    by=LEADERS,
    paper=TalkYearClosing,
    when=("fixed",),
    otherwise={"open": RefusalCode.PERIOD_OPEN},
    becomes="closed",
    guards=(exceptions_are_of_the_missing,),
    effect=keep_closing,
    meets=(Meets("LZ-8.4"),),
    hands_on=(
        HandOn(
            TalkCoverageClosed,
            lambda p: TalkCoverageClosed(
                office_id=p.subject.office_id,
                year=str(p.subject.year),
                roster=p.subject.roster_count,
                covered=p.subject.covered_count,
                exceptions=len(p.paper.exceptions),
            ),
        ),
    ),
)


def latest_years(work: Work) -> list[tuple[str, int]]:
    """Each office's latest year."""
    found: dict[str, int] = {}
    for office_id, year in work.session.execute(select(TalkYear.office_id, TalkYear.year)):
        found[office_id] = max(year, found.get(office_id, 0))
    return sorted(found.items())


ACTS: tuple[Act[Any, Any], ...] = (
    OPEN_TALK_YEAR,
    CONTINUE_TALK_YEAR,
    NAME_KEY_POSTS,
    NOTE_TALK_OF_YEAR,
    JUDGE_TALK_CHECKPOINT,
    FIX_TALK_ROSTER,
    CLOSE_TALK_YEAR,
)
