"""Run migrations on one workspace: keys off, a single transaction, checked before commit."""

import sqlite3

from alembic import context
from sqlalchemy import URL, Connection, create_engine, event

from ropdesk.store.models import Base


def run() -> None:
    """Migrate the file named in the configuration's attributes."""
    path = context.config.attributes["path"]
    engine = create_engine(URL.create("sqlite", database=str(path)))

    @event.listens_for(engine, "connect")
    def _connect(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        # Batch mode drops tables to rebuild them; with the keys on that would cascade.
        connection.execute("PRAGMA foreign_keys = OFF")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN EXCLUSIVE")

    with engine.begin() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            transaction_per_migration=False,
            transactional_ddl=True,
        )
        context.run_migrations()
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            message = f"the migration would leave broken references: {broken[:3]}"
            raise RuntimeError(message)
    engine.dispose()


run()
