// An alliance's fitted hazard over its past life, and its forecast: chance of a rupture by each date.
import { axis_style, chart, time_axis, tooltip_style } from './chart.js';
import { h } from './dom.js';
import { percent, percent_range } from './format.js';
import { frame } from './frame.js';
import { outcome_text } from './outcome.js';

const per_cent = (value) => `${Number((100 * value).toPrecision(3))} %`;
const month = 30;

// A hazard per day as the chance over the 30 days that follow if it stayed so.
const monthly = (hazard) => 1 - Math.exp(-month * hazard);

const base = (colors, clock, from, to, width) => ({
  grid: { left: 52, right: width < 420 ? 16 : 24, top: 18, bottom: 30 },
  xAxis: time_axis(clock, colors, from, to),
  yAxis: {
    type: 'value',
    min: 0,
    ...axis_style(colors),
    axisLabel: { ...axis_style(colors).axisLabel, formatter: per_cent },
  },
});

export function hazard_chart(result, alliance, source) {
  const { clock } = result;
  const points = (alliance.history ?? []).map((p) => ({ ...p, time: clock.time(p.date), shown: monthly(p.hazard) }));
  if (points.length < 2) return h('p', {}, 'The tie is too young to show how its hazard moved.');
  const peak = points.reduce((best, p) => (p.hazard > best.hazard ? p : best));
  const last = points[points.length - 1];
  const words = `Fitted chance of a rupture within ${clock.span(month)}: highest ${percent(peak.shown)} around ${clock.short(peak.time)}, ${percent(last.shown)} on ${clock.short(last.time)}.`;
  const drawn = chart({
    height: 260,
    label: () => words,
    option: (colors, width) => ({
      ...base(colors, clock, points[0].time, result.as_of, width),
      tooltip: {
        ...tooltip_style(colors),
        trigger: 'axis',
        axisPointer: { lineStyle: { color: colors.muted } },
        formatter: ([p]) => h('div', {}, `${clock.short(p.value[0])}: ${percent(p.value[1])}`),
      },
      series: [
        {
          type: 'line',
          symbol: 'none',
          lineStyle: { color: colors.conflict, width: 2 },
          itemStyle: { color: colors.conflict },
          data: points.map((p) => [p.time, p.shown]),
        },
      ],
    }),
  });
  return frame({
    name: `hazard-${alliance.tie_id}`,
    source,
    title: 'The hazard so far',
    subtitle: words,
    body: drawn.element,
    drawing: () => drawn.drawing(),
    table: () => ({
      columns: ['tie_id', 'date', 'hazard_per_day'],
      rows: points.map((p) => [alliance.tie_id, p.date, p.hazard]),
    }),
  });
}

function outcome_marks(result, alliance, colors, reach) {
  const { outcome } = alliance;
  if (!outcome?.date || outcome.outcome === 'in force') return {};
  const broke = outcome.outcome === 'rupture';
  return {
    markLine: {
      silent: true,
      symbol: 'none',
      lineStyle: { color: broke ? colors.conflict : colors.muted, type: [2, 3], width: 1.5 },
      label: {
        formatter: `${broke ? '\u2715' : '\u25c7'} ${outcome_text(outcome, result.clock)}`,
        color: colors.ink,
        fontSize: 13,
        rotate: 0,
        position: 'insideEndTop',
        align: result.clock.time(outcome.date) > reach ? 'right' : 'left',
      },
      data: [{ xAxis: result.clock.time(outcome.date) }],
    },
  };
}

export function forecast_chart(result, alliance, source) {
  const { clock, forecast } = result;
  const start = { time: result.as_of, probability: 0, low: 0, high: 0, date: forecast.as_of };
  const given = (alliance.curve ?? []).map((p) => ({ ...p, time: clock.time(p.date) }));
  if (given.length === 0) return null;
  const points = given[0].time > result.as_of ? [start, ...given] : given;
  const ends = points[points.length - 1].time;
  const level = `${Math.round(100 * forecast.interval)}\u00a0% interval`;
  const words = `Chance of a rupture by each date: ${percent(alliance.probability)} by ${clock.short(ends)} (${level} ${percent_range(alliance.low, alliance.high)}).`;
  const hidden = {
    type: 'line',
    symbol: 'none',
    silent: true,
    lineStyle: { opacity: 0 },
    stack: 'band',
    tooltip: { show: false },
  };
  const drawn = chart({
    height: 260,
    label: () => words,
    option: (colors, width) => ({
      ...base(colors, clock, result.as_of, ends, width),
      tooltip: {
        ...tooltip_style(colors),
        trigger: 'axis',
        axisPointer: { lineStyle: { color: colors.muted } },
        formatter: (items) => {
          const p = points[items[0].dataIndex];
          return h('div', {}, `By ${clock.short(p.time)}: ${percent(p.probability)} (${percent_range(p.low, p.high)})`);
        },
      },
      series: [
        { ...hidden, data: points.map((p) => [p.time, p.low]) },
        {
          ...hidden,
          areaStyle: { color: colors.ink, opacity: 0.16 },
          data: points.map((p) => [p.time, p.high - p.low]),
        },
        {
          type: 'line',
          symbol: 'none',
          lineStyle: { color: colors.ink, width: 2.5 },
          itemStyle: { color: colors.ink },
          data: points.map((p) => [p.time, p.probability]),
          ...outcome_marks(result, alliance, colors, (result.as_of + ends) / 2),
        },
      ],
    }),
  });
  return frame({
    name: `forecast-${alliance.tie_id}`,
    source,
    title: 'The forecast',
    subtitle: words,
    body: drawn.element,
    drawing: () => drawn.drawing(),
    table: () => ({
      columns: ['tie_id', 'date', 'probability', 'low', 'high'],
      rows: points.map((p) => [alliance.tie_id, p.date, p.probability, p.low, p.high]),
    }),
  });
}
