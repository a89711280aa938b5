"""What several clause tests start from."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clauses.case_steps import CaseWorld
from tests.clauses.decision_steps import DecisionWorld
from tests.clauses.review_steps import ReviewWorld


@pytest.fixture(scope="session")
def clue_to_be_filed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a world with one clue that is proposed for filing; copy it, and go on in the copy."""
    folder = tmp_path_factory.mktemp("cases") / "template"
    made = CaseWorld(folder)
    made.proposed()
    made.world.close()
    return folder


@pytest.fixture(scope="session")
def case_to_be_reviewed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a world with one case that was sent for review; copy it, and go on in the copy."""
    folder = tmp_path_factory.mktemp("reviews") / "template"
    made = ReviewWorld(folder)
    made.sent_case()
    made.world.close()
    return folder


@pytest.fixture(scope="session")
def reviewed_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a world with one case whose internal review was completed; copy it, and go on in the copy."""
    folder = tmp_path_factory.mktemp("reviewed") / "template"
    made = ReviewWorld(folder)
    made.completed()
    made.world.close()
    return folder


@pytest.fixture(scope="session")
def case_with_the_unit_told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a world with one case whose unit was told of the proposed sanction; copy it, and go on."""
    folder = tmp_path_factory.mktemp("notified") / "template"
    made = DecisionWorld(folder)
    made.notified()
    made.world.close()
    return folder
