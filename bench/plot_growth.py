#!/usr/bin/env python3
"""Draws how cost grows (growth_bench) as SVG on log-log axes and fits the exponents.

    bench/plot_growth.py growth.csv FOLDER

Writes growth-events.svg, growth-actors.svg and growth-pairs.svg and prints the exponents: the slope of the regression of
log cost on log size.  In FOLDER; both series of a plot share its horizontal axis.
"""
import csv
import math
import sys
from pathlib import Path

SWEEPS = {
    "events": ("events", "200 actors, more and more events"),
    "actors": ("actors", "100 events for each actor, more and more actors"),
    "pairs": ("pairs", "500 actors and 50,000 events, more and more pairs that have met"),
}
SERIES = [("seconds_per_pass", "CPU seconds a pass", "#1f5fa8"), ("megabytes", "MB of the fit", "#b4511c")]
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 620, 340, 64, 64, 44, 52


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
        self.low, self.high = min(values) / 1.25, max(values) * 1.25
        self.start, self.end = start, end

    def at(self, value):
        share = math.log(value / self.low) / math.log(self.high / self.low)
        return self.start + share * (self.end - self.start)

    def ticks(self):
        ticks = decades(self.low, self.high)
        return ticks if len(ticks) <= 8 else [t for t in ticks if f"{t:e}".startswith("1.")]


def text(x, y, words, anchor="middle", colour="#333", turn=""):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}"{turn}>{words}</text>'


def draw(points, title, x_name):
    """One SVG; points: (x, [y of each series])."""
    across = Axis([p[0] for p in points], LEFT, WIDTH - RIGHT)
    bottom, right = HEIGHT - BOTTOM, WIDTH - RIGHT
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        'font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        f'<rect x="{LEFT}" y="{TOP}" width="{right - LEFT}" height="{bottom - TOP}" fill="none" stroke="#999"/>',
        text(WIDTH / 2, 18, title),
        text(WIDTH / 2, HEIGHT - 12, x_name),
    ]
    for tick in across.ticks():
        x = across.at(tick)
        out.append(f'<path d="M{x:.1f} {TOP}V{bottom}" stroke="#ddd"/>')
        out.append(text(x, bottom + 18, f"{tick:,.0f}"))
    for k, (_, name, colour) in enumerate(SERIES):
        series = [(x, y[k]) for x, y in points]
        up = Axis([y for _, y in series], bottom, TOP)
        edge, anchor, label = (LEFT - 6, "end", 14) if k == 0 else (right + 6, "start", WIDTH - 14)
        for tick in up.ticks():
            out.append(text(edge, up.at(tick) + 4, f"{tick:g}", anchor, colour))
        middle = (TOP + bottom) / 2
        out.append(text(label, middle, name, "middle", colour, f' transform="rotate(-90 {label} {middle:.1f})"'))
        exponent, constant = slope(series)
        ends = [across.at(x) for x in (series[0][0], series[-1][0])]
        line = [up.at(constant * x**exponent) for x in (series[0][0], series[-1][0])]
        out.append(f'<path d="M{ends[0]:.1f} {line[0]:.1f}L{ends[1]:.1f} {line[1]:.1f}" stroke="{colour}" '
                   'stroke-dasharray="5 4" fill="none"/>')
        for x, y in series:
            out.append(f'<circle cx="{across.at(x):.1f}" cy="{up.at(y):.1f}" r="4" fill="{colour}"/>')
        out.append(text(LEFT + 4 if k == 0 else right - 4, 36, f"{name}: {x_name}^{exponent:.2f}",
                        "start" if k == 0 else "end", colour))
    return "\n".join([*out, "</svg>"]) + "\n"


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    rows = list(csv.DictReader(Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()))
    folder = Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for sweep, (x_name, title) in SWEEPS.items():
        points = [(float(r[x_name]), [float(r[key]) for key, _, _ in SERIES]) for r in rows if r["sweep"] == sweep]
        for k, (_, name, _) in enumerate(SERIES):
            exponent, _ = slope([(x, y[k]) for x, y in points])
            print(f"{sweep + ':':<8} {name:<20} grow as {x_name}^{exponent:.2f}")
        (folder / f"growth-{sweep}.svg").write_text(draw(points, title, x_name), encoding="utf-8")


if __name__ == "__main__":
    main()
