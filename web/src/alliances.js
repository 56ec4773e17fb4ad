// The alliances in force on a date: how old, how strong, what passed between the two lately, and what is open.
import { alliances_findings } from './alliances_findings.js';
import { other_rules } from './alliances_rules.js';
import { h, section } from './dom.js';
import { fixed, known, plural, whole } from './format.js';
import { frame } from './frame.js';
import { signed } from './profile_data.js';
import { sortable } from './sortable.js';
import { linear_scale, strip_drawing, track } from './strip.js';

// Conflict to the left of nought, cooperation to the right.
function lately_scale(list) {
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

const marks_of = (one) => [
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

const gave = (one) =>
  !known(one.ledger) || Number(one.ledger.toFixed(1)) === 0
    ? 'even'
    : `owed to ${one.ledger > 0 ? one.first : one.second}`;
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

function columns_of(listing, clock, scale) {
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
        track(scale, marks_of(one)),
        h('span', { class: 'small' }, `${number(one.conflict)} conflict, ${number(one.cooperation)} cooperation`),
      ],
    },
    {
      key: 'ledger',
      label: 'Ledger',
      hint: 'Help given less help received',
      value: (one) => Math.abs(one.ledger ?? 0),
      cell: (one) => [fixed(Math.abs(one.ledger), 1), h('span', { class: 'small line' }, gave(one))],
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

// The listing with names and numbers in place, whatever it leaves out.
function listing_of({ listing, name }) {
  const list = (listing.list ?? []).map((one) => {
    const [first, second] = [one.a_name ?? name(one.a), one.b_name ?? name(one.b)];
    return {
      ...one,
      first,
      second,
      names: `${first} and ${second}`,
      age: one.age ?? one.age_days ?? null,
      cooperation: one.recent_cooperation ?? one.cooperation_90d ?? 0,
      conflict: one.recent_conflict ?? one.conflict_90d ?? 0,
    };
  });
  return {
    ...listing,
    list,
    half_life: listing.half_life ?? listing.halflife_days ?? null,
    recent: listing.recent ?? 90,
  };
}

export function alliances(result, source) {
  const { clock } = result;
  const listing = listing_of(result);
  const { list } = listing;
  const top = alliances_findings(result, listing);
  if (list.length === 0) return [top];
  const scale = lately_scale(list);
  const columns = columns_of(listing, clock, scale);
  const title = `${plural(list.length, 'alliance')} in force ${clock.on(result.as_of)}${listing.inferred_by ? ', recorded or inferred from events' : ''}`;
  const data = [
    'tie_id',
    'a',
    'b',
    'a_name',
    'b_name',
    'kind',
    'since',
    'age',
    'strength',
    'cooperation',
    'conflict',
    'ledger',
    'open_slights_a',
    'open_slights_b',
    'events_behind',
  ];
  return [
    top,
    section(
      'alliances',
      'Every alliance',
      'Strength is faded net cooperation. The ledger is help given less help received. Open slights are conflict that an actor received and has not returned. The head of a column sorts by it.',
      frame({
        name: `alliances-${listing.as_of}`,
        source,
        title,
        subtitle: listing.half_life
          ? `What was done counts by its intensity and fades by half in ${clock.span(listing.half_life)}${listing.ledger_half_life ? `, in the ledger in ${clock.span(listing.ledger_half_life)}` : ''}`
          : null,
        body: h(
          'div',
          {},
          sortable(list, columns, {
            caption: title,
            first: 'strength',
            row_attributes: (one) => ({ 'data-tie': one.tie_id ?? `${one.a} ${one.b}` }),
          }),
        ),
        table: () => ({
          columns: [...data, 'last_event'],
          rows: list.map((one) => [...data.map((c) => one[c]), one.last_event?.date ?? null]),
        }),
        drawing: () =>
          strip_drawing(
            scale,
            [...list]
              .sort((p, q) => q.strength - p.strength)
              .map((one) => ({
                label: one.names,
                marks: marks_of(one),
                value: fixed(one.strength, 1),
                note: one.kind,
              })),
            `Last ${clock.span(listing.recent)}: conflict to the left, cooperation to the right; beside it the strength`,
          ),
      }),
    ),
    other_rules(listing, clock, source),
  ];
}
