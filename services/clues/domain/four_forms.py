"""The four forms (四种形态): which of them a handling or a sanction counts to (GL-1.32 to GL-1.35)."""

from __future__ import annotations

from enum import StrEnum

from services.clues.domain.verification import Handling


class FourForms(StrEnum):
    """Forms of supervision and discipline, the lightest first."""

    FIRST = "first_form"
    SECOND = "second_form"
    THIRD = "third_form"
    FOURTH = "fourth_form"


FOUR_FORMS_ZH = {
    FourForms.FIRST: "第一种形态",
    FourForms.SECOND: "第二种形态",
    FourForms.THIRD: "第三种形态",
    FourForms.FOURTH: "第四种形态",
}

FORM_OF_HANDLING = {
    Handling.REMINDER: FourForms.FIRST,
    Handling.CRITICISM: FourForms.FIRST,
    Handling.SELF_EXAMINATION: FourForms.FIRST,
    Handling.ADMONITION: FourForms.FIRST,
    Handling.ORGANISATIONAL: FourForms.SECOND,
}
"""Of a clue that ends by handling. Organisational adjustment is of the second form, as the Party's rules have it."""

FORMS_OF_A_SANCTION = frozenset({FourForms.SECOND, FourForms.THIRD, FourForms.FOURTH})
"""A sanction is never the first form."""
