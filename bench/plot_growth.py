#!/usr/bin/env python3
"""Draws how cost grows (growth_bench) as SVG on log-log axes and fits the exponents.

    bench/plot_growth.py growth.csv FOLDER

Writes growth-events.svg, -actors, -pairs and -lines and prints the exponents: the slope of the regression of
log cost on log size, over all points and over the last three.
"""
import csv
import math
import sys
from pathlib import Path

SWEEPS = {
    "events": ("events", "200 actors, more and more events"),
    "actors": ("actors", "100 events for each actor, more and more actors"),
    "pairs": ("pairs that have met", "500 actors and 50,000 events among fewer or more partners"),
    "lines": ("actors", "20,000 events, each actor towards 4 others, more and more actors"),
}
COLUMNS = {"events": "events", "actors": "actors", "pairs": "pairs", "lines": "actors"}
SERIES = [("seconds_per_pass", "CPU seconds a pass", "#1f5fa8"), ("megabytes", "MB of the fit", "#b4511c")]
WIDTH, HEIGHT = 340, 300  # of a panel
LEFT, RIGHT, TOP, BOTTOM = 56, 28, 44, 48


def slope(points):
    """Exponent and constant of y = c x^e by least squares on the logarithms."""
    x = [math.log(p[0]) for p in points]
    y = [math.log(p[1]) for p in points]
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    exponent = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y)) / sum((a - mean_x) ** 2 for a in x)
    return exponent, math.exp(mean_y - exponent * mean_x)


def decades(low, high):
    """1, 2 and 5 times powers of ten that lie between."""
    every = [m * 10.0**k for k in range(-9, 12) for m in (1, 2, 5)]
    return [v for v in every if low <= v <= high]


class Axis:
    """A logarithmic axis: `at(value)` is a place between `start` and `end`."""

    def __init__(self, values, start, end):
        self.low, self.high = min(values) / 1.3, max(values) * 1.3
        self.start, self.end = start, end

    def at(self, value):
        share = math.log(value / self.low) / math.log(self.high / self.low)
        return self.start + share * (self.end - self.start)

    def ticks(self):
        ticks = decades(self.low, self.high)
        return ticks if len(ticks) <= 6 else [t for t in ticks if f"{t:e}".startswith("1.")]


def text(x, y, words, anchor="middle", colour="#333"):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{words}</text>'


def short(number):
    return f"{number / 1000:g}k" if number >= 1000 else f"{number:g}"


def panel(points, offset, x_name, y_name, colour):
    """One series: its points, and the line whose slope is the exponent."""
    left, right, bottom = offset + LEFT, offset + WIDTH - RIGHT, HEIGHT - BOTTOM
    across, up = Axis([x for x, _ in points], left, right), Axis([y for _, y in points], bottom, TOP)
    exponent, constant = slope(points)
    out = [text(left, TOP - 8, f"{y_name}: exponent {exponent:.2f}", "start", colour)]
    for tick in across.ticks():
        x = across.at(tick)
        out += [f'<path d="M{x:.1f} {TOP}V{bottom}" stroke="#ddd"/>', text(x, bottom + 18, short(tick))]
    for tick in up.ticks():
        y = up.at(tick)
        out += [f'<path d="M{left} {y:.1f}H{right}" stroke="#ddd"/>', text(left - 6, y + 4, f"{tick:g}", "end")]
    first, last = points[0][0], points[-1][0]
    out += [f'<rect x="{left}" y="{TOP}" width="{right - left}" height="{bottom - TOP}" fill="none" stroke="#999"/>',
            text((left + right) / 2, HEIGHT - 10, x_name),
            f'<path d="M{across.at(first):.1f} {up.at(constant * first**exponent):.1f}'
            f'L{across.at(last):.1f} {up.at(constant * last**exponent):.1f}" stroke="{colour}" stroke-dasharray="5 4"/>']
    out += [f'<circle cx="{across.at(x):.1f}" cy="{up.at(y):.1f}" r="4" fill="{colour}"/>' for x, y in points]
    return out


def draw(points, title, x_name):
    """One SVG with a panel for each series; points: (x, [y of each series])."""
    width = WIDTH * len(SERIES)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}" width="{width}" height="{HEIGHT}" '
           'font-family="sans-serif" font-size="12">',
           f'<rect width="{width}" height="{HEIGHT}" fill="white"/>', text(width / 2, 18, title)]
    for k, (_, name, colour) in enumerate(SERIES):
        out += panel([(x, y[k]) for x, y in points], k * WIDTH, x_name, name, colour)
    return "\n".join([*out, "</svg>"]) + "\n"


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    rows = list(csv.DictReader(Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()))
    folder = Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for sweep, (x_name, title) in SWEEPS.items():
        points = [(float(r[COLUMNS[sweep]]), [float(r[key]) for key, _, _ in SERIES]) for r in rows if r["sweep"] == sweep]
        for k, (_, name, _) in enumerate(SERIES):
            series = [(x, y[k]) for x, y in points]
            print(f"{sweep + ':':<8} {name:<20} grow as {x_name}^{slope(series)[0]:.2f}, "
                  f"^{slope(series[-3:])[0]:.2f} at the end")
        (folder / f"growth-{sweep}.svg").write_text(draw(points, title, x_name), encoding="utf-8")


if __name__ == "__main__":
    main()
