"""Appeals (이의신청): an objection to a published result, its answer, and what a success leads to (R-06)."""
