"""Meetings: kinds and agendas, series, a meeting with all that was said, its protocol."""

from datetime import date

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ropdesk.store.base import Row
from ropdesk.store.models.reports import Document
from ropdesk.store.models.team import Member


class MeetingKind(Row):
    """A kind of meeting as changed or added by the sales head.

    A built-in kind has no row until something of it is changed. ``title`` is empty while the
    built-in name holds; ``team`` says whether the department takes part.
    """

    __tablename__ = "meeting_kind"

    code: Mapped[str] = mapped_column(String(20), unique=True)
    minutes: Mapped[int]
    title: Mapped[str] = mapped_column(default="")
    team: Mapped[bool] = mapped_column(default=True)
    hidden: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)


class AgendaItem(Row):
    """A point of a kind's agenda; an empty ``title`` is the section's own name."""

    __tablename__ = "agenda_item"

    kind_id: Mapped[int] = mapped_column(ForeignKey(MeetingKind.id, ondelete="CASCADE"), index=True)
    position: Mapped[int]
    section: Mapped[str] = mapped_column(String(12), default="")
    title: Mapped[str] = mapped_column(default="")
    minutes: Mapped[int] = mapped_column(default=5)


class MeetingSeries(Row):
    """Meetings by rule: ``week`` on weekdays (Monday 0, ``0,3``) of every n-th week, or ``month``
    on the n-th working day (1 the first, -1 the last).
    """

    __tablename__ = "meeting_series"

    kind: Mapped[str] = mapped_column(String(20))
    first: Mapped[date]
    title: Mapped[str] = mapped_column(default="")
    rule: Mapped[str] = mapped_column(String(5), default="week")
    weekdays: Mapped[str] = mapped_column(String(13), default="")
    every: Mapped[int] = mapped_column(default=1)
    month_day: Mapped[int | None] = mapped_column(default=None)
    until: Mapped[date | None] = mapped_column(default=None)
    start: Mapped[int | None] = mapped_column(default=None)
    minutes: Mapped[int] = mapped_column(default=20)
    place: Mapped[str] = mapped_column(default="")


class Meeting(Row):
    """One meeting.

    ``state`` is planned, running, done, correcting (a new edition is being written) or skipped.
    ``start`` is in minutes after midnight, ``minutes`` the limit. A row with ``series_id`` stands
    for the series' time on ``series_day``. ``moved_from`` is the day before the last move,
    ``reason`` why it was moved or skipped. The number is given when the meeting begins.
    ``private`` is never shown to the team nor printed.
    """

    __tablename__ = "meeting"

    kind: Mapped[str] = mapped_column(String(20), index=True)
    day: Mapped[date] = mapped_column(index=True)
    title: Mapped[str] = mapped_column(default="")
    start: Mapped[int | None] = mapped_column(default=None)
    minutes: Mapped[int] = mapped_column(default=20)
    place: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(String(10), default="planned", index=True)
    reason: Mapped[str] = mapped_column(default="")
    moved_from: Mapped[date | None] = mapped_column(default=None)
    moved: Mapped[int] = mapped_column(default=0)
    series_id: Mapped[int | None] = mapped_column(
        ForeignKey(MeetingSeries.id, ondelete="SET NULL"), default=None
    )
    series_day: Mapped[date | None] = mapped_column(default=None)
    year: Mapped[int | None] = mapped_column(default=None)
    number: Mapped[int | None] = mapped_column(default=None)
    led_by: Mapped[str] = mapped_column(default="")
    secretary: Mapped[str] = mapped_column(default="")
    guests: Mapped[str] = mapped_column(default="")
    private: Mapped[str] = mapped_column(default="")
    __table_args__ = (
        UniqueConstraint("series_id", "series_day"),
        UniqueConstraint("year", "number"),
    )


class MeetingPoint(Row):
    """A point of one meeting's agenda, with what was said; ``avoid`` is what not to repeat.

    ``source`` is template, hand, signal, investigation, action or promise, ``source_key`` which.
    """

    __tablename__ = "meeting_point"

    meeting_id: Mapped[int] = mapped_column(ForeignKey(Meeting.id, ondelete="CASCADE"), index=True)
    position: Mapped[int]
    title: Mapped[str]
    section: Mapped[str] = mapped_column(String(12), default="")
    minutes: Mapped[int] = mapped_column(default=5)
    notes: Mapped[str] = mapped_column(default="")
    avoid: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(String(13), default="template")
    source_key: Mapped[str] = mapped_column(default="")


class MeetingMark(Row):
    """A moment of a meeting's course: begin, point (the one that is talked of from now on),
    pause, resume or end. ``at`` is an ISO time with its offset; the timer is read from these.
    """

    __tablename__ = "meeting_mark"

    meeting_id: Mapped[int] = mapped_column(ForeignKey(Meeting.id, ondelete="CASCADE"), index=True)
    at: Mapped[str] = mapped_column(String(32))
    event: Mapped[str] = mapped_column(String(6))
    point_id: Mapped[int | None] = mapped_column(
        ForeignKey(MeetingPoint.id, ondelete="SET NULL"), default=None
    )


class MeetingAttendance(Row):
    """Who was there: ``state`` is present, late or absent."""

    __tablename__ = "meeting_attendance"

    meeting_id: Mapped[int] = mapped_column(ForeignKey(Meeting.id, ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey(Member.id, ondelete="CASCADE"))
    state: Mapped[str] = mapped_column(String(7))
    reason: Mapped[str] = mapped_column(default="")
    __table_args__ = (UniqueConstraint("meeting_id", "member_id"),)


class MeetingDecision(Row):
    """What was decided."""

    __tablename__ = "meeting_decision"

    meeting_id: Mapped[int] = mapped_column(ForeignKey(Meeting.id, ondelete="CASCADE"), index=True)
    text: Mapped[str]
    point_id: Mapped[int | None] = mapped_column(
        ForeignKey(MeetingPoint.id, ondelete="SET NULL"), default=None
    )
    position: Mapped[int] = mapped_column(default=0)


class MeetingGoal(Row):
    """A member's plan of a day as agreed at a meeting, in the metric's stored parts."""

    __tablename__ = "meeting_goal"

    meeting_id: Mapped[int] = mapped_column(ForeignKey(Meeting.id, ondelete="CASCADE"))
    day: Mapped[date]
    metric: Mapped[str] = mapped_column(String(40))
    member_id: Mapped[int] = mapped_column(ForeignKey(Member.id, ondelete="CASCADE"))
    value: Mapped[int] = mapped_column(BigInteger)
    __table_args__ = (
        UniqueConstraint("meeting_id", "day", "metric", "member_id"),
        Index(None, "day", "metric"),
    )


class MeetingProtocol(Row):
    """An edition of a meeting's protocol: its content as it stood, frozen, and the paper.

    ``content`` is JSON with the numbers of that moment; ``note`` says what an edition corrects.
    """

    __tablename__ = "meeting_protocol"

    meeting_id: Mapped[int] = mapped_column(ForeignKey(Meeting.id, ondelete="CASCADE"))
    edition: Mapped[int]
    at: Mapped[str] = mapped_column(String(32))
    content: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    document_id: Mapped[int | None] = mapped_column(
        ForeignKey(Document.id, ondelete="SET NULL"), default=None
    )
    __table_args__ = (UniqueConstraint("meeting_id", "edition"),)
