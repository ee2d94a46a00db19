"""Declarative base: named constraints, integer keys, one naming convention for migrations."""

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every table of a workspace."""

    metadata = MetaData(naming_convention=NAMING)


class Row(MappedAsDataclass, Base, kw_only=True):
    """A table whose rows the journal follows by their integer id."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True, init=False, repr=False)
