// Change over time: an index in each window of the record, as a line with its band; many actors or many indices.
import { chart, tooltip_style } from './chart.js';
import { h, section } from './dom.js';
import { known, plural, span_of } from './format.js';
import { frame } from './frame.js';
import { banded, panel_axes, panels } from './multiples.js';
import { ranked, signed } from './profile_data.js';

const most = 15;

function line_of(actor, key, title, clock) {
  const points = (actor.windows ?? [])
    .filter((window) => known(window.indices?.[key]?.value))
    .map((window) => {
      const one = window.indices[key];
      const [from, to] = [clock.time(window.from), clock.time(window.to)];
      return {
        ...one,
        time: (from + to) / 2,
        from,
        to,
        low: one.low ?? one.value,
        high: one.high ?? one.value,
        events: window.events,
      };
    });
  return { title, actor, key, points };
}

function choices_of(block) {
  const { indices, shown, clock } = block;
  const by_index = indices.map((index) => ({
    value: `index ${index.key}`,
    label: `${index.label}, every actor`,
    lines: ranked(block, index.key).map((actor) => line_of(actor, index.key, actor.name, clock)),
  }));
  const by_actor = shown.map((actor) => ({
    value: `actor ${actor.id}`,
    label: `${actor.name}, every index`,
    lines: indices.map((index) => line_of(actor, index.key, index.label, clock)),
  }));
  const kept = (choices) =>
    choices
      .map((choice) => ({ ...choice, lines: choice.lines.filter((line) => line.points.length > 1) }))
      .filter((choice) => choice.lines.length);
  return { by_index: kept(by_index), by_actor: kept(by_actor) };
}

function tale({ title, points }) {
  const [first, last] = [points[0], points[points.length - 1]];
  const moved = first.high < last.low ? 'rose clearly' : first.low > last.high ? 'fell clearly' : 'no clear change';
  return `${title}: ${signed(first.value)} to ${signed(last.value)}, ${moved}.`;
}

function figure(block, choice, source) {
  const { clock, windows } = block;
  const lines = choice.lines.slice(0, most);
  const all = lines.flatMap((line) => line.points);
  const edge = Math.max(1, Math.ceil(Math.max(...all.flatMap((p) => [-p.low, p.high, -p.value, p.value]))));
  const shape = panels(lines.length, { panel_height: 100, panel_width: 250 });
  const from = Math.min(...all.map((p) => p.from), ...(windows ?? []).map((w) => clock.time(w.from)));
  const to = Math.max(...all.map((p) => p.to), ...(windows ?? []).map((w) => clock.time(w.to)));
  const drawn = chart({
    height: shape.height,
    label: () => lines.map(tale).join(' '),
    option: (colors, width) => ({
      ...panel_axes({
        titles: lines.map((line) => line.title),
        clock,
        colors,
        spans: lines.map(() => [from, to]),
        low: -edge,
        high: edge,
        step: edge,
        label: (v) => signed(v, 0),
        grids: shape.grids(width),
      }),
      tooltip: {
        ...tooltip_style(colors),
        trigger: 'axis',
        axisPointer: { lineStyle: { color: colors.muted } },
        formatter: (items) => {
          const item = items.find((one) => /^\d+$/.test(one.seriesName));
          const line = lines[Number(item?.seriesName ?? -1)];
          const p = line?.points[item.dataIndex];
          if (!p) return '';
          return h(
            'div',
            {},
            h('b', {}, line.title),
            h('br'),
            `${clock.short(p.from)} to ${clock.short(p.to)}: ${signed(p.value)} (${span_of([p.low, p.high], signed)}), ${plural(p.events, 'event')}`,
          );
        },
      },
      series: lines.flatMap((line, i) =>
        banded(line.points, {
          color: colors.ink,
          axis: i,
          symbol: 'circle',
          own: {
            name: String(i),
            markLine: {
              silent: true,
              symbol: 'none',
              label: { show: false },
              lineStyle: { color: colors.muted, type: 'solid', width: 1 },
              data: [{ yAxis: 0 }],
            },
          },
        }),
      ),
    }),
  });
  return frame({
    name: 'profile-windows',
    source,
    title: choice.label,
    subtitle: `The index in each window of the record, with the ${block.level}; 0 is the average actor${choice.lines.length > most ? `; the first ${most} of ${choice.lines.length}` : ''}`,
    body: drawn.element,
    drawing: () => drawn.drawing(),
    table: () => ({
      columns: ['id', 'name', 'index', 'from', 'to', 'events', 'value', 'low', 'high'],
      rows: choice.lines.flatMap((line) =>
        (line.actor.windows ?? []).map((window) => {
          const one = window.indices?.[line.key];
          return [
            line.actor.id,
            line.actor.name,
            line.key,
            window.from,
            window.to,
            window.events,
            one?.value ?? null,
            one?.low ?? null,
            one?.high ?? null,
          ];
        }),
      ),
    }),
  });
}

export function over_time(block, source) {
  const { by_index, by_actor } = choices_of(block);
  const all = [...by_index, ...by_actor];
  if (all.length === 0) return null;
  const body = h('div', {});
  const option_of = ({ value, label }) => h('option', { value }, label);
  const select = h(
    'select',
    { id: 'window-select', on: { change: () => draw() } },
    by_index.length ? h('optgroup', { label: 'One index' }, by_index.map(option_of)) : null,
    by_actor.length ? h('optgroup', { label: 'One actor' }, by_actor.map(option_of)) : null,
  );
  const draw = () =>
    body.replaceChildren(
      figure(
        block,
        all.find(({ value }) => value === select.value),
        source,
      ),
    );
  draw();
  return section(
    'windows',
    'Change over time',
    'A line that leaves its own band has changed; one that wanders within it may not have. Windows with too few events are left out.',
    h('p', { class: 'picks' }, h('label', { for: 'window-select' }, 'Show '), select),
    body,
  );
}
