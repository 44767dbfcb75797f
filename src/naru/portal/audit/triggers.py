"""The database's own refusal to change or delete rows that are only added, for SQLite and PostgreSQL.

Installed by a migration of the table's room. A migration that rebuilds the table on SQLite loses its
triggers and must install them again. Tests that empty the database take them off first: production code
never does.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

EVENTS = "audit_event"
# Rows of these tables are refused to change only when this holds of the row as it was
CONDITIONS = {"audit_read": {"UPDATE": "OLD.batch_id IS NOT NULL", "DELETE": "OLD.batch_id IS NULL"}}


def _when(table: str, verb: str) -> str:
    condition = CONDITIONS.get(table, {}).get(verb, "")
    return f"WHEN ({condition})" if condition else ""


def _sqlite(table: str) -> list[str]:
    return [
        f"""
        CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} {_when(table, verb)}
        BEGIN SELECT RAISE(ABORT, '{table}: rows are append-only'); END
        """
        for verb in ("UPDATE", "DELETE")
    ]


def _postgresql(table: str) -> list[str]:
    function = f"""
        CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{table}: rows are append-only'; END $$
        """
    if table in CONDITIONS:
        return [
            function,
            *(
                f"""
                CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}
                FOR EACH ROW {_when(table, verb)} EXECUTE FUNCTION {table}_refuse()
                """
                for verb in CONDITIONS[table]
            ),
        ]
    return [
        function,
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
