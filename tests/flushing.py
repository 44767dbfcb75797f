"""Tests with real transactions empty the tables after each test; append-only triggers would refuse."""

from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import TransactionTestCase

from naru.portal.audit import triggers

APPEND_ONLY = (
    "audit_event",
    "audit_anchor",
    "audit_read",
    "evaluation_scoresheet",
    "evaluation_recalculation",
    "screening_findingruling",
)


@contextmanager
def emptied_for_tests():
    """While open, emptying the database takes the triggers off first and puts them back."""
    original = TransactionTestCase._fixture_teardown

    def teardown(self):
        if connection.in_atomic_block or "audit_event" not in connection.introspection.table_names():
            return original(self)
        for table in APPEND_ONLY:
            triggers.remove(connection, table)
        try:
            return original(self)
        finally:
            for table in APPEND_ONLY:
                triggers.remove(connection, table)
                triggers.install(connection, table)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield
