// What did it say, and when?  Each tie's forecast from date to date, with the day on which it ruptured.
import { chart, tooltip_style } from './chart.js';
import { h, section } from './dom.js';
import { percent, percent_range, plural } from './format.js';
import { frame } from './frame.js';
import { banded, nice_reach, panel_axes, panels } from './multiples.js';

const most = 24;
const first_shown = 9;
const per_cent = (value) => `${Number((100 * value).toPrecision(3))} %`;

function choices_of(block) {
  const { lines, words } = block;
  const happened = lines.filter((line) => line.happened !== null).sort((p, q) => p.happened - q.happened);
  const feared = [...lines].sort((p, q) => q.highest - p.highest);
  const groups = [
    ...(happened.length
      ? [{ value: 'happened', label: `Every ${words.subject} that ${words.did} (${happened.length})`, lines: happened }]
      : []),
    {
      value: 'feared',
      label: `The ${Math.min(first_shown, feared.length)} highest forecasts`,
      lines: feared.slice(0, first_shown),
    },
    {
      value: 'false',
      label: `The highest forecasts of what did not follow`,
      lines: feared.filter((line) => line.happened === null).slice(0, first_shown),
    },
  ].filter((group) => group.lines.length);
  const single = [...lines]
    .sort((p, q) => (p.names < q.names ? -1 : 1))
    .map((line) => ({
      value: `tie ${line.key}`,
      label: `${line.names}${line.happened !== null ? ' \u2715' : ''}`,
      lines: [line],
    }));
  return { groups, single };
}

// What belongs to a panel besides its own line: the constant rate, the other baseline, the day it happened and the
// span before it in which a forecast should have been high.
function panel_series(line, i, block, colors, large) {
  const points = line.points.map((f) => ({
    time: f.at,
    value: f.probability,
    low: f.low ?? f.probability,
    high: f.high ?? f.probability,
  }));
  const baseline = (field, type) => ({
    type: 'line',
    symbol: 'none',
    silent: true,
    xAxisIndex: i,
    yAxisIndex: i,
    lineStyle: { color: colors.muted, width: 1.5, type },
    data: line.points.filter((f) => Number.isFinite(f[field])).map((f) => [f.at, f[field]]),
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

function drawn_of(block, lines, large) {
  const { clock, words } = block;
  const shape = panels(lines.length, large ? { panel_width: 2000, panel_height: 260 } : {});
  const ends = Math.max(clock.time(block.to), ...lines.map((line) => line.happened ?? -Infinity));
  const from = large ? lines[0].points[0].at : clock.time(block.from);
  const to = large ? Math.max(lines[0].points[lines[0].points.length - 1].at, lines[0].happened ?? -Infinity) : ends;
  const highest = Math.max(...lines.map((line) => line.highest));
  const bands = Math.max(...lines.flatMap((line) => line.points.map((f) => f.high ?? 0)));
  const { high, step } = nice_reach(Math.max(highest, Math.min(1.5 * highest, bands)));
  const titles = lines.map((line) => line.names);
  return chart({
    height: shape.height,
    label: () => lines.map((line) => tale(line, block)).join(' '),
    option: (colors, width) => ({
      ...panel_axes({
        titles,
        clock,
        colors,
        from,
        to: Math.max(to, from + clock.unit),
        low: 0,
        high,
        step,
        label: per_cent,
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
      series: lines.flatMap((line, i) => panel_series(line, i, block, colors, large)),
    }),
  });
}

function tale(line, block) {
  const { clock, words } = block;
  const last = line.last ?? line.points[line.points.length - 1];
  if (line.happened === null) return `${line.names}: highest at ${percent(line.highest)}; no ${words.one} followed.`;
  return `${line.names}: ${words.one} ${clock.short(line.happened)}; the last forecast before, ${clock.short(last.at)}, said ${percent(last.probability)}.`;
}

function figure(block, lines, label, source) {
  const large = lines.length === 1;
  const { words } = block;
  const shown = lines.slice(0, most);
  const drawn = drawn_of(block, shown, large);
  const level = `${Math.round(100 * block.interval)}\u00a0% interval`;
  const legend = h(
    'p',
    { class: 'legend' },
    h('span', {}, h('i', { class: 'key line ink' }), 'forecast'),
    h('span', {}, h('i', { class: 'key interval' }), level),
    h('span', {}, h('i', { class: 'key line muted' }), 'constant rate'),
    large ? h('span', {}, h('i', { class: 'key line dots' }), words.age) : null,
    shown.some((line) => line.happened !== null)
      ? h('span', { class: 'conflict' }, `\u2715 ${words.one}, and the ${block.clock.span(block.horizon_days)} before`)
      : null,
  );
  const columns = [
    'as_of',
    'tie_id',
    'a',
    'b',
    'name',
    'kind',
    'probability',
    'low',
    'high',
    'constant',
    'duration',
    'outcome',
    'what',
    'time',
    'rank',
    'at_risk',
  ];
  return frame({
    name: `${words.prefix}traces`,
    source,
    title: label,
    subtitle: `Chance of a ${words.one} within ${block.clock.span(block.horizon_days)}, as it was said on each date${lines.length > most ? `; the first ${most} of ${lines.length}` : ''}`,
    controls: legend,
    body: drawn.element,
    drawing: () => drawn.drawing(),
    table: () => ({ columns, rows: lines.flatMap((line) => line.points.map((f) => columns.map((c) => f[c]))) }),
    after: large ? h('p', { class: 'said' }, tale(lines[0], block)) : null,
  });
}

export function traces(block, source) {
  const { words } = block;
  if (block.lines.length === 0) return null;
  const { groups, single } = choices_of(block);
  const all = [...groups, ...single];
  const body = h('div', {});
  const id = `${words.prefix}trace-select`;
  const option_of = ({ value, label }) => h('option', { value }, label);
  const select = h(
    'select',
    { id, on: { change: () => draw() } },
    h('optgroup', { label: 'Together, on one scale' }, groups.map(option_of)),
    h('optgroup', { label: `One ${words.subject}` }, single.map(option_of)),
  );
  const draw = () => {
    const { lines, label } = all.find(({ value }) => value === select.value);
    body.replaceChildren(figure(block, lines, label.replace(' \u2715', ''), source));
  };
  draw();
  return section(
    `${words.prefix}traces`,
    'What did it say, and when?',
    `${plural(block.lines.length, words.subject)} were forecast from date to date. A line that rises before the cross saw it coming; one that rises with no cross was a false alarm.`,
    h('p', { class: 'picks' }, h('label', { for: id }, 'Show '), select),
    body,
  );
}
