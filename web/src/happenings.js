// What the layers brought about and which ties started: in what share of the replicates, and when it first happened.
import { h, section } from './dom.js';
import { capital, percent } from './format.js';
import { frame } from './frame.js';

export const happening_words = (one, name) =>
  `${capital(one.what)}${one.who ? `: ${name(one.who)}` : ''}${one.whom ? `, ${name(one.whom)}` : ''}`;

// What the layers brought about comes before the many pairs that may start a tie, whose kind stands in brackets.
const of_tie = (one) => one.what.endsWith(')');

export const by_share = (happenings) =>
  [...(happenings ?? [])].sort((p, q) => of_tie(p) - of_tie(q) || q.share - p.share);

const most_shown = 30; // of each group; the CSV has all

const cell = (label, text) => h('td', { class: 'number', 'data-label': label }, text);

// groups: [{ title, happenings }], one for a simulation and one for each branch of a what-if.
export function happenings(result, groups, source) {
  const { clock, name } = result;
  const named = groups.length > 1;
  const rows_of = (most) =>
    groups.flatMap(({ title, happenings: list }) =>
      by_share(list)
        .slice(0, most)
        .map((one) => ({ title, ...one })),
    );
  const rows = rows_of();
  const shown = rows_of(most_shown);
  if (rows.length === 0) return null;
  const body = h(
    'table',
    { class: 'figures' },
    h('caption', { class: 'hidden' }, 'What happened'),
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        ['What', ...(named ? ['Branch'] : []), 'Share of replicates', 'First, in the middle'].map((head, i) =>
          h('th', { scope: 'col', class: i ? 'number' : '' }, head),
        ),
      ),
    ),
    h(
      'tbody',
      {},
      shown.map((one) =>
        h(
          'tr',
          {},
          h('th', { scope: 'row' }, happening_words(one, name)),
          named ? cell('Branch', one.title) : null,
          cell('Share of replicates', percent(one.share)),
          cell('First, in the middle', clock.short(clock.time(one.median_time))),
        ),
      ),
    ),
  );
  return section(
    'happenings',
    'What happened',
    'A share counts the replicates in which it happened at least once; the time is the median of the first time.',
    frame({
      name: 'happenings',
      source,
      title: 'Happenings',
      subtitle: shown.length < rows.length ? `${shown.length} of ${rows.length}, the most frequent; the CSV has all` : null,
      body,
      table: () => ({
        columns: ['branch', 'what', 'who', 'whom', 'replicates', 'share', 'median_time'],
        rows: rows.map((one) => [one.title, one.what, one.who, one.whom, one.replicates, one.share, one.median_time]),
      }),
    }),
  );
}
