// The profile of each actor, ready to draw: who is shown and who is not, one scale for every index, words for it.
import { fixed, known } from './format.js';
import { linear_scale } from './strip.js';

export function profiled(result) {
  const { profile, clock } = result;
  const actors = profile.actors ?? [];
  const shown = actors.filter((actor) => actor.shown !== false);
  const indices = profile.indices ?? [];
  return {
    ...profile,
    clock,
    indices,
    shown,
    hidden: actors.filter((actor) => actor.shown === false).sort((p, q) => (p.needed ?? 0) - (q.needed ?? 0)),
    level: `${Math.round(100 * (profile.interval ?? 0.8))}\u00a0% interval`,
    scale: scale_of(indices, shown),
  };
}

// Whoever has an estimate of an index, the highest first.
export const ranked = (block, key) =>
  block.shown
    .filter((actor) => known(actor.indices?.[key]?.value))
    .sort((p, q) => q.indices[key].value - p.indices[key].value);

function scale_of(indices, shown) {
  const values = shown
    .flatMap((actor) =>
      indices.flatMap(({ key }) => [
        actor.indices?.[key]?.low,
        actor.indices?.[key]?.high,
        actor.indices?.[key]?.value,
      ]),
    )
    .filter(known);
  const scale = linear_scale(Math.min(-1, ...values), Math.max(1, ...values), (value) => signed(value, 0), 4);
  scale.ticks.forEach((tick) => {
    tick.strong = tick.value === 0;
  });
  return scale;
}

export const signed = (value, digits = 1) =>
  known(value) && Number(value.toFixed(digits)) > 0 ? `+${fixed(value, digits)}` : fixed(value, digits);
export const clear = (one) => one.low > 0 || one.high < 0;

export const marks_of = (one) =>
  known(one?.value)
    ? [
        ...(known(one.low) && known(one.high)
          ? [{ kind: 'interval', from: one.low, to: one.high, tone: clear(one) ? 'ink' : 'muted' }]
          : []),
        { kind: 'dot', at: one.value, tone: clear(one) ? 'ink' : 'muted' },
      ]
    : [];
