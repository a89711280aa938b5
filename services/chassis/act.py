"""Acts (办理): the only way in which anything changes. A service declares them, the chassis performs them.

A declaration says who may act, from which state, on which paper, with whose approval, which duties it
opens and meets, what it hands on and which clauses it carries out. Whatever does not fit these words is a
plain named function beside it (`guards`, `effect`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, field_validator

from contracts.events.base import Event
from contracts.refusals import RefusalCode
from services.chassis.access import OWN_OFFICE, By, Relation, post
from services.chassis.subject import SubjectColumns

if TYPE_CHECKING:
    from services.chassis.performance import Performance

S = TypeVar("S", bound=SubjectColumns)

PLAUSIBLE_YEARS = range(1900, 2201)


class PaperForm(BaseModel):
    """Base of all papers (文书): what the form asks. `ZH`, `EN`: its name. Field titles are Chinese.

    `PRINTED_AS`: the paper of `contracts/vocabulary/papers.yaml` whose title, signatories and number of copies it has
    in print; without one it is printed under its own name, once, for nobody's signature.
    `PRINTED_PARTS`: fields of it that are papers of their own in print, each the paper of the vocabulary named here.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)
    ZH: ClassVar[str] = ""
    EN: ClassVar[str] = ""
    PRINTED_AS: ClassVar[str] = ""
    PRINTED_PARTS: ClassVar[Mapping[str, str]] = {}

    @field_validator("*")
    @classmethod
    def _is_plausible(cls, value: Any) -> Any:
        """Time limits are counted from days between 1900 and 2200; any other date is a slip of the pen."""
        if isinstance(value, date) and value.year not in PLAUSIBLE_YEARS:
            raise ValueError
        return value

    def filed(self) -> dict[str, Any]:
        """What goes into the file. A paper of which a part is kept elsewhere leaves that part out here."""
        return self.model_dump(mode="json")


class NoPaper(PaperForm):
    """For acts that need no form."""

    ZH = "无需填写"
    EN = "nothing to fill in"


@dataclass(frozen=True)
class Step:
    """An approval step. `sole`: the text names one sole approver, who may then approve an own proposal (logged)."""

    by: By
    zh: str
    clause: str
    sole: bool = False


def approved_by(
    role: str, zh: str, clause: str, *, sole: bool = False, at: Relation | None = OWN_OFFICE
) -> Step:
    return Step(post(role, at=at), zh, clause, sole)


@dataclass(frozen=True)
class Document:
    """A document that must (or may) be attached, by kind (papers.yaml)."""

    kind: str
    zh: str
    clause: str
    required: bool = True


@dataclass(frozen=True)
class Opens:
    """A clock that the act opens: `value` names the clause's dated value, `counted_from` gives day zero.

    `taken_over` says that the item comes from an older ledger: a clock that is overdue when it opens is then
    reminded of in digests only. `warn_before`: days before the due day on which it is warned of, where the text's clock
    is not counted in days.
    """

    clause: str
    value: str
    owed_by: str
    counted_from: Callable[[Performance[Any, Any]], date]
    owed_person: Callable[[Performance[Any, Any]], str] = lambda _: ""
    to: str = ""
    only_if: Callable[[Performance[Any, Any]], bool] = lambda _: True
    taken_over: Callable[[Performance[Any, Any]], bool] = lambda _: False
    warn_before: tuple[int, ...] = ()


@dataclass(frozen=True)
class Meets:
    """Clocks of the subject that the act meets; `to` tells apart clocks of one clause with several recipients."""

    clause: str
    to: Callable[[Performance[Any, Any]], str] = lambda _: ""


@dataclass(frozen=True)
class HandOn:
    """An event that the act hands to other offices; references, codes and dates only.

    `to` narrows who gets it (of the contracted consumers; None: all of them): what is sealed goes to nobody new.
    """

    event: type[Event]
    build: Callable[[Performance[Any, Any]], Event]
    only_if: Callable[[Performance[Any, Any]], bool] = lambda _: True
    to: Callable[[Performance[Any, Any]], tuple[str, ...] | None] = lambda _: None


@dataclass(frozen=True)
class Tells:
    """A notice to a post: `to` is a role, at the office that `office` gives (empty: wherever the post is)."""

    to: str
    template: str
    clause: str
    office: Callable[[Performance[Any, Any]], str] = lambda _: ""
    person: Callable[[Performance[Any, Any]], str] = lambda _: ""
    only_if: Callable[[Performance[Any, Any]], bool] = lambda _: True


@dataclass(frozen=True)
class After:
    """An act that has to be done on the item first, whoever asks for this one; `clause` says so."""

    act: str
    clause: str
    code: RefusalCode = RefusalCode.PRECONDITION_NOT_MET
    only_if: Callable[[Performance[Any, Any]], bool] = lambda _: True


@dataclass(frozen=True)
class Warns:
    """A gap (COMPLIANCE_GAP) that the act notes for each of `about`: ids or codes of what lacks its record.

    Of none: gaps that the same act noted before are filled. An empty string is the item itself.
    """

    clause: str
    about: Callable[[Performance[Any, Any]], Iterable[str]]


@dataclass(frozen=True)
class Fills:
    """Gaps of the item that the act fills; `about` as in `Warns`."""

    clause: str
    about: Callable[[Performance[Any, Any]], Iterable[str]] = lambda _: ("",)


P = TypeVar("P", bound=PaperForm)


@dataclass(frozen=True, kw_only=True)
class Act(Generic[S, P]):
    """One act. `needs` refuse by the item and the actor alone, before there is a paper; `guards` look at the paper.

    What an act needs decides whether it is offered, in lists too: needs ask `p.standing`, `p.session.get` of the
    directory and `p.work.once`, and send no statement of their own for each item.
    `while_open`: the clause of a clock that must be open; without one the act is done (DUPLICATE).
    `after`: acts that come first. `once`: it is done one time only on an item (DUPLICATE).
    `anytime`: may be done, and nothing waits for it: it is offered on the item and brings none into a worklist.
    """

    name: str
    zh: str
    en: str
    clauses: tuple[str, ...]
    on: type[S]
    by: tuple[By, ...]
    paper: type[P]
    new: Callable[[Performance[Any, Any]], S] | None = None
    when: tuple[str, ...] = ()
    otherwise: Mapping[str, RefusalCode] = field(default_factory=dict)
    becomes: str = ""
    documents: tuple[Document, ...] = ()
    approvals: tuple[Step, ...] = ()
    makes_handler: bool = False
    needs: tuple[Callable[[Performance[S, Any]], None], ...] = ()
    while_open: str = ""
    after: tuple[After, ...] = ()
    once: bool = False
    guards: tuple[Callable[[Performance[S, P]], None], ...] = ()
    sets: tuple[str, ...] = ()
    effect: Callable[[Performance[S, P]], None] | None = None
    opens: tuple[Opens, ...] = ()
    meets: tuple[Meets, ...] = ()
    warns: tuple[Warns, ...] = ()
    fills: tuple[Fills, ...] = ()
    hands_on: tuple[HandOn, ...] = ()
    tells: tuple[Tells, ...] = ()
    keeps_paper: bool = True
    anytime: bool = False
    archived_as: str = ""

    @property
    def creates(self) -> bool:
        """Opens a new item: `new` builds it from the paper."""
        return self.new is not None

    @property
    def by_system(self) -> bool:
        """Done by reactions only, never through the API."""
        return not self.by
