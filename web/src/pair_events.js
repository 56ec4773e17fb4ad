// What two actors did to each other: cooperation up, conflict down, by intensity; ties in force as bars below.
import { axis_style, chart, time_axis, tooltip_style } from './chart.js';
import { h } from './dom.js';
import { event_list } from './events.js';
import { fixed, plural } from './format.js';
import { frame } from './frame.js';
import { pair_key } from './results.js';

const material = (event) => /^material/.test(event.quad ?? '');

function stem(params, api) {
  const [x, y] = api.coord([api.value(0), api.value(1)]);
  const [, zero] = api.coord([api.value(0), 0]);
  return {
    type: 'line',
    shape: { x1: x, y1: zero, x2: x, y2: y },
    style: { stroke: api.visual('color'), lineWidth: 1.5, opacity: 0.6 },
  };
}

function tie_bar(params, api) {
  const [x1, y] = api.coord([api.value(0), api.value(2)]);
  const [x2] = api.coord([api.value(1), api.value(2)]);
  const height = 12;
  return {
    type: 'rect',
    shape: { x: x1, y: y - height / 2, width: Math.max(2, x2 - x1), height, r: 2 },
    style: { fill: api.visual('color'), opacity: 0.4 },
  };
}

function events_option(result, events, ties, colors, width) {
  const { clock } = result;
  const from = Math.min(...events.map((e) => e.time), ...ties.map((t) => t.from), result.as_of - 30 * clock.unit);
  const span = result.as_of - from;
  const range = [from - 0.03 * span, result.as_of + 0.02 * span];
  const kinds = ties.map((tie) => tie.kind);
  const left = width < 600 ? 34 : 52;
  const reach = events.reduce((most, event) => Math.max(most, 5 * Math.ceil(Math.abs(event.height) / 5)), 10);
  const ties_height = 20 * ties.length;
  const style = axis_style(colors);
  const group = (conflict, solid) => ({
    type: 'scatter',
    name: conflict ? 'conflict' : 'cooperation',
    symbol: conflict ? 'diamond' : 'circle',
    symbolSize: conflict ? 13 : 11,
    itemStyle: {
      opacity: 1,
      color: solid ? colors[conflict ? 'conflict' : 'cooperation'] : colors.paper,
      borderColor: colors[conflict ? 'conflict' : 'cooperation'],
      borderWidth: 2,
    },
    data: events
      .filter((e) => e.conflict === conflict && material(e) === solid)
      .map((e) => ({ value: [e.time, e.height], event: e })),
  });
  return {
    tooltip: {
      ...tooltip_style(colors),
      trigger: 'item',
      formatter: (p) => {
        if (p.data.tie)
          return h(
            'div',
            {},
            `${p.data.tie.kind}, from ${clock.short(p.data.tie.from)}${Number.isFinite(p.data.tie.to) ? ` to ${clock.short(p.data.tie.to)} (${p.data.tie.ending ?? 'ended'})` : ', in force'}`,
          );
        const e = p.data.event;
        return e
          ? h(
              'div',
              {},
              h('b', {}, `${clock.dated(e.date, e.precision)}: ${result.name(e.source)} to ${result.name(e.target)}`),
              h('br'),
              `${e.label ?? e.type} (${fixed(e.intensity, 1)})`,
              h('br'),
              e.description ?? '',
            )
          : null;
      },
    },
    grid: [
      { left, right: 14, top: 26, height: 210 },
      { left, right: 14, top: 272, height: Math.max(ties_height, 1) },
    ],
    xAxis: [
      {
        ...time_axis(clock, colors, ...range),
        gridIndex: 0,
        axisLine: { onZero: true, lineStyle: { color: colors.muted } },
        axisLabel: { ...time_axis(clock, colors, ...range).axisLabel, show: true },
        position: 'bottom',
      },
      { ...time_axis(clock, colors, ...range), gridIndex: 1, show: false },
    ],
    yAxis: [
      {
        type: 'value',
        min: -reach,
        max: reach,
        interval: reach / 2,
        gridIndex: 0,
        ...style,
        axisLabel: { ...style.axisLabel, formatter: (value) => fixed(value, 0) },
      },
      { type: 'value', min: -0.5, max: Math.max(ties.length, 1) - 0.5, inverse: true, gridIndex: 1, show: false },
    ],
    series: [
      {
        type: 'custom',
        renderItem: stem,
        silent: true,
        itemStyle: { color: colors.muted },
        data: events.map((e) => [e.time, e.height]),
        tooltip: { show: false },
      },
      group(false, true),
      group(false, false),
      group(true, true),
      group(true, false),
      {
        type: 'custom',
        renderItem: tie_bar,
        xAxisIndex: 1,
        yAxisIndex: 1,
        encode: { x: [0, 1], y: 2 },
        label: { show: false },
        data: ties.map((tie, i) => ({
          value: [tie.from, Math.min(tie.to, range[1]), i],
          tie,
          itemStyle: { color: tie.cooperative === false ? colors.conflict : colors.cooperation },
        })),
      },
      {
        type: 'scatter',
        xAxisIndex: 1,
        yAxisIndex: 1,
        symbolSize: 0.01,
        silent: true,
        data: ties.map((tie, i) => ({
          value: [Math.max(tie.from, range[0]), i],
          label: {
            show: true,
            position: tie.from > from + 0.7 * span ? 'left' : 'insideLeft',
            align: tie.from > from + 0.7 * span ? 'right' : 'left',
            distance: 5,
            formatter: kinds[i],
            color: colors.ink,
            fontSize: 12,
          },
        })),
      },
    ],
  };
}

export function events_chart(result, a, b, source) {
  const key = pair_key(a, b);
  const events = result.events.filter((event) => event.pair === key && event.source !== event.target);
  const ties = result.ties.filter((tie) => tie.pair === key);
  const names = `${result.name(a)} and ${result.name(b)}`;
  const count = (conflict) => events.filter((event) => event.conflict === conflict).length;
  const words = `${plural(events.length, 'recorded event')} between ${names}: ${plural(count(false), 'act')} of cooperation, ${plural(count(true), 'act')} of conflict.`;
  if (events.length === 0 && ties.length === 0) return h('p', {}, words);
  const drawn = chart({
    height: () => 276 + 20 * ties.length,
    label: () => words,
    option: (colors, width) => events_option(result, events, ties, colors, width),
  });
  return h(
    'div',
    {},
    frame({
      name: `events-${a}-${b}`,
      source,
      title: `What ${names} did to each other`,
      subtitle: `${words} Cooperation points up and conflict down, by intensity.${ties.length ? ' Bars: ties in force.' : ''}`,
      controls: h(
        'p',
        { class: 'legend' },
        h('span', { class: 'cooperation' }, '\u25cf cooperation'),
        h('span', { class: 'conflict' }, '\u25c6 conflict'),
        h('span', {}, 'filled: deeds'),
        h('span', {}, 'hollow: words'),
      ),
      body: drawn.element,
      drawing: () => drawn.drawing(),
      table: () => ({
        columns: [
          'date',
          'precision',
          'source',
          'target',
          'type',
          'quad',
          'intensity',
          'description',
          'reference',
          'verified',
        ],
        rows: events.map((e) => [
          e.date,
          e.precision,
          e.source,
          e.target,
          e.type,
          e.quad,
          e.intensity,
          e.description,
          e.reference,
          e.verified,
        ]),
      }),
    }),
    events.length
      ? h(
          'details',
          { class: 'list' },
          h('summary', {}, `List of the ${plural(events.length, 'event')}`),
          event_list([...events].reverse(), result),
        )
      : null,
  );
}
