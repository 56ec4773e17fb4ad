// What then happened, by symbol and word (never by colour alone).
import { h } from './dom.js';

const symbols = {
  rupture: '\u2715',
  'other ending': '\u25c7',
  'in force': '\u25cb',
  start: '\u25cf',
  'no start': '\u25cb',
};

export const outcome_mark = (outcome) =>
  h(
    'span',
    { class: `symbol ${outcome.outcome === 'rupture' ? 'conflict' : 'plain'}`, 'aria-hidden': 'true' },
    symbols[outcome.outcome] ?? '?',
  );

export function outcome_text(outcome, clock) {
  const when = outcome.date ? ` ${clock.dated(outcome.date)}` : '';
  if (outcome.outcome === 'rupture') return `ruptured${when}`;
  if (outcome.outcome === 'other ending') return `ended otherwise${when}`;
  if (outcome.outcome === 'start') return `began${when}`;
  if (outcome.outcome === 'no start') return 'did not begin';
  return 'held';
}
