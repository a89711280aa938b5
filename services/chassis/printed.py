"""What a paper looks like to a reader: titles of its fields, and how it stands in print."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel

from contracts.clause import catalogue
from services.chassis.act import PaperForm


def titles_of(form: type[BaseModel]) -> dict[str, str]:
    """Chinese titles by the field's name; those of a part under `field.part`."""
    return dict(_titles(form, ""))


def in_print(form: type[PaperForm] | None) -> dict[str, Any]:
    """`zh`: the title; `copies`; `signatories`: who signs, in Chinese. As the text has it, where it has the paper.

    `parts`: the same for each field that is a paper of its own.
    """
    whole = {"zh": form.ZH if form else "", "copies": 1, "signatories": []}
    if form is not None and form.PRINTED_AS:
        whole = _of_the_text(form.PRINTED_AS)
    parts = form.PRINTED_PARTS if form is not None else {}
    return whole | {"parts": {field: _of_the_text(code) for field, code in parts.items()}}


def _of_the_text(code: str) -> dict[str, Any]:
    paper = catalogue().paper(code)
    signing = (
        "或".join(catalogue().role(role).zh for role in anyone) for anyone in map(_roles, paper.signatories)
    )
    return {"zh": paper.zh, "copies": max(paper.copies, 1), "signatories": list(signing)}


def _roles(alternatives: str) -> list[str]:
    return alternatives.split("|")


def _titles(form: type[BaseModel], above: str) -> Iterator[tuple[str, str]]:
    for name, field in form.model_fields.items():
        yield above + name, field.title or name
        for part in _parts(field.annotation):
            yield from _titles(part, f"{above}{name}.")


def _parts(annotation: object) -> Iterator[type[BaseModel]]:
    """The models in an annotation, however deep in tuples, unions and `Annotated`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _parts(inner)
