// The shares of camps over time, one on top of the other.
import { axis_style, chart, time_axis, tooltip_style } from './chart.js';
import { h, section } from './dom.js';
import { capital } from './format.js';
import { frame } from './frame.js';
import { series_color, series_dash } from './palette.js';
import { axis_label, times_of } from './simulation_data.js';

// Shares alone add up; the side of a leader, 1 or -1, does not.
const is_camp = (one) => /camp/i.test(one.own) && /share|people/.test(one.unit ?? '') && one.of !== null && !one.pair;

function option(camps, times, { clock, name }, colors) {
  const top = Math.max(...times.map((_, k) => camps.reduce((sum, one) => sum + one.mean[k], 0)));
  return {
    grid: { left: 46, right: 14, top: 10, bottom: 28 },
    xAxis: time_axis(clock, colors, times[0], times[times.length - 1]),
    yAxis: {
      type: 'value',
      min: 0,
      ...(Math.abs(top - 1) < 1e-3 ? { max: 1, interval: 0.25 } : {}),
      ...axis_style(colors),
      axisLabel: { ...axis_style(colors).axisLabel, formatter: axis_label(camps[0].unit) },
    },
    tooltip: {
      ...tooltip_style(colors),
      trigger: 'axis',
      formatter: (items) =>
        h(
          'div',
          {},
          h('b', {}, clock.short(times[items[0].dataIndex])),
          items.map(({ seriesIndex, dataIndex }) =>
            h(
              'div',
              {},
              `${name(camps[seriesIndex].of)}: ${camps[seriesIndex].write(camps[seriesIndex].mean[dataIndex])}`,
            ),
          ),
        ),
    },
    series: camps.map((one, i) => ({
      type: 'line',
      stack: 'camps',
      symbol: 'none',
      lineStyle: { width: 1.5, color: series_color(colors, i), type: series_dash(i) },
      areaStyle: { color: series_color(colors, i), opacity: 0.35 },
      data: times.map((time, k) => [time, one.mean[k]]),
    })),
  };
}

const legend = (camps, name) =>
  h(
    'p',
    { class: 'legend' },
    camps.map((one, i) =>
      h(
        'span',
        {},
        h('span', { class: 'key swatch', style: { background: `var(--series${(i % 5) + 1})` } }),
        name(one.of),
      ),
    ),
  );

function figure(camps, result, block, source) {
  const times = times_of(result, block);
  const { name } = result;
  const tale = (one) => `${name(one.of)}: ${one.write(one.mean[0])} to ${one.write(one.mean[one.mean.length - 1])}.`;
  const drawn = chart({
    height: (width) => (width < 500 ? 240 : 300),
    label: () => camps.map(tale).join(' '),
    option: (colors) => option(camps, times, result, colors),
  });
  return frame({
    name: `camps-${camps[0].layer}`,
    source,
    title: `${capital(camps[0].own.replace(/_/g, ' '))}`,
    subtitle: 'Means over the replicates, from the bottom in the order of the legend.',
    note: `Means over the replicates, from the bottom: ${camps.map((one) => name(one.of)).join(', ')}.`,
    controls: legend(camps, name),
    body: drawn.element,
    after: h('p', { class: 'said' }, camps.slice(0, 6).map(tale).join(' ')),
    table: () => ({
      columns: ['time', 'read_out', 'mean'],
      rows: camps.flatMap((one) => block.times.map((time, k) => [time, one.name, one.mean[k]])),
    }),
    drawing: drawn.drawing,
  });
}

export function camps(result, block, read_outs, source) {
  const groups = new Map();
  for (const one of [...read_outs].sort((p, q) => p.i - q.i).filter(is_camp)) {
    const kind = `${one.layer}.${one.own}`;
    groups.set(kind, [...(groups.get(kind) ?? []), one]);
  }
  if (groups.size === 0) return null;
  return section(
    'camps',
    'Camps',
    'How many stand in each camp.',
    [...groups.values()].map((group) => figure(group, result, block, source)),
  );
}
