"""The example authority: who a fresh installation knows."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Office(_Row):
    id: str
    kind: str
    zh: str
    en: str
    liaison: str = ""


class Coverage(_Row):
    unit: str
    office: str
    liaison: str


class Person(_Row):
    id: str
    zh: str
    level: str
    managed_by: str
    office: str = ""
    unit: str = ""
    superior: str = ""
    leader: bool = False
    party_head: bool = False


class Post(_Row):
    person: str
    role: str
    office: str = ""
    unit: str = ""

    @property
    def id(self) -> str:
        return f"{self.person}.{self.role}"

    @property
    def account(self) -> str:
        return self.person.removeprefix("p-")


class Authority(_Row):
    offices: tuple[Office, ...]
    coverage: tuple[Coverage, ...]
    persons: tuple[Person, ...]
    posts: tuple[Post, ...]


@cache
def example_authority() -> Authority:
    """The authority in `authority.yaml`."""
    text = (Path(__file__).parent / "authority.yaml").read_text(encoding="utf-8")
    return Authority.model_validate(yaml.safe_load(text))


def administrators_only() -> Authority:
    """What an installation begins with that is not an example: one office and the three administrators."""
    whole = example_authority()
    posts = tuple(post for post in whole.posts if post.role.endswith("_administrator"))
    persons = tuple(p for p in whole.persons if p.id in {post.person for post in posts})
    offices = tuple(office for office in whole.offices if office.id in {post.office for post in posts})
    return Authority(offices=offices, coverage=(), persons=persons, posts=posts)
