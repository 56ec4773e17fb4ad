// What a backtest scored, ready for its sections: forecasts by tie, the words for what they are about, and which
// scores stand clear of chance.  Ruptures of ties and starts between pairs are scored and shown in the same way.
import { pair_key } from './results.js';

const of_ruptures = {
  prefix: '',
  one: 'rupture',
  many: 'ruptures',
  subject: 'tie',
  subjects: 'ties',
  did: 'ruptured',
  age: 'the age of the tie alone',
};
const of_starts = (hazard) => ({
  prefix: `starts-${(hazard ?? '').replace(/\W/g, '_')}-`,
  one: hazard ?? 'start',
  many: hazard ? `cases of ${hazard}` : 'starts',
  subject: 'pair',
  subjects: 'pairs',
  did: 'began',
  age: 'elapsed time alone',
});

// Each tie's forecasts in order of time, with the rupture that they ended in, if they did.
function lines_of(forecasts, clock) {
  const lines = new Map();
  for (const forecast of forecasts) {
    const key = forecast.tie_id ?? pair_key(forecast.a, forecast.b);
    if (!lines.has(key)) lines.set(key, { key, kind: forecast.kind, names: forecast.name, points: [] });
    lines.get(key).points.push(forecast);
  }
  for (const line of lines.values()) {
    line.points.sort((p, q) => p.at - q.at);
    const [hit] = line.points.filter((f) => f.outcome === 1).slice(-1);
    line.happened = hit ? clock.time(hit.time ?? '') : null;
    line.last = hit ?? null;
    line.highest = Math.max(...line.points.map((f) => f.probability));
  }
  return [...lines.values()];
}

export function scored(result, block, { starts = false } = {}) {
  const { clock, name } = result;
  const forecasts = (block.forecasts ?? []).map((forecast) => ({
    ...forecast,
    at: clock.time(forecast.as_of),
    name: forecast.name ?? `${name(forecast.a)} and ${name(forecast.b)}`,
  }));
  const top = result.backtest;
  return {
    ...block,
    from: block.from ?? top.from,
    to: block.to ?? top.to,
    horizon_days: block.horizon_days ?? top.horizon_days,
    interval: block.interval ?? top.interval ?? 0.8,
    intervals: block.intervals ?? {},
    forecasts,
    lines: lines_of(forecasts, clock),
    words: starts ? of_starts(block.hazard) : of_ruptures,
    level: `${Math.round(100 * (block.bootstrap?.level ?? top.bootstrap?.level ?? 0.95))}\u00a0% interval`,
    clock,
  };
}

// Of a score and its interval, where `chance` is what no skill would give: 'skill', 'worse', 'luck' or 'unknown'.
export function judged(interval, chance = 0) {
  const [low, high] = interval ?? [];
  if (!Number.isFinite(low) || !Number.isFinite(high)) return 'unknown';
  return low > chance ? 'skill' : high < chance ? 'worse' : 'luck';
}

export const verdicts = {
  skill: 'beyond luck',
  luck: 'could be luck',
  worse: 'worse than chance',
  unknown: 'no interval',
};

// How often the higher of two forecasts, one of what happened and one of what did not, was the right one.
export function area(forecasts, field) {
  const rows = forecasts.filter((f) => Number.isFinite(f[field])).sort((p, q) => p[field] - q[field]);
  const yes = rows.filter((f) => f.outcome === 1).length;
  if (rows.length < forecasts.length || yes === 0 || yes === rows.length) return null;
  let ranks = 0;
  for (let i = 0; i < rows.length;) {
    let j = i;
    while (j < rows.length && rows[j][field] === rows[i][field]) ++j;
    for (let k = i; k < j; ++k) if (rows[k].outcome === 1) ranks += (i + j + 1) / 2;
    i = j;
  }
  return (ranks - (yes * (yes + 1)) / 2) / (yes * (rows.length - yes));
}
