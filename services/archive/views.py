"""What archive shows beside its items: names for display, the search for registrars, catalogues and packages."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from werkzeug.wrappers import Response

from contracts.refusals import Refusal, RefusalCode
from services.archive.acts.volumes import CATALOGUE
from services.archive.clause_views import CLAUSE_VIEWS
from services.archive.domain.names import PAIR, spelled
from services.archive.domain.posts import ADMINISTRATORS
from services.archive.names import find, names_of
from services.archive.opinion_views import OPINION_VIEWS
from services.archive.storage import SealedPackage, Volume
from services.chassis.access import By, post, require_fresh_directory
from services.chassis.http import Context, Route, signed_in
from services.chassis.papers import papers_of, read_paper
from services.chassis.resources import item
from services.chassis.runtime import Kind
from services.chassis.tables import DirectoryAccount
from services.chassis.work import Work

MOST_IDS = 200
ID_LENGTH = 64
MOST_FOUND = 20
REGISTRARS: By = post(
    "dispatched_office", "petition_office", "case_supervision_office", "liaison_discipline_office",
    "inspection_office", "seconded_cadre", "archivist", at=None,
)  # fmt: skip
"""Who registers petitions and clues, and so has to find whom they are about; members of a round's teams among them."""


def names(context: Context, work: Work) -> Any:
    """Names of persons by id, for display. An administrator gets those of account holders only."""
    given = context.query("ids", longest=MOST_IDS * (ID_LENGTH + 1))
    ids = list(dict.fromkeys(part for part in given.split(",") if part))
    if not ids:
        raise Refusal(RefusalCode.MISSING_FIELD, field="ids")
    if len(ids) > MOST_IDS:
        raise Refusal(RefusalCode.OUT_OF_RANGE, field="ids")
    if work.actor.role in ADMINISTRATORS:
        holders = select(DirectoryAccount.person_id).where(DirectoryAccount.person_id.in_(ids))
        ids = list(work.session.scalars(holders))
    found = names_of(work.session, work.runtime.ring, ids)
    return {
        "persons": [{"id": person_id, "name": found[person_id]} for person_id in ids if person_id in found]
    }


def search(context: Context, work: Work) -> Any:
    """Persons whose name holds a fragment: two characters, or one within a unit. Recusal does not apply to the roster.

    That somebody searched is in the audit trail; for whom is not, and neither are the persons found: who is looked
    for may be about to be reported, and a sealed petition must leave no trace.
    """
    asked = _asked(context)
    fragment, unit_id = spelled(asked["q"]), asked["unit"]
    if not REGISTRARS.has_role(work.actor):
        work.audit("search_persons", "refused", subject_kind="roster", code=RefusalCode.WRONG_ROLE.value)
        work.session.commit()
        raise Refusal(RefusalCode.WRONG_ROLE)
    if len(fragment) < (1 if unit_id else PAIR):
        raise Refusal(RefusalCode.MISSING_FIELD, field="q")
    require_fresh_directory(work.session, work.runtime.settings.directory_stale_after)
    found = find(work.session, work.runtime.ring, fragment, unit_id, MOST_FOUND)
    work.audit("search_persons", "read", subject_kind="roster", facts={"found": len(found)})
    return {
        "persons": [
            {"id": person.id, "name": name, "unit_id": person.unit_id, "office_id": person.office_id,
             "post": person.post_title or person.post_code, "level": person.level}
            for person, name in found
        ]
    }  # fmt: skip


def _asked(context: Context) -> dict[str, str]:
    """`q` and `unit` of the body: a name stands in no address, for addresses are logged on the way."""
    body = context.json()
    if set(body) - {"q", "unit"}:
        raise Refusal(RefusalCode.UNKNOWN_FIELD)
    asked = {name: body.get(name, "") for name in ("q", "unit")}
    for name, value in asked.items():
        if not isinstance(value, str) or len(value) > {"q": 50, "unit": ID_LENGTH}[name] or "\x00" in value:
            raise Refusal(RefusalCode.INVALID_FIELD, field=name)
    return asked


def volume_of(context: Context, work: Work) -> Volume:
    volume: Volume = item(context, work, _kind(work))
    require_fresh_directory(work.session, work.runtime.settings.directory_stale_after)
    return volume


def catalogue(context: Context, work: Work) -> Any:
    """The volume's catalogue: documents, and the officers with their parts and names for good (LZ-22.12)."""
    volume = volume_of(context, work)
    filed = [paper for paper in papers_of(work.session, volume) if paper.kind == CATALOGUE]
    if not filed:
        raise Refusal(RefusalCode.PRECONDITION_NOT_MET, clauses=("LZ-22.7",))
    form = read_paper(work.session, work.runtime.ring, filed[-1])["form"]
    work.audit("read_catalogue", "read", subject=volume, clauses=("LZ-22.7", "LZ-22.12"))
    shown = {
        name: form[name]
        for name in ("source_no", "documents", "officers", "papers", "attachments", "entries")
    }
    return {"id": volume.id, "no": volume.no, "clauses": ["LZ-22.7", "LZ-22.12"]} | shown


def package(context: Context, work: Work) -> Any:
    """The sealed package as it stands, for an archivist; only the archive's key opens it. The export is logged."""
    volume = volume_of(context, work)
    if work.actor.role != "archivist":
        work.audit("export_volume", "refused", subject=volume, code=RefusalCode.WRONG_ROLE.value)
        work.session.commit()
        raise Refusal(RefusalCode.WRONG_ROLE, clauses=("LZ-22.9",))
    sealed = work.session.get(SealedPackage, volume.id)
    if sealed is None:
        raise Refusal(RefusalCode.PRECONDITION_NOT_MET, clauses=("LZ-22.7",))
    entry = work.audit("export_volume", "exported", subject=volume, clauses=("LZ-22.7", "LZ-22.9"),
                       facts={"package": volume.package_digest})  # fmt: skip
    response = Response(sealed.body, mimetype="application/octet-stream")
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Disposition"] = f'attachment; filename="{volume.id}.dengwen"'
    response.headers["Dengwen-Audit-Entry"] = entry
    return response


def _kind(work: Work) -> Kind:
    kind: Kind = work.runtime.kinds[Volume.KIND]
    return kind


VIEWS = (
    Route("GET", "/persons", signed_in(names), ("姓名（供显示）", "names, for display")),
    Route("POST", "/persons/search", signed_in(search),
          ("查找名册人员（查询留痕）", "find a person; the search is logged"), takes="PersonSearch"),
    Route("GET", "/volumes/<id>/catalogue", signed_in(catalogue),
          ("归档目录（阅览留痕）", "catalogue of a volume; the reading is logged"), clauses=("LZ-22.7", "LZ-22.12")),
    Route("GET", "/volumes/<id>/package", signed_in(package),
          ("导出案卷包（导出留痕）", "export a sealed package; the export is logged"), clauses=("LZ-22.7",)),
    *CLAUSE_VIEWS,
    *OPINION_VIEWS,
)  # fmt: skip
