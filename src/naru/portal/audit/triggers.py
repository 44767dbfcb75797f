"""The database's own refusal to change or delete audit events, for SQLite and PostgreSQL.

Installed by a migration. A migration that rebuilds the table on SQLite loses its triggers and must install
them again. Tests that empty the database take them off first: production code never does.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

REFUSAL = "audit events are append-only"
SQLITE = [
    f"""
    CREATE TRIGGER audit_event_no_{verb.lower()} BEFORE {verb} ON audit_event
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
    """
    for verb in ("UPDATE", "DELETE")
]
POSTGRESQL = [
    f"""
    CREATE OR REPLACE FUNCTION audit_event_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$
    """,
    """
    CREATE TRIGGER audit_event_no_update BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION audit_event_refuse()
    """,
]


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the database refuse UPDATE and DELETE (and TRUNCATE) on the table of events."""
    with connection.cursor() as cursor:
        for statement in SQLITE if connection.vendor == "sqlite" else POSTGRESQL:
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers off again."""
    table = " ON audit_event" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER IF EXISTS audit_event_no_update{table}")
        cursor.execute(f"DROP TRIGGER IF EXISTS audit_event_no_delete{table}")
