"""What every kind of every service must keep to."""

from __future__ import annotations

import pytest

from dengwen.definitions import definition
from services.chassis.settings import SERVICES

OF_EVERY_ITEM = {
    "duties", "papers", "attachments", "proposals", "timeline", "acts", "not_now", "gaps", "beside",
    "kind_zh", "kind_en",
}  # fmt: skip
"""What the answer about an item tells of any item: a column of this name would be hidden by it."""


@pytest.mark.parametrize("service", SERVICES)
def test_no_column_that_a_kind_shows_is_hidden_by_what_is_told_of_every_item(service: str) -> None:
    hidden = {kind.model.KIND: OF_EVERY_ITEM & set(kind.model.SHOWN) for kind in definition(service).kinds}
    assert {kind: names for kind, names in hidden.items() if names} == {}
