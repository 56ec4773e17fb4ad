// The branches of a what-if: their medians over the base's, and the differences with their bands.
import { tooltip_style } from './chart.js';
import { h, section } from './dom.js';
import { capital, known } from './format.js';
import { frame } from './frame.js';
import { more_panels } from './more_panels.js';
import { banded, panel_axes } from './multiples.js';
import { own_scale } from './own_scale.js';
import { series_color, series_dash } from './palette.js';
import { at_end, axis_difference, axis_label, times_of, with_fans } from './simulation_data.js';

const first_shown = 12;

const axes = (shown, scales, label, result, block, colors, grids) => {
  const times = times_of(result, block);
  return panel_axes({
    titles: shown.map((one) => one.label),
    clock: result.clock,
    colors,
    spans: shown.map(() => [times[0], times[times.length - 1]]),
    low: scales.map(({ low }) => low),
    high: scales.map(({ high }) => high),
    step: scales.map(({ step }) => step),
    label: shown.map((one) => label(one.unit)),
    grids,
  });
};

const line = (axis, color, dash, width, name, data) => ({
  type: 'line',
  symbol: 'none',
  name,
  xAxisIndex: axis,
  yAxisIndex: axis,
  lineStyle: { color, type: dash, width },
  itemStyle: { color },
  data,
});

const look = (branch, colors) =>
  branch.i === 0
    ? { color: colors.muted, dash: 'solid' }
    : { color: series_color(colors, branch.i - 1), dash: series_dash(branch.i - 1) };

const legend = (branches) =>
  h(
    'p',
    { class: 'legend' },
    branches.map((branch) =>
      h(
        'span',
        {},
        h('span', {
          class: `key swatch${branch.i ? '' : ' base'}`,
          style: { background: branch.i ? `var(--series${((branch.i - 1) % 5) + 1})` : 'var(--muted)' },
        }),
        branch.i ? branch.label : `base: ${branch.label}`,
      ),
    ),
  );

const told = (colors, text) => ({
  ...tooltip_style(colors),
  trigger: 'axis',
  axisPointer: { lineStyle: { color: colors.muted } },
  formatter: (items) => {
    const item = items.find((one) => /^\d+:/.test(one.seriesName));
    return item ? text(Number(item.seriesName.split(':')[0]), item.dataIndex) : '';
  },
});

export function medians(result, block, branches, source) {
  const times = times_of(result, block);
  const [base] = branches;
  const shown_read_outs = with_fans(base.read_outs);
  const of = branches.map((branch) => new Map(branch.read_outs.map((one) => [one.name, one])));
  const tale = (one) =>
    `${one.label}: ${branches.map((b, i) => `${b.label} ${one.write(at_end(of[i].get(one.name)).median)}`).join(', ')}.`;
  const { drawn, button } = more_panels(shown_read_outs, {
    first: first_shown,
    noun: 'read-outs',
    label: (shown) => shown.slice(0, 6).map(tale).join(' '),
    option: (shown, colors, width, grids) => ({
      ...axes(
        shown,
        shown.map((one) => own_scale(of.flatMap((list) => list.get(one.name).median))),
        axis_label,
        result,
        block,
        colors,
        grids,
      ),
      tooltip: told(colors, (i, k) =>
        h(
          'div',
          {},
          h('b', {}, shown[i].label),
          h('div', {}, result.clock.short(times[k])),
          branches.map((b, j) => h('div', {}, `${b.label}: ${shown[i].write(of[j].get(shown[i].name).median[k])}`)),
        ),
      ),
      series: shown.flatMap((one, i) =>
        branches.map((branch, j) => {
          const { color, dash } = look(branch, colors);
          const data = times.map((time, k) => [time, of[j].get(one.name).median[k]]);
          return line(i, color, dash, j ? 2 : 4.5, `${i}:${j}`, data);
        }),
      ),
    }),
  });
  return frame({
    name: 'branch-medians',
    source,
    title: 'Medians of every branch',
    subtitle: 'Each panel has its own scale.',
    note: `Base in grey; ${branches
      .slice(1)
      .map((b) => b.label)
      .join(', ')}.`,
    controls: legend(branches),
    body: drawn.element,
    after: button,
    table: () => ({
      columns: ['time', 'read_out', 'branch', 'median'],
      rows: branches.flatMap((branch) =>
        with_fans(branch.read_outs).flatMap((one) =>
          block.times.map((time, k) => [time, one.name, branch.name, one.median[k]]),
        ),
      ),
    }),
    drawing: drawn.drawing,
  });
}

export function differences(result, block, branch, source) {
  const times = times_of(result, block);
  const all = with_fans(branch.difference);
  const tale = (one) => {
    const end = at_end(one);
    return `${one.label}: ${one.write_difference(end.mean)} (80 % ${one.difference_span(end.low80, end.high80)}).`;
  };
  const { drawn, button } = more_panels(all, {
    first: first_shown,
    noun: 'differences',
    label: (shown) => shown.slice(0, 6).map(tale).join(' '),
    option: (shown, colors, width, grids) => ({
      ...axes(
        shown,
        shown.map((one) => own_scale([...one.low80, ...one.high80, ...one.mean].filter(known), { zero: true })),
        axis_difference,
        result,
        block,
        colors,
        grids,
      ),
      tooltip: told(colors, (i, k) =>
        h(
          'div',
          {},
          h('b', {}, shown[i].label),
          h('br'),
          `${result.clock.short(times[k])}: ${shown[i].write_difference(shown[i].mean[k])} (80 % ${shown[i].difference_span(shown[i].low80[k], shown[i].high80[k])})`,
        ),
      ),
      series: shown.flatMap((one, i) =>
        banded(
          times.map((time, k) => ({ time, low: one.low80[k], high: one.high80[k], value: one.mean[k] })),
          {
            color: look(branch, colors).color,
            opacity: 0.25,
            axis: i,
            own: {
              name: `${i}:`,
              markLine: {
                silent: true,
                symbol: 'none',
                label: { show: false },
                lineStyle: { color: colors.muted, type: 'solid', width: 1 },
                data: [{ yAxis: 0 }],
              },
            },
          },
        ),
      ),
    }),
  });
  return frame({
    name: `differences-${branch.name}`,
    source,
    title: `${capital(branch.label)}: difference to the base`,
    subtitle:
      'Mean difference, and the band that holds 80 % of the differences, replicate by replicate. Chances and shares in percentage points.',
    body: drawn.element,
    after: button,
    table: () => ({
      columns: ['time', 'read_out', 'mean', 'error', 'low80', 'median', 'high80'],
      rows: all.flatMap((one) =>
        block.times.map((time, k) => [
          time,
          one.name,
          one.mean[k],
          one.error[k],
          one.low80[k],
          one.median[k],
          one.high80[k],
        ]),
      ),
    }),
    drawing: drawn.drawing,
  });
}

export const branch_section = (result, block, branches, source) =>
  section(
    'branches',
    'The branches over time',
    null,
    medians(result, block, branches, source),
    branches.slice(1).map((branch) => differences(result, block, branch, source)),
  );
