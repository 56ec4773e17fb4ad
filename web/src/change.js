// Why the hazard of an alliance has changed since an earlier date: factors that multiply to the change, and what moved them.
import { h } from './dom.js';
import { in_words } from './effects.js';
import { event_list } from './events.js';
import { times } from './format.js';

const moved = (factor) => Math.abs(Math.log(factor.ratio)) > 0.005;

function factor_row(factor, result) {
  const events = factor.events ?? [];
  return h(
    'li',
    {},
    h('b', { class: factor.ratio > 1 ? 'conflict' : 'cooperation' }, times(factor.ratio)),
    ` ${in_words(factor.effect, { value: factor.value_now })} `,
    h('code', { class: 'small' }, factor.effect),
    events.length
      ? h(
          'details',
          { class: 'list' },
          h('summary', {}, `The recorded events that moved it (${events.length})`),
          event_list(events, result),
        )
      : null,
  );
}

export function change_of(change, result) {
  if (!change) return null;
  const { clock } = result;
  const factors = [...(change.factors ?? [])]
    .filter((factor) => factor.ratio > 0 && moved(factor))
    .sort((p, q) => Math.abs(Math.log(q.ratio)) - Math.abs(Math.log(p.ratio)));
  return h(
    'div',
    { class: 'change' },
    h('h4', {}, `Why did it change since ${clock.long(clock.time(change.since))}?`),
    h('p', {}, change.sentence ?? ''),
    factors.length
      ? h('p', { class: 'small' }, `The factors below, and those that hardly moved, multiply to ${times(change.ratio)}.`)
      : null,
    factors.length
      ? h(
          'ul',
          { class: 'moves' },
          factors.map((factor) => factor_row(factor, result)),
        )
      : h('p', { class: 'small' }, 'No factor moved by itself.'),
  );
}
