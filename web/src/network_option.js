// The network as ECharts draws it: actors by kind, cooperation solid, conflict dashed, ties in force as bands.
import { lively, pair_said, shows } from './acts.js';
import { tooltip_style } from './chart.js';
import { h } from './dom.js';
import { fixed, wrapped } from './format.js';
import { layout } from './layout.js';

const shapes = { leader: 'circle', organization: 'roundRect', government: 'diamond', public: 'triangle' };
const width_of = (weight) => Math.min(8, 0.8 + 1.1 * Math.sqrt(weight));
export const height_of = (width) => (width < 600 ? 600 : Math.min(680, Math.round(width * 0.66)));

// How many of the most active actors are named: a phone has no room for all.
const labels_on = (width) => (width < 600 ? 15 : Infinity);
// A long name goes on two lines, at most so many letters on each.
const letters = (width) => (width < 600 ? 14 : 20);
const label_of = (name, width) => wrapped(name, letters(width)).join('\n');

function node_of(result, id, place, weight, { faint, labelled, width }, colors) {
  const kind = result.actors.get(id)?.kind;
  return {
    id,
    name: result.name(id),
    value: place,
    symbol: shapes[kind] ?? 'circle',
    symbolSize: Math.min(30, 9 + 2.4 * Math.sqrt(weight)),
    itemStyle: { color: colors.ink, opacity: faint ? 0.12 : 1, borderColor: colors.paper, borderWidth: 1.5 },
    label: {
      show: labelled && !faint,
      formatter: label_of(result.name(id), width),
      lineHeight: 15,
      position: 'bottom',
      distance: 4,
      color: colors.ink,
      fontSize: 13,
      fontWeight: weight > 20 ? 600 : 400,
      textBorderColor: colors.paper,
      textBorderWidth: 3,
    },
    emphasis: { disabled: true },
  };
}

function edges_of(pair, faint, colors) {
  const edge = (style) => ({ source: pair.a, target: pair.b, pair, emphasis: { disabled: true }, lineStyle: style });
  const opacity = faint ? 0.05 : 0.85;
  return [
    ...pair.ties.map((tie) =>
      edge({
        color: tie.cooperative === false ? colors.conflict : colors.cooperation,
        width: 9,
        opacity: faint ? 0.03 : 0.2,
        curveness: 0,
      }),
    ),
    ...(lively(pair.cooperation)
      ? [edge({ color: colors.cooperation, width: width_of(pair.cooperation), type: 'solid', opacity, curveness: 0.1 })]
      : []),
    ...(lively(pair.conflict)
      ? [edge({ color: colors.conflict, width: width_of(pair.conflict), type: [7, 4], opacity, curveness: -0.1 })]
      : []),
  ];
}

// Places are found once for a wide and once for a narrow screen, so that they stay while the date moves.
export function placing(result, chosen, links) {
  const found = new Map();
  return (width, height) => {
    const key = width < 600 ? 'narrow' : 'wide';
    if (!found.has(key)) {
      const nodes = chosen.map((id, i) => ({
        id,
        label: i < labels_on(width) ? label_of(result.name(id), width) : '',
      }));
      found.set(key, { width, height, places: layout(nodes, links, width, height) });
    }
    return found.get(key);
  };
}

// state: what `state_at` gives; focus: the id of one actor, or empty for everyone.
export function network_option({ result, chosen, places_for, state, focus }, colors, width) {
  const { pairs, actors } = state;
  const margin = { x: width < 600 ? 50 : 76, top: 18, bottom: 42 };
  const placed = places_for(width - 2 * margin.x, height_of(width) - margin.top - margin.bottom);
  const weight = (id) => actors.get(id) ?? 0;
  const placed_ids = new Set(chosen);
  const visible = pairs.filter((p) => shows(p) && placed_ids.has(p.a) && placed_ids.has(p.b));
  const here = new Set(visible.flatMap((p) => [p.a, p.b]));
  const shown = chosen.map((id, i) => ({ id, i })).filter(({ id }) => here.has(id));
  const near = new Set(visible.filter((p) => p.a === focus || p.b === focus).flatMap((p) => [p.a, p.b]));
  const order = shown.map(({ id }) => id).sort((p, q) => weight(q) - weight(p));
  const labelled = new Set(focus ? order : order.slice(0, labels_on(width)));
  const axis = (max) => ({ type: 'value', min: 0, max, show: false });
  const said = (p) =>
    p.dataType === 'edge'
      ? pair_said(result, p.data.pair)
      : `${p.data.name} (${result.actors.get(p.data.id)?.kind ?? 'actor'}): ${fixed(weight(p.data.id), 1)} in recent acts`;
  return {
    tooltip: { ...tooltip_style(colors), trigger: 'item', formatter: (p) => h('div', {}, said(p)) },
    grid: { left: margin.x, right: margin.x, top: margin.top, bottom: margin.bottom },
    xAxis: axis(placed.width),
    yAxis: { ...axis(placed.height), inverse: true },
    series: [
      {
        type: 'graph',
        coordinateSystem: 'cartesian2d',
        labelLayout: { hideOverlap: true },
        data: shown.map(({ id, i }) =>
          node_of(
            result,
            id,
            placed.places[i],
            weight(id),
            { faint: focus && !near.has(id) && id !== focus, labelled: labelled.has(id), width },
            colors,
          ),
        ),
        edges: visible.flatMap((p) => edges_of(p, focus && p.a !== focus && p.b !== focus, colors)),
      },
    ],
  };
}
