// Acts up to a date, faded: what each pair did lately, who is busy, and the same in words.
// An act counts by |intensity| and fades by half in a chosen time.
import { capital, fixed, listed, plural } from './format.js';

const most_actors = 60;
const threshold = 0.25; // what has faded below this is over

export const lively = (weight) => weight > threshold;
export const shows = (pair) => lively(pair.cooperation) || lively(pair.conflict) || pair.ties.length > 0;

// Faded weights between pairs at a time, and what each actor has in total.
export function state_at(result, time, halflife) {
  const pairs = new Map();
  const actors = new Map();
  const pair_of = (key, a, b) => {
    if (!pairs.has(key)) pairs.set(key, { a, b, cooperation: 0, conflict: 0, events: 0, ties: [] });
    return pairs.get(key);
  };
  for (const event of result.events) {
    if (event.time > time || event.source === event.target) continue;
    const weight = Math.abs(event.height) * 2 ** (-(time - event.time) / halflife);
    const pair = pair_of(event.pair, ...JSON.parse(event.pair));
    pair[event.conflict ? 'conflict' : 'cooperation'] += weight;
    pair.events += 1;
    for (const id of [event.source, event.target]) actors.set(id, (actors.get(id) ?? 0) + weight);
  }
  for (const tie of result.ties) {
    if (tie.from > time || tie.to <= time) continue;
    pair_of(tie.pair, ...JSON.parse(tie.pair)).ties.push(tie);
    for (const id of [tie.a, tie.b]) actors.set(id, actors.get(id) ?? 0);
  }
  return { pairs: [...pairs.values()], actors };
}

// The actors to place, the most active first, and the links that pull them together.
export function busiest(result) {
  const { pairs, actors } = state_at(result, result.as_of, 3650 * result.clock.unit);
  const chosen = [...actors]
    .sort((p, q) => q[1] - p[1] || (p[0] < q[0] ? -1 : 1))
    .slice(0, most_actors)
    .map(([id]) => id);
  const index = new Map(chosen.map((id, i) => [id, i]));
  const links = pairs
    .filter((pair) => index.has(pair.a) && index.has(pair.b))
    .map((pair) => ({
      a: index.get(pair.a),
      b: index.get(pair.b),
      weight: 0.3 + 0.12 * Math.log1p(pair.cooperation + pair.conflict) + 0.2 * pair.ties.length,
    }));
  return { chosen, links, dropped: actors.size - chosen.length };
}

export function pair_said(result, pair) {
  const parts = [];
  if (lively(pair.cooperation)) parts.push(`cooperation ${fixed(pair.cooperation, 1)}`);
  if (lively(pair.conflict)) parts.push(`conflict ${fixed(pair.conflict, 1)}`);
  parts.push(...pair.ties.map((tie) => `${tie.kind} since ${result.clock.short(tie.from)}`));
  return `${result.name(pair.a)} and ${result.name(pair.b)}: ${listed(parts)}`;
}

export function summary_of(result, state, time) {
  const strongest = (kind) =>
    [...state.pairs]
      .sort((p, q) => q[kind] - p[kind])
      .filter((pair) => lively(pair[kind]))
      .slice(0, 2)
      .map((pair) => `${result.name(pair.a)} and ${result.name(pair.b)} (${fixed(pair[kind], 1)})`);
  const ties = state.pairs.reduce((sum, pair) => sum + pair.ties.length, 0);
  const cooperation = strongest('cooperation');
  const conflict = strongest('conflict');
  return (
    `${capital(result.clock.on(time))}: ${plural(ties, 'tie')} in force. ` +
    `Strongest recent cooperation: ${cooperation.length ? listed(cooperation) : 'none'}. ` +
    `Strongest recent conflict: ${conflict.length ? listed(conflict) : 'none'}.`
  );
}
