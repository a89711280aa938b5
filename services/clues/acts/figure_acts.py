"""The acts behind the figures, and the kind that publishing one opens."""

from __future__ import annotations

from services.chassis.access import REGISTRAR, Knows, anyone
from services.chassis.runtime import Kind
from services.clues.acts.first_form import FIRST_FORM_ACTS
from services.clues.acts.fourth_form import FOURTH_FORM_ACTS
from services.clues.acts.published_figures import PUBLISH_FIGURE
from services.clues.storage_figure import PublishedFigure

KNOWS_PUBLISHED_FIGURE = Knows(ordinary=(anyone(REGISTRAR),))
"""The publisher's alone: it counts what they may know of, and others may not know of all of it."""

FIGURE_KINDS = (Kind(PublishedFigure, KNOWS_PUBLISHED_FIGURE, "published-figures"),)
FIGURE_ACTS = (*FIRST_FORM_ACTS, *FOURTH_FORM_ACTS, PUBLISH_FIGURE)
