// Traces as one chart: a panel for each tie, with its forecast and band, the constant rate, and the day it ruptured.
import { chart, tooltip_style } from './chart.js';
import { h } from './dom.js';
import { percent, percent_range, plural } from './format.js';
import { banded, nice_reach, panel_axes, panels } from './multiples.js';

const per_cent = (value) => `${Number((100 * value).toPrecision(3))} %`;

const most_told = 6; // a label with more would not be listened to

const first_of = (line) => line.points[0].at;
const last_of = (line) => Math.max(line.points[line.points.length - 1].at, line.happened ?? -Infinity);

// Every panel is as wide in time, long enough for most of the lines, and ends where its line ends: where one is much
// longer than the others, its last part is shown.
export function windows_of(lines, horizon) {
  const lengths = lines.map((line) => last_of(line) - first_of(line)).sort((p, q) => p - q);
  const middle = lengths[Math.floor(lengths.length / 2)];
  const shown = Math.max(2 * horizon, Math.min(lengths[lengths.length - 1], 2.5 * middle));
  return {
    cut: lengths[lengths.length - 1] > shown,
    length: shown,
    spans: lines.map((line) => [last_of(line) - shown, last_of(line) + 0.02 * shown]),
  };
}

// One scale for all panels.  Where a few forecasts tower over the rest it is drawn by square roots, so that small chances
// can still be seen to move.
export function scale_of(lines) {
  const highest = lines.map((line) => line.highest).sort((p, q) => p - q);
  const top = highest[highest.length - 1];
  const bands = Math.max(...lines.flatMap((line) => line.points.map((f) => f.high ?? 0)));
  const { high, step } = nice_reach(Math.max(top, Math.min(3 * top, bands)));
  const linear = { high, step, at: (p) => p, label: per_cent };
  if (top < 4 * highest[Math.floor(highest.length / 2)]) return linear;
  const root = Math.sqrt(high);
  return { high: root, step: root / 2, at: Math.sqrt, label: (y) => per_cent(y * y), squared: true };
}

// What belongs to a panel besides its own line: the constant rate, the other baseline, the day it happened and the
// span before it in which a forecast should have been high.
function panel_series(line, i, block, { colors, scale, large }) {
  const { at } = scale;
  const points = line.points.map((f) => ({
    time: f.at,
    value: at(f.probability),
    low: at(f.low ?? f.probability),
    high: at(f.high ?? f.probability),
  }));
  const baseline = (field, type) => ({
    type: 'line',
    symbol: 'none',
    silent: true,
    xAxisIndex: i,
    yAxisIndex: i,
    lineStyle: { color: colors.muted, width: 1.5, type },
    data: line.points.filter((f) => Number.isFinite(f[field])).map((f) => [f.at, at(f[field])]),
  });
  const fate =
    line.happened === null
      ? {}
      : {
          markLine: {
            silent: true,
            symbol: 'none',
            lineStyle: { color: colors.conflict, type: 'solid', width: 2 },
            label: { formatter: '\u2715', color: colors.conflict, fontSize: 14, distance: 2 },
            data: [{ xAxis: line.happened }],
          },
          markArea: {
            silent: true,
            itemStyle: { color: colors.conflict, opacity: 0.09 },
            data: [[{ xAxis: line.happened - block.horizon_days * block.clock.unit }, { xAxis: line.happened }]],
          },
        };
  return [
    ...banded(points, {
      color: colors.ink,
      axis: i,
      symbol: points.length < 3 ? 'circle' : 'none',
      own: { name: String(i), ...fate },
    }),
    baseline('constant', 'dashed'),
    ...(large ? [baseline('duration', 'dotted')] : []),
  ];
}

export function traces_chart(block, lines, { spans }, scale) {
  const { clock, words } = block;
  const large = lines.length === 1;
  const shape = panels(lines.length, large ? { panel_width: 2000, panel_height: 260 } : {});
  return chart({
    height: shape.height,
    label: () =>
      lines.length > most_told
        ? `${plural(lines.length, 'trace')} of forecasts; the data and the list of ${words.many} say the same.`
        : lines.map((line) => tale(line, block)).join(' '),
    option: (colors, width) => ({
      ...panel_axes({
        titles: lines.map((line) => (large ? '' : line.names)),
        clock,
        colors,
        spans,
        low: 0,
        high: scale.high,
        step: scale.step,
        label: scale.label,
        grids: shape.grids(width),
      }),
      tooltip: {
        ...tooltip_style(colors),
        trigger: 'axis',
        axisPointer: { lineStyle: { color: colors.muted } },
        formatter: (items) => {
          const item = items.find((one) => lines[Number(one.seriesName)] && one.seriesName !== '');
          const line = lines[Number(item?.seriesName ?? -1)];
          const f = line?.points[item.dataIndex];
          if (!f) return '';
          const rank = Number.isFinite(f.rank) ? `, ${f.rank} of ${f.at_risk}` : '';
          return h(
            'div',
            {},
            h('b', {}, line.names),
            h('br'),
            `${clock.short(f.at)}: ${percent(f.probability)} (${percent_range(f.low, f.high)})${rank}`,
            h('br'),
            `constant rate ${percent(f.constant)}, ${words.subject === 'tie' ? 'age' : 'time'} alone ${percent(f.duration)}`,
          );
        },
      },
      series: lines.flatMap((line, i) => panel_series(line, i, block, { colors, scale, large })),
    }),
  });
}

export function tale(line, block) {
  const { clock, words } = block;
  const last = line.last ?? line.points[line.points.length - 1];
  if (line.happened === null) return `${line.names}: highest at ${percent(line.highest)}; no ${words.one} followed.`;
  return `${line.names}: ${words.one} ${clock.short(line.happened)}; the last forecast before, ${clock.short(last.at)}, said ${percent(last.probability)}.`;
}
