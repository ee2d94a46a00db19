from fractions import Fraction

import pytest

from ropdesk.domain.errors import DomainError
from ropdesk.domain.metrics import (
    CATALOGUE,
    DEFAULT_BOARD,
    DERIVED_FROM_CALLS,
    DERIVED_FROM_DEALS,
    Kind,
    Metric,
    Metrics,
    Unit,
    ratio,
)


def test_scales():
    metrics = Metrics()
    assert [metrics[code].scale for code in ("receipts", "conversion", "aht", "calls")] == [
        100, 10_000, 100, 1,
    ]  # fmt: skip


def test_own_metrics_follow_the_catalogue():
    own = Metric("demos", "Демонстрации", Kind.FLOW, Unit.COUNT, builtin=False)
    metrics = Metrics([own])
    assert list(metrics) == [*(metric.code for metric in CATALOGUE), "demos"]
    assert len(metrics) == len(CATALOGUE) + 1
    assert "demos" in metrics
    assert metrics["demos"] is own


def test_an_unknown_metric_is_named():
    with pytest.raises(DomainError, match="no metric «profit»"):
        Metrics()["profit"]


def test_every_code_that_the_catalogue_mentions_exists():
    metrics = Metrics()
    for metric in CATALOGUE:
        parts = (metric.numerator, metric.denominator)
        assert all(parts) if metric.kind is Kind.RATIO else not any(parts)
        assert all(metrics[code].kind is Kind.FLOW for code in parts if code)
    for code in (*DERIVED_FROM_DEALS, *DERIVED_FROM_CALLS, *DEFAULT_BOARD):
        assert code in metrics


def test_ratio_in_whole_units():
    metrics = Metrics()
    receipts, deals = metrics["receipts"], metrics["deals_won"]
    assert ratio(1000, 4, deals, receipts) == Fraction(5, 2)
    assert ratio(1000, 0, deals, receipts) is None
