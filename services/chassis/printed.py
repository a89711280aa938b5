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
    """`zh`: the title; `copies`; `signatories`: who signs, in Chinese. As the text has it, where it has the paper."""
    if form is None or not form.PRINTED_AS:
        return {"zh": form.ZH if form else "", "copies": 1, "signatories": []}
    paper = catalogue().paper(form.PRINTED_AS)
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
