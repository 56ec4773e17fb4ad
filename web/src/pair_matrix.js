// Read-outs of ordered pairs, such as sentiment, as a matrix that a slider moves through time.
import { axis_style, chart, tooltip_style } from './chart.js';
import { h, section } from './dom.js';
import { capital, known } from './format.js';
import { frame } from './frame.js';
import { moments_slider } from './moments.js';
import { short_number, times_of } from './simulation_data.js';
import { sans } from './theme.js';

const most_actors = 24;

const largest = (one) => Math.max(...one.median.filter(known).map(Math.abs), 0);

// Actors with most between them, so that the largest values are seen.
function actors_of(cells) {
  const weight = new Map();
  for (const one of cells) for (const who of [one.from, one.to]) weight.set(who, (weight.get(who) ?? 0) + largest(one));
  return [...weight].sort((p, q) => q[1] - p[1]).map(([who]) => who);
}

function mixed(from, to, share) {
  const part = (text, i) => parseInt(text.slice(1 + 2 * i, 3 + 2 * i), 16);
  return `rgb(${[0, 1, 2].map((i) => Math.round(part(from, i) + (part(to, i) - part(from, i)) * share)).join(',')})`;
}

const tone = (value, reach, colors) => {
  const share = Math.min(1, Math.abs(value) / (reach || 1));
  return { fill: mixed(colors.panel, value < 0 ? colors.conflict : colors.cooperation, share), strong: share > 0.55 };
};

const cell = (colors, reach) => (params, api) => {
  const [col, row, value] = [api.value(0), api.value(1), api.value(2)];
  const [x, y] = api.coord([col, row]);
  const [w, tall] = api.size([1, 1]);
  const { fill, strong } = tone(value, reach, colors);
  const text = w >= 44 ? short_number(value) : w >= 14 ? (value < 0 ? '\u2212' : value > 0 ? '+' : '') : '';
  return {
    type: 'group',
    children: [
      {
        type: 'rect',
        shape: { x: x - w / 2 + 1, y: y - tall / 2 + 1, width: w - 2, height: tall - 2 },
        style: { fill },
      },
      {
        type: 'text',
        style: {
          text,
          x,
          y,
          align: 'center',
          verticalAlign: 'middle',
          fill: strong ? colors.paper : colors.ink,
          fontSize: 13,
          fontFamily: sans,
        },
      },
    ],
  };
};

// The room for names, and how wide the cells may be: no wider than twice their height.
function shape(actors, name, width) {
  const longest = Math.max(...actors.map((who) => name(who).length));
  const label = Math.min(Math.round(width * 0.3), 130, 14 + 8 * longest);
  const cell_width = Math.min((width - label - 14) / actors.length, 90);
  const cell_height = Math.min(cell_width, 46);
  return { label, across: cell_width * actors.length, down: cell_height * actors.length };
}

function option({ cells, actors, reach, k, name, write }, colors, width) {
  const { label: label_width, across, down } = shape(actors, name, width);
  const style = axis_style(colors);
  const label = { ...style.axisLabel, width: label_width, overflow: 'truncate', interval: 0, hideOverlap: false };
  const place = new Map(actors.map((who, i) => [who, i]));
  const category = {
    type: 'category',
    data: actors.map(name),
    ...style,
    axisTick: { show: false },
    splitLine: { show: false },
  };
  return {
    grid: { left: label_width + 8, width: across, top: 6, height: down },
    xAxis: { ...category, axisLabel: { ...label, rotate: 90 } },
    yAxis: { ...category, inverse: true, axisLabel: label },
    tooltip: {
      ...tooltip_style(colors),
      formatter: ({ data }) => h('div', {}, h('b', {}, data.title), h('br'), data.said),
    },
    series: [
      {
        type: 'custom',
        renderItem: cell(colors, reach),
        data: cells
          .filter((one) => place.has(one.from) && place.has(one.to) && known(one.median[k]))
          .map((one) => ({
            value: [place.get(one.to), place.get(one.from), one.median[k]],
            title: `${name(one.from)} → ${name(one.to)}`,
            said: `${write(one.median[k])} (80 % ${write(one.low80[k])} to ${write(one.high80[k])})`,
          })),
      },
    ],
  };
}

function said(cells, k, name, write) {
  const told = cells.filter((one) => known(one.median[k])).sort((p, q) => q.median[k] - p.median[k]);
  if (told.length === 0) return '';
  const words = (one) => `${name(one.from)} → ${name(one.to)} (${write(one.median[k])})`;
  return `Highest: ${words(told[0])}. Lowest: ${words(told[told.length - 1])}.`;
}

function figure(kind, cells, result, block, source) {
  const { clock, name } = result;
  const times = times_of(result, block);
  const all = actors_of(cells);
  const fitting = (width) => all.slice(0, Math.min(most_actors, Math.floor((0.7 * width) / 20)));
  const reach = cells.reduce((most, one) => Math.max(most, largest(one)), 0);
  const write = short_number;
  const saying = h('p', { class: 'said', 'aria-live': 'polite' });
  const slider = moments_slider({
    id: `matrix-${kind.replace(/\W/g, '-')}`,
    label: 'Moment',
    times,
    clock,
    moved: () => {
      drawn.draw();
      tell();
    },
  });
  const tell = () => {
    saying.textContent = said(cells, slider.at(), name, write);
  };
  const drawn = chart({
    height: (width) => {
      const { label, down } = shape(fitting(width), name, width);
      return Math.round(down + label) + 14;
    },
    label: () => said(cells, slider.at(), name, write),
    option: (colors, width) =>
      option({ cells, actors: fitting(width), reach, k: slider.at(), name, write }, colors, width),
  });
  tell();
  return frame({
    name: `matrix-${kind}`,
    source,
    title: capital(cells[0].own.replace(/_/g, ' ')),
    subtitle: `Row towards column, median over the replicates; from \u2212${short_number(reach)} to +${short_number(reach)} in colour.${all.length > 10 ? ` Of ${all.length}, as many as there is room for, those with most between them first.` : ''}${cells[0].meaning ? ` ${capital(cells[0].meaning)}.` : ''}`,
    controls: slider.element,
    body: drawn.element,
    after: saying,
    table: () => ({
      columns: ['time', 'read_out', 'from', 'to', 'median', 'low80', 'high80'],
      rows: cells.map((one) => {
        const k = slider.at();
        return [block.times[k], one.name, one.from, one.to, one.median[k], one.low80[k], one.high80[k]];
      }),
    }),
    drawing: drawn.drawing,
  });
}

export function pair_matrix(result, block, read_outs, source) {
  const groups = new Map();
  for (const one of read_outs.filter(({ pair }) => pair)) {
    const kind = `${one.layer}-${one.own}`;
    groups.set(kind, [...(groups.get(kind) ?? []), one]);
  }
  if (groups.size === 0) return null;
  return section(
    'pairs',
    'From each to each',
    'Move the slider to see how what each holds of the others changes.',
    [...groups].map(([kind, cells]) => figure(kind, cells, result, block, source)),
  );
}
