"""The month running up: plan, fact, forecast with its interval, and the other scenarios."""

from datetime import date

from PySide6.QtGui import QFontMetricsF

from ropdesk.i18n import _, day_month
from ropdesk.ui.charts.canvas import Canvas
from ropdesk.ui.charts.data import CumulativeData
from ropdesk.ui.charts.frame import ChartFrame
from ropdesk.ui.charts.overlay import Label
from ropdesk.ui.charts.ticks import day_ticks, tick_text, value_ticks
from ropdesk.ui.fonts import SEMIBOLD
from ropdesk.ui.theme import current_theme


class CumulativeChart(ChartFrame[CumulativeData]):
    """Plan dashed grey, fact solid, forecast dotted on its tint, scenarios thin and named."""

    def _draw(self, canvas: Canvas, data: CumulativeData) -> None:
        days = len(data.days)
        xs = [float(day) for day in range(1, days + 1)]
        known = len(data.fact)
        keys = {"plan", "fact", "forecast"}
        for number, (_name, values) in enumerate(data.scenarios):
            keys.add(f"scenario{number}")
            canvas.set_line(f"scenario{number}", xs[: len(values)], values, "field_line", width=1)
        canvas.set_line("plan", xs[: len(data.plan)], data.plan, "secondary", "dashed", 1.3)
        start = data.fact[-1:]
        later = xs[max(0, known - 1) : known + len(data.forecast)] if data.forecast else []
        forecast = [*start, *data.forecast] if data.forecast else []
        canvas.set_line("forecast", later, forecast, "accent", "dotted", 1.8)
        canvas.set_line("fact", xs[:known], data.fact, "accent", "solid", 2.2)
        banded = bool(data.low) and len(data.low) == len(data.high) == len(data.forecast)
        canvas.set_tint(
            later if banded else [],
            [*start, *data.low] if banded else [],
            [*start, *data.high] if banded else [],
        )
        canvas.keep_lines(keys)
        self._axes(canvas, data)
        canvas.overlay.show_labels(self._labels(data))
        canvas.overlay.set_points(tuple(xs), self.words_at)

    def _axes(self, canvas: Canvas, data: CumulativeData) -> None:
        rows = (data.plan, data.fact, data.forecast, data.high, *(v for _n, v in data.scenarios))
        values = [value for row in rows for value in row]
        divisor = data.scale.divisor
        ticks = value_ticks(max(values), divisor, lowest=min(values))
        step = ticks[1] - ticks[0]
        days = len(data.days)
        longest = max(self._edge_widths(data), default=0.0)
        wide = max(1.0, canvas.width() - current_theme().px(36) - longest)
        reach = (days - 1) * (1 + longest / wide) + 1
        apart = current_theme().px(20) * days / wide
        top = max(*values, ticks[-1]) + step * 0.12
        canvas.set_axes(
            [(float(day), str(day)) for day in day_ticks(days, apart)],
            [(float(tick), tick_text(tick, divisor, step)) for tick in ticks],
            (0.7, reach),
            (float(ticks[0]), top),
        )

    def _edge_widths(self, data: CumulativeData) -> list[float]:
        metrics = QFontMetricsF(current_theme().font(11, SEMIBOLD))
        labels = [label for label in self._labels(data) if not label.above]
        return [metrics.horizontalAdvance(label.text) + 12 for label in labels]

    def _labels(self, data: CumulativeData) -> tuple[Label, ...]:
        short = data.scale.short
        days, known = len(data.days), len(data.fact)
        labels = [
            Label(f"{name} {short(values[-1])}", float(len(values)), values[-1])
            for name, values in data.scenarios
            if values
        ]
        if data.plan:
            text = _("plan {value}", value=short(data.plan[-1]))
            labels.append(Label(text, float(len(data.plan)), data.plan[-1]))
        if data.forecast:
            text = _("forecast {value}", value=short(data.forecast[-1]))
            place = float(known + len(data.forecast))
            labels.append(Label(text, place, data.forecast[-1], "accent", bold=True))
        if data.fact:
            text = _("fact {value}", value=short(data.fact[-1]))
            ended = known == days
            labels.append(
                Label(text, known, data.fact[-1], "text", bold=True, dot=True, above=not ended)
            )
        return tuple(labels)

    def words_at(self, place: int) -> str:
        """Return the exact values of a day, one a line."""
        data = self._data
        if data is None or not 0 <= place < len(data.days):
            return ""
        exact, known = data.scale.exact, len(data.fact)
        lines = [day_month(data.days[place])]
        if place < known:
            lines.append(_("fact {value}", value=exact(data.fact[place])))
        if place < len(data.plan):
            lines.append(_("plan {value}", value=exact(data.plan[place])))
        ahead = place - known
        if 0 <= ahead < len(data.forecast):
            lines.append(_("forecast {value}", value=exact(data.forecast[ahead])))
            if data.low and data.high:
                low, high = exact(data.low[ahead]), exact(data.high[ahead])
                lines.append(_("from {low} to {high}", low=low, high=high))
        lines += [f"{n} {exact(v[place])}" for n, v in data.scenarios if place < len(v)]
        return "\n".join(lines)

    def _describe(self, data: CumulativeData) -> str:
        return ", ".join(label.text for label in self._labels(data))

    def _date_at(self, place: int) -> date | None:
        return self._data.days[place] if self._data is not None else None
