// The events of the first replicate: one row for each pair, one mark for each event.
import { axis_style, chart, time_axis, tooltip_style } from './chart.js';
import { h, section } from './dom.js';
import { fixed, plural } from './format.js';
import { frame } from './frame.js';
import { pair_key } from './results.js';
import { times_of } from './simulation_data.js';

const first_rows = 20;
const most_rows = 120;
const row_height = 24;

const is_conflict = (act) =>
  /conflict/.test(act.hazard) || (!/cooperation/.test(act.hazard) && (act.intensity ?? 0) < 0);

function pairs_of(acts, clock, name) {
  const pairs = new Map();
  for (const act of acts) {
    const key = pair_key(act.sender, act.receiver);
    const [a, b] = JSON.parse(key);
    if (!pairs.has(key)) pairs.set(key, { title: `${name(a)} – ${name(b)}`, acts: [] });
    // A calendar counts days in `time`, and its axis milliseconds.
    pairs.get(key).acts.push({ ...act, at: act.time * clock.unit, conflict: is_conflict(act) });
  }
  return [...pairs.values()].sort((p, q) => q.acts.length - p.acts.length).slice(0, most_rows);
}

const marks = (pairs, conflict, colors) => ({
  type: 'scatter',
  name: conflict ? 'conflict' : 'cooperation',
  symbol: conflict ? 'diamond' : 'circle',
  symbolSize: conflict ? 11 : 9,
  itemStyle: { color: conflict ? colors.conflict : colors.cooperation, opacity: 0.85 },
  data: pairs.flatMap((pair, row) =>
    pair.acts.filter((act) => act.conflict === conflict).map((act) => ({ value: [act.at, row], act })),
  ),
});

function option(pairs, span, { clock, name }, colors, width) {
  const label_width = Math.min(220, Math.round(width * 0.34));
  const style = axis_style(colors);
  return {
    grid: { left: label_width + 8, right: 14, top: 8, bottom: 30 },
    xAxis: { ...time_axis(clock, colors, ...span), splitNumber: Math.max(2, Math.floor((width - label_width) / 110)) },
    yAxis: {
      type: 'category',
      inverse: true,
      data: pairs.map((pair) => pair.title),
      ...style,
      axisTick: { show: false },
      axisLabel: { ...style.axisLabel, width: label_width, overflow: 'truncate', interval: 0, hideOverlap: false },
      splitLine: { show: true, lineStyle: { color: colors.grid } },
    },
    tooltip: {
      ...tooltip_style(colors),
      formatter: ({ data: { act } }) =>
        h(
          'div',
          {},
          h('b', {}, `${name(act.sender)} → ${name(act.receiver)}`),
          h('br'),
          `${act.date}: ${act.type}, ${act.hazard}${Number.isFinite(act.intensity) ? `, intensity ${fixed(act.intensity, 1)}` : ''}`,
        ),
    },
    series: [marks(pairs, true, colors), marks(pairs, false, colors)],
  };
}

const legend = () =>
  h(
    'p',
    { class: 'legend' },
    h('span', { class: 'conflict' }, '◆ conflict'),
    h('span', { class: 'cooperation' }, '● cooperation'),
  );

export function raster(result, block, source) {
  const acts = block.acts ?? [];
  if (acts.length === 0) return null;
  const pairs = pairs_of(acts, result.clock, result.name);
  const times = times_of(result, block);
  let shown = pairs.slice(0, first_rows);
  const drawn = chart({
    height: () => shown.length * row_height + 46,
    label: () =>
      shown
        .slice(0, 8)
        .map((pair) => `${pair.title}: ${plural(pair.acts.length, 'event')}.`)
        .join(' '),
    option: (colors, width) => option(shown, [times[0], times[times.length - 1]], result, colors, width),
  });
  const many = `Show all ${pairs.length} pairs`;
  const more = h('button', { type: 'button', class: 'more', 'aria-expanded': 'false' }, many);
  more.addEventListener('click', () => {
    const open = more.getAttribute('aria-expanded') === 'false';
    shown = open ? pairs : pairs.slice(0, first_rows);
    more.setAttribute('aria-expanded', String(open));
    more.textContent = open ? `Show the first ${first_rows} only` : many;
    drawn.draw();
  });
  return section(
    'raster',
    'One replicate, event by event',
    `The first replicate alone: ${plural(acts.length, 'simulated event')}. It shows what a path looks like, not what is likely.`,
    frame({
      name: 'raster',
      source,
      title: 'Simulated events of the first replicate',
      subtitle: 'Pairs with most events first.',
      controls: legend(),
      body: drawn.element,
      after: pairs.length > first_rows ? more : null,
      table: () => ({
        columns: ['time', 'date', 'sender', 'receiver', 'hazard', 'type', 'intensity'],
        rows: acts.map((a) => [a.time, a.date, a.sender, a.receiver, a.hazard, a.type, a.intensity]),
      }),
      drawing: drawn.drawing,
    }),
  );
}
