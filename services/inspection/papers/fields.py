"""What the fields of inspection's papers have in common."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, JsonValue

C = TypeVar("C", bound=StrEnum)

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:-]{1,64}$")]
IdOrEmpty = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:-]{0,64}$")]
Number = Annotated[str, Field(max_length=64)]


class Line(BaseModel):
    """A row of a paper."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


def labels(names: Mapping[C, str]) -> dict[str, JsonValue]:
    """Chinese names of codes, for the form."""
    return {"labels": {code.value: zh for code, zh in names.items()}}


def of(clause: str, names: Mapping[C, str] | None = None) -> dict[str, JsonValue]:
    """The clause that a field carries out, and the names of its codes."""
    return {"clause": clause} | (labels(names) if names else {})
