// The results embedded in the page, with the look-ups that every section needs.
import { clock_of } from './clock.js';

export const pair_key = (a, b) => JSON.stringify(a < b ? [a, b] : [b, a]);

// The sign of an event comes from its class and not from its number; `height` is the signed intensity.
function placed_event(event, clock) {
  const conflict =
    /conflict$/.test(event.quad ?? '') || (!/cooperation$/.test(event.quad ?? '') && event.intensity < 0);
  const height = (conflict ? -1 : 1) * Math.abs(event.intensity ?? 1);
  return { ...event, time: clock.time(event.date), pair: pair_key(event.source, event.target), conflict, height };
}

function indexed(result, index) {
  const clock = clock_of(result);
  const record = result.record ?? { actors: [], events: [], ties: [] };
  const actors = new Map(record.actors.map((actor) => [actor.id, actor]));
  const name = (id) => actors.get(id)?.name ?? id;
  const events = record.events.map((event) => placed_event(event, clock));
  const ties = record.ties.map((tie) => ({
    ...tie,
    from: clock.time(tie.start ?? record.events[0]?.date ?? '0'),
    pair: pair_key(tie.a, tie.b),
    to: tie.end === null || tie.end === undefined ? Infinity : clock.time(tie.end),
  }));
  const outcomes = new Map((result.outcomes?.alliances ?? []).map((outcome) => [outcome.tie_id, outcome]));
  const alliances = [...(result.forecast?.alliances ?? [])]
    .sort((p, q) => p.rank - q.rank)
    .map((alliance) => ({
      ...alliance,
      pair: pair_key(alliance.a, alliance.b),
      outcome: outcomes.get(alliance.tie_id) ?? null,
      names: `${alliance.a_name ?? name(alliance.a)} and ${alliance.b_name ?? name(alliance.b)}`,
    }));
  const used = result.record
    ? events.filter((event) => !result.forecast || event.time <= clock.time(result.forecast.as_of)).length
    : result.provenance?.record?.events;
  return {
    ...result,
    index,
    used,
    clock,
    name,
    actors,
    events,
    ties,
    alliances,
    as_of: result.forecast ? clock.time(result.forecast.as_of) : null,
  };
}

export function read_results() {
  return JSON.parse(document.getElementById('results').textContent).map(indexed);
}

// What a switch between results calls this one.
export function label_of(result, all) {
  if (!result.forecast)
    return `${result.command === 'fit' ? 'Fit' : result.command} ${all.length > 1 ? result.index + 1 : ''}`.trim();
  const same = all.filter((other) => other.forecast?.as_of === result.forecast.as_of);
  const base = `As of ${result.clock.short(result.as_of)}`;
  return same.length > 1
    ? `${base}, ${result.clock.span(result.forecast.horizon_days)} (${same.indexOf(result) + 1})`
    : base;
}
