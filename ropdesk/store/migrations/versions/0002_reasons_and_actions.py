"""Reasons and actions: investigations, the week, stages, marketing, promotions, voices."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables of reasons and actions."""
    op.create_table(
        "channel_cost",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("cost", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_cost")),
        sa.UniqueConstraint("month", "source", name=op.f("uq_channel_cost_month_source")),
    )
    op.create_table(
        "investigation",
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("metric", sa.String(length=40), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("opened", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("source", sa.String(length=8), nullable=False),
        sa.Column("source_key", sa.String(), nullable=False),
        sa.Column("notes", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("remeasure_on", sa.Date(), nullable=True),
        sa.Column("verdict", sa.String(length=12), nullable=False),
        sa.Column("verdict_text", sa.String(), nullable=False),
        sa.Column("verdict_on", sa.Date(), nullable=True),
        sa.Column("before_value", sa.BigInteger(), nullable=True),
        sa.Column("after_value", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_investigation")),
    )
    op.create_index(
        op.f("ix_investigation_source_key"), "investigation", ["source_key"], unique=False
    )
    op.create_index(op.f("ix_investigation_state"), "investigation", ["state"], unique=False)
    op.create_table(
        "lead_agreement",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("inquiries", sa.Integer(), nullable=True),
        sa.Column("accepted_share", sa.Integer(), nullable=True),
        sa.Column("criteria", sa.String(), nullable=False),
        sa.Column("price_per_lead", sa.BigInteger(), nullable=True),
        sa.Column("first_contact", sa.Integer(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=True),
        sa.Column("marketing_owes", sa.String(), nullable=False),
        sa.Column("sales_owe", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("marketing_head", sa.String(), nullable=False),
        sa.Column("fact_first_contact", sa.Integer(), nullable=True),
        sa.Column("fact_attempts", sa.Integer(), nullable=True),
        sa.Column("conclusion", sa.String(), nullable=False),
        sa.Column("corrections", sa.String(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_facts", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_agreement")),
        sa.UniqueConstraint("month", "source", name=op.f("uq_lead_agreement_month_source")),
    )
    op.create_table(
        "promotion",
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("created", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("offer", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("first", sa.Date(), nullable=True),
        sa.Column("last", sa.Date(), nullable=True),
        sa.Column("budget", sa.BigInteger(), nullable=True),
        sa.Column("spent", sa.BigInteger(), nullable=True),
        sa.Column("metric", sa.String(length=40), nullable=False),
        sa.Column("expected", sa.BigInteger(), nullable=True),
        sa.Column("agreed_by", sa.String(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("conclusion", sa.String(), nullable=False),
        sa.Column("concluded_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promotion")),
    )
    op.create_table(
        "rejection_reason",
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rejection_reason")),
        sa.UniqueConstraint("reason", name=op.f("uq_rejection_reason_reason")),
    )
    op.create_table(
        "stage",
        sa.Column("pipeline", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("norm_days", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage")),
        sa.UniqueConstraint("pipeline", "stage", name=op.f("uq_stage_pipeline_stage")),
    )
    op.create_table(
        "tool_trial",
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("last", sa.Date(), nullable=True),
        sa.Column("metric", sa.String(length=40), nullable=False),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("conclusion", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tool_trial")),
    )
    op.create_table(
        "voice",
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("product", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("passed_to", sa.String(), nullable=False),
        sa.Column("passed_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voice")),
    )
    op.create_table(
        "week_note",
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_week_note")),
        sa.UniqueConstraint("week", name=op.f("uq_week_note_week")),
    )
    op.create_table(
        "action_series",
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("weekdays", sa.String(length=13), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("metric", sa.String(length=40), nullable=False),
        sa.Column("expected", sa.BigInteger(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_action_series_member_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_series")),
    )
    op.create_table(
        "director_report",
        sa.Column("kind", sa.String(length=5), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=5), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("decisions", sa.String(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_director_report_document_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_director_report")),
        sa.UniqueConstraint("kind", "start", name=op.f("uq_director_report_kind_start")),
    )
    op.create_table(
        "finding",
        sa.Column("investigation_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("successful", sa.Boolean(), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("metric", sa.String(length=40), nullable=False),
        sa.Column("proven", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["investigation_id"],
            ["investigation.id"],
            name=op.f("fk_finding_investigation_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_finding_member_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
    )
    op.create_index(
        op.f("ix_finding_investigation_id"), "finding", ["investigation_id"], unique=False
    )
    op.create_table(
        "investigation_member",
        sa.Column("investigation_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["investigation_id"],
            ["investigation.id"],
            name=op.f("fk_investigation_member_investigation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_investigation_member_member_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_investigation_member")),
        sa.UniqueConstraint(
            "investigation_id",
            "member_id",
            name=op.f("uq_investigation_member_investigation_id_member_id"),
        ),
    )
    op.create_table(
        "promotion_member",
        sa.Column("promotion_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_promotion_member_member_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["promotion_id"],
            ["promotion.id"],
            name=op.f("fk_promotion_member_promotion_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promotion_member")),
        sa.UniqueConstraint(
            "promotion_id", "member_id", name=op.f("uq_promotion_member_promotion_id_member_id")
        ),
    )
    op.create_table(
        "promotion_source",
        sa.Column("promotion_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["promotion_id"],
            ["promotion.id"],
            name=op.f("fk_promotion_source_promotion_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promotion_source")),
        sa.UniqueConstraint(
            "promotion_id", "source", name=op.f("uq_promotion_source_promotion_id_source")
        ),
    )
    op.create_table(
        "signal_mark",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("marked_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("investigation_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["investigation_id"],
            ["investigation.id"],
            name=op.f("fk_signal_mark_investigation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signal_mark")),
        sa.UniqueConstraint("key", name=op.f("uq_signal_mark_key")),
    )
    op.create_table(
        "tool_trial_member",
        sa.Column("tool_trial_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_tool_trial_member_member_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tool_trial_id"],
            ["tool_trial.id"],
            name=op.f("fk_tool_trial_member_tool_trial_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tool_trial_member")),
        sa.UniqueConstraint(
            "tool_trial_id", "member_id", name=op.f("uq_tool_trial_member_tool_trial_id_member_id")
        ),
    )
    op.create_table(
        "director_request",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("needed_by", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("promised_for", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["director_report.id"],
            name=op.f("fk_director_request_report_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_director_request")),
    )
    op.create_index(
        op.f("ix_director_request_report_id"), "director_request", ["report_id"], unique=False
    )
    op.create_table(
        "planned_action",
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("origin_week", sa.Date(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("metric", sa.String(length=40), nullable=False),
        sa.Column("expected", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("carried", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("investigation_id", sa.Integer(), nullable=True),
        sa.Column("series_id", sa.Integer(), nullable=True),
        sa.Column("series_day", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["investigation_id"],
            ["investigation.id"],
            name=op.f("fk_planned_action_investigation_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_planned_action_member_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["series_id"],
            ["action_series.id"],
            name=op.f("fk_planned_action_series_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_action")),
        sa.UniqueConstraint(
            "series_id", "series_day", name=op.f("uq_planned_action_series_id_series_day")
        ),
    )
    op.create_index(op.f("ix_planned_action_day"), "planned_action", ["day"], unique=False)
    op.create_index(
        op.f("ix_planned_action_investigation_id"),
        "planned_action",
        ["investigation_id"],
        unique=False,
    )
    op.create_index(op.f("ix_planned_action_state"), "planned_action", ["state"], unique=False)
    op.create_index(op.f("ix_planned_action_week"), "planned_action", ["week"], unique=False)
    op.create_table(
        "lead_verdict",
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("disputed_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deal_id"], ["deal.id"], name=op.f("fk_lead_verdict_deal_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_verdict")),
        sa.UniqueConstraint("deal_id", name=op.f("uq_lead_verdict_deal_id")),
    )
    op.create_table(
        "stage_date",
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("pipeline", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("exact", sa.Boolean(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_stage_date_batch_id")
        ),
        sa.ForeignKeyConstraint(
            ["deal_id"], ["deal.id"], name=op.f("fk_stage_date_deal_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_date")),
        sa.UniqueConstraint(
            "deal_id", "stage", "day", name=op.f("uq_stage_date_deal_id_stage_day")
        ),
    )
    op.create_index(op.f("ix_stage_date_batch_id"), "stage_date", ["batch_id"], unique=False)
    op.create_index(op.f("ix_stage_date_day"), "stage_date", ["day"], unique=False)
    op.create_table(
        "export_day",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("told_from", sa.Date(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("standing", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_export_day_batch_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export_day")),
        sa.UniqueConstraint("batch_id", name=op.f("uq_export_day_batch_id")),
    )
    op.create_table(
        "voice_mention",
        sa.Column("voice_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("customer", sa.String(), nullable=False),
        sa.Column("quote", sa.String(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("deal_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deal_id"], ["deal.id"], name=op.f("fk_voice_mention_deal_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_voice_mention_member_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["voice_id"], ["voice.id"], name=op.f("fk_voice_mention_voice_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voice_mention")),
    )
    op.create_index(
        op.f("ix_voice_mention_voice_id_day"), "voice_mention", ["voice_id", "day"], unique=False
    )
    _learn_stages()


def _learn_stages() -> None:
    """Learn from earlier imports when they were made, and which stages deals had come through.

    Nobody wrote down how new those files were: no older than their newest deal, no newer than the
    day of the import.
    """
    op.execute(
        "INSERT INTO export_day (batch_id, told_from, told_on) "
        "SELECT b.id, (SELECT max(day) FROM ("
        "SELECT max(created) AS day FROM deal WHERE batch_id = b.id AND created <= date(b.at) "
        "UNION ALL SELECT max(closed) FROM deal WHERE batch_id = b.id AND closed <= date(b.at)"
        ")), date(b.at) FROM import_batch AS b WHERE b.kind = 'deals'"
    )
    changes = (
        "SELECT c.row_id AS deal_id, c.batch_id, c.id, before.told_from, before.told_on AS seen, "
        "after.told_on, c.before AS old, c.after AS new FROM row_change AS c "
        "JOIN deal AS d ON d.id = c.row_id "
        "JOIN export_day AS before ON before.batch_id = json_extract(c.before, '$.batch_id') "
        "JOIN export_day AS after ON after.batch_id = c.batch_id WHERE c.table_name = 'deal'"
    )
    columns = "INSERT INTO stage_date (deal_id, pipeline, stage, day, exact, not_before, batch_id) "
    op.execute(
        f"WITH change AS ({changes}) {columns}"
        "SELECT deal_id, json_extract(old, '$.pipeline'), json_extract(old, '$.stage'), seen, 0, "
        "min(json_extract(old, '$.created'), seen), batch_id FROM change "
        "WHERE json_extract(old, '$.status') = 'open' AND id = (SELECT min(id) FROM row_change "
        "WHERE table_name = 'deal' AND row_id = deal_id) ORDER BY id ON CONFLICT DO NOTHING"
    )
    op.execute(
        f"WITH change AS ({changes}) {columns}"
        "SELECT deal_id, json_extract(new, '$.pipeline'), json_extract(new, '$.stage'), told_on, "
        "0, min(told_from, told_on), batch_id FROM change "
        "WHERE json_extract(new, '$.status') = 'open' AND "
        "(json_extract(new, '$.stage') <> json_extract(old, '$.stage') "
        "OR json_extract(new, '$.pipeline') <> json_extract(old, '$.pipeline')) "
        "ORDER BY id ON CONFLICT DO NOTHING"
    )
