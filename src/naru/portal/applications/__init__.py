"""Applying: draft, evidence documents, submission and receipt, withdrawal."""
