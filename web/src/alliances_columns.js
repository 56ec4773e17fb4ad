// The columns of the table of alliances: what each shows, and what it sorts by.
import { h } from './dom.js';
import { fixed, known, plural, whole } from './format.js';
import { linear_scale, track } from './strip.js';

// Conflict to the left of nought, cooperation to the right.
export function lately_scale(list) {
  const scale = linear_scale(
    -Math.max(1, ...list.map((one) => one.conflict)),
    Math.max(1, ...list.map((one) => one.cooperation)),
    (v) => fixed(Math.abs(v), 0),
    3,
  );
  scale.ticks.forEach((tick) => {
    tick.strong = tick.value === 0;
  });
  return scale;
}

export const lately_marks = (one) => [
  ...(one.conflict > 0 ? [{ kind: 'bar', from: 0, to: -one.conflict, tone: 'conflict' }] : []),
  ...(one.cooperation > 0 ? [{ kind: 'bar', from: 0, to: one.cooperation, tone: 'cooperation' }] : []),
];

const number = (value) => (known(value) ? fixed(value, Number.isInteger(value) ? 0 : 1) : '–');

function age(value, clock) {
  if (!known(value)) return '–';
  if (clock.kind === 'number') return fixed(value, 1);
  const said = value < 730 ? plural(Math.round(value), 'day') : `${fixed(value / 365.25, 1)} years`;
  return said.replace(' ', '\u00a0');
}

const owed = (one) =>
  Number(one.ledger.toFixed(1)) === 0 ? 'even' : `owed to ${one.ledger > 0 ? one.first : one.second}`;
const slights = (one) => (one.open_slights_a ?? 0) + (one.open_slights_b ?? 0);
const conflicting = (event) => /conflict$/.test(event.quad ?? '');

function last_event(one, clock) {
  const event = one.last_event;
  if (!event) return 'none recorded';
  const conflict = conflicting(event);
  return [
    h(
      'span',
      { class: `symbol ${conflict ? 'conflict' : 'cooperation'}`, 'aria-hidden': 'true' },
      conflict ? '\u25c6 ' : '\u25cf ',
    ),
    `${(event.label ?? event.type ?? 'event').toLowerCase()}`,
    h('span', { class: 'hidden' }, conflict ? ' (conflict)' : ' (cooperation)'),
    h('span', { class: 'small line' }, clock.dated(event.date, event.precision)),
  ];
}

export function alliance_columns(listing, clock, scale) {
  const text = (one) => [
    h('span', { class: 'names' }, one.names),
    h(
      'span',
      { class: 'small' },
      ` ${one.kind ?? 'alliance'}, since ${one.since ? clock.short(clock.time(one.since)) : 'unknown'}`,
    ),
  ];
  return [
    { key: 'names', label: 'Alliance', head: true, text: true, value: (one) => one.names, cell: text },
    { key: 'age', label: 'Age', value: (one) => one.age, cell: (one) => age(one.age, clock) },
    {
      key: 'strength',
      label: 'Strength',
      hint: `Faded net cooperation${listing.half_life ? `, by half in ${clock.span(listing.half_life)}` : ''}`,
      value: (one) => one.strength,
      cell: (one) => h('b', {}, fixed(one.strength, 1)),
    },
    {
      key: 'lately',
      label: `Last ${clock.span(listing.recent)}`,
      hint: 'Conflict to the left, cooperation to the right',
      text: true,
      value: (one) => one.conflict - one.cooperation,
      cell: (one) => [
        track(scale, lately_marks(one)),
        h('span', { class: 'small' }, `${number(one.conflict)} conflict, ${number(one.cooperation)} cooperation`),
      ],
    },
    {
      key: 'ledger',
      label: 'Ledger',
      hint: 'Help given less help received',
      value: (one) => Math.abs(one.ledger ?? 0),
      cell: (one) =>
        known(one.ledger) ? [fixed(Math.abs(one.ledger), 1), h('span', { class: 'small line' }, owed(one))] : '–',
    },
    {
      key: 'slights',
      label: 'Open slights',
      hint: 'Conflict received and not returned',
      value: slights,
      cell: (one) =>
        slights(one) > 0 ? [number(slights(one)), h('span', { class: 'small line' }, slighted(one))] : '0',
    },
    {
      key: 'last',
      label: 'Last event',
      text: true,
      newest: true,
      value: (one) => (one.last_event ? clock.time(one.last_event.date) : null),
      cell: (one) => last_event(one, clock),
    },
    { key: 'events', label: 'Events', value: (one) => one.events_behind, cell: (one) => whole(one.events_behind) },
  ];
}

const slighted = (one) =>
  [
    [one.first, one.open_slights_a],
    [one.second, one.open_slights_b],
  ]
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${name} ${number(count)}`)
    .join(', ');
