"""Months side by side: lines, or bars with the plan as a dash over each."""

from datetime import date
from math import nan

from PySide6.QtGui import QFontMetricsF

from ropdesk.i18n import month_name, month_short
from ropdesk.ui.charts.canvas import Canvas
from ropdesk.ui.charts.data import MonthsData, Series
from ropdesk.ui.charts.frame import ChartFrame
from ropdesk.ui.charts.overlay import Label
from ropdesk.ui.charts.ticks import tick_text, value_ticks
from ropdesk.ui.fonts import SEMIBOLD
from ropdesk.ui.theme import current_theme

BAR = 0.62


class MonthsChart(ChartFrame[MonthsData]):
    """What lines and bars over months share."""

    margin = 0.3  # of a month, at both ends

    def _draw(self, canvas: Canvas, data: MonthsData) -> None:
        xs = [float(number) for number in range(len(data.months))]
        self._draw_series(canvas, data, xs)
        values = [v for line in data.series for v in line.values if v is not None]
        divisor = data.scale.divisor
        ticks = value_ticks(max(values), divisor, most=4, lowest=min(values))
        step = ticks[1] - ticks[0]
        metrics = QFontMetricsF(current_theme().font(11, SEMIBOLD))
        labels = self._labels(data)
        longest = max((metrics.horizontalAdvance(label.text) + 12 for label in labels), default=0)
        wide = max(1.0, canvas.width() - current_theme().px(36) - longest)
        last = len(xs) - 1 + self.margin
        reach = last + (last + self.margin) * longest / wide
        canvas.set_axes(
            self._month_ticks(data, wide),
            [(float(tick), tick_text(tick, divisor, step)) for tick in ticks],
            (-self.margin, reach),
            (float(ticks[0]), max(*values, ticks[-1]) + step * 0.12),
        )
        canvas.overlay.show_labels(labels)
        canvas.overlay.set_points(tuple(xs), self.words_at)

    def _month_ticks(self, data: MonthsData, width: float) -> list[tuple[float, str]]:
        """Name the months that fit; the year stands where it begins."""
        room = width / max(1, len(data.months)) / current_theme().px(34)
        every = 1 if room >= 1 else (2 if room >= 0.5 else 3)
        return [
            (float(number), month_short(month))
            for number, month in enumerate(data.months)
            if (len(data.months) - 1 - number) % every == 0
        ]

    def _draw_series(self, canvas: Canvas, data: MonthsData, xs: list[float]) -> None:
        raise NotImplementedError

    def _labels(self, data: MonthsData) -> tuple[Label, ...]:
        return tuple(
            label for line in data.series if (label := self._end_label(data, line)) is not None
        )

    def _end_label(self, data: MonthsData, line: Series) -> Label | None:
        known = [(n, v) for n, v in enumerate(line.values) if v is not None]
        if not known:
            return None
        place, value = known[-1]
        text = f"{line.name} {data.scale.short(value)}"
        role = "secondary" if line.dashed else line.role
        return Label(text, place + self.margin, value, role, bold=not line.dashed)

    def words_at(self, place: int) -> str:
        """Return the exact values of a month, one a line."""
        data = self._data
        if data is None or not 0 <= place < len(data.months):
            return ""
        lines = [month_name(data.months[place])]
        for line in data.series:
            value = line.values[place] if place < len(line.values) else None
            if value is not None:
                lines.append(f"{line.name} {data.scale.exact(value)}")
        return "\n".join(lines)

    def _describe(self, data: MonthsData) -> str:
        return ", ".join(label.text for label in self._labels(data))

    def _date_at(self, place: int) -> date | None:
        return self._data.months[place] if self._data is not None else None


class LinesChart(MonthsChart):
    """Lines over the months: solid for facts, dashed for plans, each named at its end."""

    margin = 0.2

    def _draw_series(self, canvas: Canvas, data: MonthsData, xs: list[float]) -> None:
        keys = set()
        for number, line in enumerate(data.series):
            key = f"line{number}"
            keys.add(key)
            values = [nan if value is None else float(value) for value in line.values]
            style, width = ("dashed", 1.3) if line.dashed else ("solid", 2.0)
            role = "secondary" if line.dashed else line.role
            canvas.set_line(key, xs[: len(values)], values, role, style, width)
        canvas.keep_lines(keys)


class BarsChart(MonthsChart):
    """Bars for the first series, a dash over each month for every other (the plan)."""

    margin = 0.55

    def _draw_series(self, canvas: Canvas, data: MonthsData, xs: list[float]) -> None:
        bars, *others = data.series
        known = [(x, v) for x, v in zip(xs, bars.values, strict=False) if v is not None]
        tops = [float(v) for _x, v in known]
        canvas.set_bars("bars", [x for x, _v in known], tops, BAR, bars.role)
        keys = set()
        for number, line in enumerate(others):
            key = f"dash{number}"
            keys.add(key)
            places: list[float] = []
            values: list[float] = []
            for x, value in zip(xs, line.values, strict=False):
                if value is not None:
                    places += [x - BAR / 2 - 0.08, x + BAR / 2 + 0.08, x]
                    values += [float(value), float(value), nan]
            canvas.set_line(key, places, values, "text", "solid", 1.6)
        canvas.keep_lines(keys)
