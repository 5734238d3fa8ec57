"""What was deleted stays readable in the files of the database until it is cleaned away."""

import logging

from django.db import DatabaseError, connection
from django.db.models import Model

logger = logging.getLogger(__name__)


def leave_no_trace(*models: type[Model]) -> None:
    """Rewrite the files of small tables from which rows went; nothing inside a transaction.

    SQLite zeroes what is deleted (secure_delete), but its log still has the pages of before. In
    PostgreSQL a deleted row lies where it lay, with the number of its transaction, until no transaction
    that began earlier is still busy: so clean again later.
    """
    if connection.in_atomic_block:
        return
    tables = [f'VACUUM (FULL) "{model._meta.db_table}"' for model in models]
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                return
            cursor.execute("SET lock_timeout = '10s'")
            try:
                for table in tables:
                    cursor.execute(table)
            finally:
                cursor.execute("RESET lock_timeout")
    except DatabaseError:
        logger.warning("rows that were deleted could not be cleaned away; the next time tries again")
