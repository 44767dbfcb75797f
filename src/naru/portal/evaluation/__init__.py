"""Evaluation: pledge, conflicts, score sheets, append-only."""
