// A simulation or a what-if made ready to show: its read-outs by name, in the order in which they are shown.
// "publics.approval:musk" is the read-out `approval` of the layer `publics`, of `musk`; "a>b" is of a pair.
import { capital, fixed, known, percent } from './format.js';

export const layer_title = (layer) => capital(layer.replace(/_/g, ' '));

export function parsed_name(name) {
  const [, layer = '', own = name, of = null] = /^([^.:]*)\.([^:]*)(?::([^]*))?$/.exec(name) ?? [];
  const [from, to] = of?.includes('>') ? of.split('>') : [null, null];
  return { layer, own, of, from, to, pair: from !== null };
}

const spoken = (text) => text.replace(/_/g, ' ');

export function label_of(name, person) {
  const { own, of, from, to, pair } = parsed_name(name);
  if (pair) return `${spoken(own)}: ${person(from)} → ${person(to)}`;
  return of === null ? capital(spoken(own)) : `${capital(spoken(own))}: ${person(of)}`;
}

// A number of any size in few characters.
export function short_number(value) {
  if (!known(value)) return '–';
  const size = Math.abs(value);
  if (size === 0) return '0';
  const scaled = [
    [1e9, 'bn'],
    [1e6, 'm'],
    [1e4, 'k'],
  ].find(([unit]) => size >= unit);
  if (scaled) {
    const unit = scaled[1] === 'k' ? 1e3 : scaled[0];
    return `${short_number(value / unit)}${scaled[1]}`;
  }
  if (size < 1e-3) return value.toExponential(1).replace(/-/g, '\u2212');
  return fixed(value, size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
}

const is_chance = (unit) => unit === 'probability';
const is_share = (unit) => is_chance(unit) || unit === 'share';

export const written = (unit) =>
  is_share(unit) ? (value) => (value < 0 ? short_number(value) : percent(value)) : short_number;

// A difference carries its sign; shares differ by percentage points.
export const written_difference = (unit) => (value) => {
  if (!known(value)) return '–';
  const text = is_share(unit) ? short_number(100 * value) : short_number(value);
  return `${value > 0 ? '+' : ''}${text}${is_share(unit) ? ' pp' : ''}`;
};

// "−17 to −0.4 pp": the unit once.
export const difference_span = (unit) => (low, high) => {
  const write = written_difference(unit);
  return known(low) && known(high) ? `${write(low).replace(/ pp$/, '')} to ${write(high)}` : '–';
};

// The same on an axis.
export const axis_label = (unit) => (is_share(unit) ? (value) => `${short_number(100 * value)} %` : short_number);
export const axis_difference = (unit) => (is_share(unit) ? (value) => short_number(100 * value) : short_number);

export const band_keys = ['low95', 'low80', 'low50', 'median', 'high50', 'high80', 'high95'];

const last = (values) => values[values.length - 1];

export const at_end = (read_out) =>
  Object.fromEntries(['mean', 'error', ...band_keys].map((key) => [key, last(read_out[key])]));

// How much of all that the fan covers its median has crossed by the end: a change that units do not touch.
function moved(read_out) {
  const all = [...read_out.low95, ...read_out.high95].filter(known);
  const reach = all.length ? Math.max(...all) - Math.min(...all) : 0;
  const change = last(read_out.median) - read_out.median[0];
  return reach > 0 && known(change) ? Math.abs(change) / reach : 0;
}

const prepared = (watch, person) => (read_out) => ({
  ...read_out,
  ...parsed_name(read_out.name),
  label: label_of(read_out.name, person),
  watched: watch.includes(read_out.name),
  write: written(read_out.unit),
  write_difference: written_difference(read_out.unit),
  difference_span: difference_span(read_out.unit),
  moved: moved(read_out),
});

// Watched read-outs first, in the order in which the scenario names them.
export function prepare(read_outs, result, block) {
  const place = (one) => (one.watched ? block.watch.indexOf(one.name) : Infinity);
  return read_outs
    .map(prepared(block.watch ?? [], result.name))
    .map((one, i) => ({ ...one, i }))
    .sort((p, q) => place(p) - place(q) || p.i - q.i || 0);
}

// Pairs are for the matrix: their fans are drawn only when watched.
export const with_fans = (read_outs) => read_outs.filter((one) => !one.pair || one.watched);

export function by_layer(read_outs) {
  const groups = new Map();
  for (const one of read_outs) groups.set(one.layer, [...(groups.get(one.layer) ?? []), one]);
  return [...groups].map(([layer, all]) => ({ layer, all }));
}

export const times_of = (result, block) => block.times.map((time) => result.clock.time(time));
export const has_record = (result) => Boolean(result.provenance?.record?.path);
