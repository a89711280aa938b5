"""The 17 categories of a round's archive (XC-46): data that inspection files by and archive checks by."""

from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

_FILE = Path(__file__).parent / "vocabulary" / "archive_categories.yaml"


class ArchiveCategory(BaseModel):
    """One category: its row, its names, the papers that the text lists for it, and who may know of them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: int
    clause: str
    zh: str
    en: str
    papers: tuple[str, ...]
    secrecy: Literal["normal", "restricted", "sealed"]
    citation: str


@cache
def archive_categories() -> tuple[ArchiveCategory, ...]:
    """All of them, by number."""
    rows = yaml.safe_load(_FILE.read_text("utf-8"))["categories"]
    return TypeAdapter(tuple[ArchiveCategory, ...]).validate_python(rows)


def archive_category(number: int) -> ArchiveCategory:
    """The category of a number; raises LookupError for one that there is not."""
    return {category.number: category for category in archive_categories()}[number]
