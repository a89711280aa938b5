"""Plan and reports are reviewed: two sections are asked, both answer the office, it replies with one voice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from contracts.refusals import RefusalCode
from services.chassis.access import listed_ids
from services.chassis.values import value_in_force
from services.inspection.acts.posts import ids_in
from services.inspection.acts.rectification_opening import AnyRectification
from services.inspection.domain.after_feedback_codes import FormAddressee
from services.inspection.domain.codes import Section
from services.inspection.storage_after_feedback import Rectification

Guard = Callable[[AnyRectification], None]
BOTH = {one.value for one in Section}


def copies_are_in(clause: str) -> Guard:
    """A guard: as many copies as the text asks for."""

    def guard(p: AnyRectification) -> None:
        if p.paper.copies < int(value_in_force(p.session, clause, "copies", p.today).amount):
            raise p.refuse(RefusalCode.COPY_COUNT, field="copies", clauses=(clause,))

    return guard


def ask_sections(p: AnyRectification) -> None:
    """Who is asked may know of the unit's rectification from then on."""
    asked = [one.value for one in p.paper.sections]
    p.subject.asked = listed_ids(dict.fromkeys([*ids_in(p.subject.asked), *asked]))
    p.subject.before_roles = listed_ids(dict.fromkeys([*ids_in(p.subject.before_roles), *asked]))


def form_goes_to_the_office(p: AnyRectification) -> None:
    if p.paper.sent_to is not FormAddressee.OFFICE:
        raise p.refuse(RefusalCode.WRONG_ROUTE, field="sent_to")


def section_speaks_for_itself(p: AnyRectification) -> None:
    """It was asked, and no other section's form is entered by it."""
    section, role = p.paper.reviewing_section.value, p.work.actor.role
    if role in BOTH and role != section:
        raise p.refuse(RefusalCode.WRONG_ROLE, field="reviewing_section")
    if section not in ids_in(p.subject.asked):
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, field="reviewing_section")
    if section in ids_in(p.subject.forms):
        raise p.refuse(RefusalCode.DUPLICATE, field="reviewing_section")


def reviewed_by_now(p: AnyRectification) -> None:
    if p.paper.reviewed_on > p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="reviewed_on")


FORM_GUARDS: tuple[Guard, ...] = (form_goes_to_the_office, section_speaks_for_itself, reviewed_by_now)


def take_form(p: AnyRectification) -> None:
    p.subject.forms = listed_ids([*ids_in(p.subject.forms), p.paper.reviewing_section.value])


def heard_from_both(asking: str, replying: str) -> Guard:
    """A need of the reply: both sections were asked (clause `asking`), and both forms are there (`replying`)."""

    def need(p: AnyRectification) -> None:
        if set(ids_in(p.subject.asked)) != BOTH:
            raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, clauses=(asking,))
        if set(ids_in(p.subject.forms)) != BOTH:
            raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, clauses=(replying,))

    return need


def begin_anew(of: Rectification) -> None:
    """What comes in next is reviewed from the beginning."""
    of.asked = of.forms = ""


def asked_event(p: AnyRectification) -> dict[str, Any]:
    return {"unit_id": p.subject.unit_id, "sections": tuple(ids_in(p.subject.asked)), "asked_on": p.today}
