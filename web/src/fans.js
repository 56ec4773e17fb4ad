// Fan charts: for each read-out its median with the bands that hold 50, 80 and 95 % of the replicates, layer by layer.
import { tooltip_style } from './chart.js';
import { h, section } from './dom.js';
import { plural, span_of } from './format.js';
import { frame } from './frame.js';
import { more_panels } from './more_panels.js';
import { banded, panel_axes } from './multiples.js';
import { own_scale } from './own_scale.js';
import { at_end, axis_label, band_keys, by_layer, layer_title, times_of, with_fans } from './simulation_data.js';

const most_shown = 12;
const bands = [
  { low: 'low95', high: 'high95', opacity: 0.12 },
  { low: 'low80', high: 'high80', opacity: 0.16 },
  { low: 'low50', high: 'high50', opacity: 0.24 },
];

const tale = (one) => {
  const end = at_end(one);
  return `${one.label}: ${one.write(one.median[0])} to ${one.write(end.median)} (80 % ${span_of([end.low80, end.high80], one.write)}).`;
};

function fan(one, times, axis, color) {
  return bands.flatMap(({ low, high, opacity }, i) => {
    const points = times.map((time, k) => ({ time, low: one[low][k], high: one[high][k], value: one.median[k] }));
    const series = banded(points, { color, opacity, axis, layer: low, own: { name: String(axis) } });
    return i + 1 < bands.length ? series.slice(0, 2) : series;
  });
}

const tooltip = (shown, times, clock, colors) => ({
  ...tooltip_style(colors),
  trigger: 'axis',
  axisPointer: { lineStyle: { color: colors.muted } },
  formatter: (items) => {
    const item = items.find((given) => /^\d+$/.test(given.seriesName));
    const one = shown[Number(item?.seriesName ?? -1)];
    if (!one) return '';
    const k = item.dataIndex;
    const band = (level) => span_of([one[`low${level}`][k], one[`high${level}`][k]], one.write);
    return h(
      'div',
      {},
      h('b', {}, one.label),
      h('br'),
      `${clock.short(times[k])}: ${one.write(one.median[k])}; 50 % ${band(50)}, 80 % ${band(80)}, 95 % ${band(95)}`,
    );
  },
});

function table(all, block) {
  return {
    columns: ['time', 'read_out', 'mean', 'error', ...band_keys],
    rows: all.flatMap((one) =>
      block.times.map((time, k) => [time, one.name, one.mean[k], one.error[k], ...band_keys.map((key) => one[key][k])]),
    ),
  };
}

function figure({ layer, all }, first, result, block, source) {
  const times = times_of(result, block);
  const span = [times[0], times[times.length - 1]];
  const { drawn, button } = more_panels(all, {
    first,
    noun: 'read-outs',
    label: (shown) => shown.slice(0, 8).map(tale).join(' '),
    option: (shown, colors, width, grids) => {
      const scales = shown.map((one) => own_scale([...one.low95, ...one.high95]));
      return {
        ...panel_axes({
          titles: shown.map((one) => one.label),
          clock: result.clock,
          colors,
          spans: shown.map(() => span),
          low: scales.map(({ low }) => low),
          high: scales.map(({ high }) => high),
          step: scales.map(({ step }) => step),
          label: shown.map((one) => axis_label(one.unit)),
          grids,
        }),
        tooltip: tooltip(shown, times, result.clock, colors),
        series: shown.flatMap((one, i) => fan(one, times, i, colors.series1)),
      };
    },
  });
  const meanings = [...new Map(all.filter((one) => one.meaning).map((one) => [one.own, one])).values()];
  return frame({
    name: `fans-${layer}`,
    source,
    title: layer_title(layer),
    subtitle: meanings
      .slice(0, 6)
      .map((one) => `${one.own.replace(/_/g, ' ')}: ${one.meaning}${one.unit ? ` (${one.unit})` : ''}`)
      .join('; '),
    body: drawn.element,
    after: button,
    table: () => table(all, block),
    drawing: drawn.drawing,
  });
}

export function fans(result, block, read_outs, source) {
  const groups = by_layer(with_fans(read_outs));
  if (groups.length === 0) return null;
  const each = Math.max(3, Math.floor(most_shown / groups.length));
  const watched = read_outs.some((one) => one.watched) ? ' Those that the scenario watches come first.' : '';
  return section(
    'fans',
    'How it goes on',
    `The line is the median of ${plural(block.replicates, 'replicate')}; the bands hold 50, 80 and 95 % of them. Every panel has its own scale.${watched}`,
    groups.map((group) => figure(group, each, result, block, source)),
  );
}
