// The results embedded in the page, with the look-ups that every section needs.
import { clock_of } from './clock.js';
import { plural } from './format.js';

export const pair_key = (a, b) => JSON.stringify(a < b ? [a, b] : [b, a]);

// The sign of an event comes from its class and not from its number; `height` is the signed intensity.
function placed_event(event, clock) {
  const conflict =
    /conflict$/.test(event.quad ?? '') || (!/cooperation$/.test(event.quad ?? '') && event.intensity < 0);
  const height = (conflict ? -1 : 1) * Math.abs(event.intensity ?? 1);
  return { ...event, time: clock.time(event.date), pair: pair_key(event.source, event.target), conflict, height };
}

function placed_ties(record, clock) {
  return (record.ties ?? []).map((tie) => ({
    ...tie,
    from: clock.time(tie.start ?? record.events?.[0]?.date ?? '0'),
    pair: pair_key(tie.a, tie.b),
    to: tie.end === null || tie.end === undefined ? Infinity : clock.time(tie.end),
  }));
}

const names_of = (row, name) => row.name ?? `${row.a_name ?? name(row.a)} and ${row.b_name ?? name(row.b)}`;

function forecast_alliances(result, name) {
  const outcomes = new Map((result.outcomes?.alliances ?? []).map((outcome) => [outcome.tie_id, outcome]));
  return [...(result.forecast?.alliances ?? [])]
    .sort((p, q) => p.rank - q.rank)
    .map((alliance) => ({
      ...alliance,
      key: alliance.tie_id,
      pair: pair_key(alliance.a, alliance.b),
      outcome: outcomes.get(alliance.tie_id) ?? null,
      names: names_of(alliance, name),
    }));
}

// Outcomes of starts are told pair by pair, for each hazard.
function forecast_starts(result, name) {
  const key = ({ hazard, a, b }) => `${hazard} ${pair_key(a, b)}`;
  const outcomes = new Map();
  for (const { hazard, pairs } of result.outcomes?.starts ?? [])
    for (const pair of pairs ?? []) outcomes.set(key({ hazard, ...pair }), pair);
  const placed = (start) => {
    const told = outcomes.get(key(start));
    const outcome = told
      ? { outcome: told.outcome === 'started' ? 'start' : 'no start', date: told.date ?? null }
      : null;
    return {
      ...start,
      key: `${start.hazard}-${start.a}-${start.b}`,
      pair: pair_key(start.a, start.b),
      outcome,
      names: names_of(start, name),
    };
  };
  return (result.forecast?.starts ?? []).map(placed).sort((p, q) => p.rank - q.rank);
}

// The record gives the names; where there is none, the rows themselves do.
function name_finder(result, actors) {
  const given = new Map((result.profile?.actors ?? []).map((actor) => [actor.id, actor.name]));
  for (const row of result.alliances?.list ?? []) given.set(row.a, row.a_name).set(row.b, row.b_name);
  for (const [id, name] of Object.entries((result.simulation ?? result.whatif)?.names ?? {})) given.set(id, name);
  return (id) => actors.get(id)?.name ?? given.get(id) ?? id;
}

// What the result rests on, in words: a number where the result tells how many events were known to it.
function evidence_of(result, events, as_of, clock) {
  const count = result.record
    ? events.filter((e) => as_of === null || e.time <= as_of).length
    : as_of === null
      ? result.provenance?.record?.events
      : null;
  if (Number.isFinite(count)) return plural(count, 'recorded event');
  return as_of === null ? 'recorded events' : `the events recorded by ${clock.long(as_of)}`;
}

function indexed(result, index) {
  const clock = clock_of(result);
  const record = result.record ?? {};
  const actors = new Map((record.actors ?? []).map((actor) => [actor.id, actor]));
  const name = name_finder(result, actors);
  const events = (record.events ?? []).map((event) => placed_event(event, clock));
  const dated = result.forecast ?? result.profile ?? result.alliances;
  const as_of = dated?.as_of !== undefined ? clock.time(dated.as_of) : null;
  return {
    ...result,
    index,
    clock,
    name,
    actors,
    events,
    as_of,
    listing: result.alliances ?? null,
    evidence: evidence_of(result, events, as_of, clock),
    ties: placed_ties(record, clock),
    alliances: forecast_alliances(result, name),
    starts: forecast_starts(result, name),
  };
}

export function read_results() {
  return JSON.parse(document.getElementById('results').textContent).map(indexed);
}

const kinds = [
  ['backtest', 'Track record'],
  ['profile', 'Profiles'],
  ['listing', 'Alliances'],
  ['simulation', 'Simulation'],
  ['whatif', 'What if'],
  ['gof', 'Goodness of fit'],
  ['fit', 'Fit'],
];

// What a switch between results calls this one: its kind, with a date or a number where there are several of a kind.
export function label_of(result, all) {
  const numbered = (label, alike) => (alike.length > 1 ? `${label} (${alike.indexOf(result) + 1})` : label);
  if (result.forecast) {
    const same = all.filter((other) => other.forecast?.as_of === result.forecast.as_of);
    const base = `As of ${result.clock.short(result.as_of)}`;
    return numbered(same.length > 1 ? `${base}, ${result.clock.span(result.forecast.horizon_days)}` : base, same);
  }
  const [key, label] = kinds.find(([kind]) => result[kind]) ?? [null, result.command];
  const alike = all.filter((other) => !other.forecast && (key ? other[key] : other.command === result.command));
  const dates = new Set(alike.map((other) => other.as_of));
  if (alike.length > 1 && result.as_of !== null && dates.size === alike.length)
    return `${label}, ${result.clock.short(result.as_of)}`;
  return numbered(label, alike);
}
