// A sweep: the difference to the base at the end when the same branch acts on other dates, or with other values.
import { tooltip_style } from './chart.js';
import { h, section } from './dom.js';
import { capital, known } from './format.js';
import { frame } from './frame.js';
import { more_panels } from './more_panels.js';
import { banded, panel_axes } from './multiples.js';
import { own_scale } from './own_scale.js';
import { axis_difference, parsed_name, short_number } from './simulation_data.js';

const first_shown = 6;
const plain = { axis: 'value', unit: 1, short: (v) => short_number(v) };

// Rows of the sweep read-out by read-out, in the order in which the base shows them.
function lines_of(sweep, base, clock) {
  return base.read_outs
    .filter((one) => !one.pair || one.watched)
    .map((one) => ({
      one,
      points: sweep.points
        .map(({ value, difference }) => ({
          at: clock.time(value),
          value,
          ...difference.find((d) => d.name === one.name),
        }))
        .filter((p) => known(p.mean))
        .sort((p, q) => p.at - q.at),
    }))
    .filter(({ points }) => points.length > 0);
}

// Two standard errors either side of the mean, as one upright bar.
const error_bars = (points, axis, color) => ({
  type: 'custom',
  silent: true,
  clip: true,
  xAxisIndex: axis,
  yAxisIndex: axis,
  tooltip: { show: false },
  data: points.map((p) => [p.at, p.mean - 2 * (p.error ?? 0), p.mean + 2 * (p.error ?? 0)]),
  renderItem: (params, api) => {
    const [x, low] = api.coord([api.value(0), api.value(1)]);
    const [, high] = api.coord([api.value(0), api.value(2)]);
    return { type: 'line', shape: { x1: x, x2: x, y1: low, y2: high }, style: { stroke: color, lineWidth: 3 } };
  },
});

function panel_series({ points }, axis, colors) {
  const drawn = points.map((p) => ({ time: p.at, low: p.low80 ?? p.mean, high: p.high80 ?? p.mean, value: p.mean }));
  const zero = {
    silent: true,
    symbol: 'none',
    label: { show: false },
    lineStyle: { color: colors.muted, type: 'solid', width: 1 },
    data: [{ yAxis: 0 }],
  };
  return [
    ...banded(drawn, { color: colors.series1, axis, symbol: 'circle', own: { name: String(axis), markLine: zero } }),
    error_bars(points, axis, colors.series1),
  ];
}

const tale = ({ one, points }, x) =>
  `${one.label}: ${points.map((p) => `${x(p.at)} ${one.write_difference(p.mean)}`).join(', ')}.`;

function option(shown, x_clock, colors, grids) {
  const scales = shown.map(({ points }) =>
    own_scale(
      points.flatMap((p) => [p.low80, p.high80, p.mean - 2 * p.error, p.mean + 2 * p.error]),
      { zero: true },
    ),
  );
  const all = shown.flatMap(({ points }) => points.map((p) => p.at));
  const room = (Math.max(...all) - Math.min(...all)) * 0.04 || 1;
  return {
    ...panel_axes({
      titles: shown.map(({ one }) => one.label),
      clock: x_clock,
      colors,
      spans: shown.map(() => [Math.min(...all) - room, Math.max(...all) + room]),
      low: scales.map(({ low }) => low),
      high: scales.map(({ high }) => high),
      step: scales.map(({ step }) => step),
      label: shown.map(({ one }) => axis_difference(one.unit)),
      grids,
    }),
    tooltip: {
      ...tooltip_style(colors),
      trigger: 'axis',
      formatter: (items) => {
        const item = items.find((given) => /^\d+$/.test(given.seriesName));
        const line = shown[Number(item?.seriesName ?? -1)];
        const p = line?.points[item.dataIndex];
        if (!p) return '';
        const write = line.one.write_difference;
        return h(
          'div',
          {},
          h('b', {}, line.one.label),
          h('br'),
          `${x_clock.short(p.at)}: ${write(p.mean)} (80 % ${line.one.difference_span(p.low80, p.high80)}; standard error ${short_number(p.error)})`,
        );
      },
    },
    series: shown.flatMap((line, i) => panel_series(line, i, colors)),
  };
}

export function sweep(result, block, branches, source) {
  const given = block.sweep;
  if (!given?.points?.length) return null;
  const by_date = given.over === 'date';
  const x_clock = by_date ? result.clock : { ...plain, time: Number };
  const lines = lines_of(given, branches[0], x_clock);
  if (lines.length === 0) return null;
  const branch = branches.find((one) => one.name === given.branch)?.label ?? given.branch;
  const over = by_date ? 'date' : `value of ${parsed_name(given.over).own.replace(/_/g, ' ')} (${given.over})`;
  const { drawn, button } = more_panels(lines, {
    first: first_shown,
    noun: 'read-outs',
    label: (shown) => shown.map((line) => tale(line, x_clock.short)).join(' '),
    option: (shown, colors, width, grids) => option(shown, x_clock, colors, grids),
    panel_height: 130,
  });
  return section(
    'sweep',
    by_date ? 'Sooner or later' : 'More or less',
    `${capital(branch)}, by ${over}: how far each read-out ends from the base.`,
    frame({
      name: 'sweep',
      source,
      title: `Difference to the base at the end, by ${over}`,
      subtitle:
        'Dots: mean difference; upright bars: two standard errors either side; band: 80 % of the differences. Chances and shares in percentage points.',
      body: drawn.element,
      after: button,
      table: () => ({
        columns: ['value', 'read_out', 'mean', 'error', 'low80', 'high80'],
        rows: lines.flatMap(({ one, points }) =>
          points.map((p) => [p.value, one.name, p.mean, p.error, p.low80, p.high80]),
        ),
      }),
      drawing: drawn.drawing,
    }),
  );
}
