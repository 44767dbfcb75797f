"""The database's own refusal to change or delete rows that are only added, for SQLite and PostgreSQL.

Installed by a migration of the table's room. A migration that rebuilds the table on SQLite loses its
triggers and must install them again. Tests that empty the database take them off first: production code
never does.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

EVENTS = "audit_event"


def _sqlite(table: str) -> list[str]:
    return [
        f"""
        CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}
        BEGIN SELECT RAISE(ABORT, '{table}: rows are append-only'); END
        """
        for verb in ("UPDATE", "DELETE")
    ]


def _postgresql(table: str) -> list[str]:
    return [
        f"""
        CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{table}: rows are append-only'; END $$
        """,
        f"""
        CREATE TRIGGER {table}_no_update BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()
        """,
    ]


def install(connection: BaseDatabaseWrapper, table: str = EVENTS) -> None:
    """Make the database refuse UPDATE and DELETE (and TRUNCATE) on `table`, a name from our own code."""
    with connection.cursor() as cursor:
        for statement in (_sqlite if connection.vendor == "sqlite" else _postgresql)(table):
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper, table: str = EVENTS) -> None:
    """Take the triggers off again."""
    place = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_update{place}")
        cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_delete{place}")
