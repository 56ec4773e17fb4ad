// How much depends on the rule by which alliances are inferred from events.
import { h, section } from './dom.js';
import { fixed, percent, whole } from './format.js';
import { frame } from './frame.js';
import { folded } from './strip_list.js';

const rule_text = ({ half_life, start, end }, clock) =>
  `fades by half in ${clock.span(half_life)}; begins at ${fixed(start, 1)}, ends below ${fixed(end, 1)}`;

const columns = [
  ['Alliances', 'episodes', whole],
  ['Ruptures', 'ruptures', whole],
  ['In force', 'in_force', whole],
  ['Median life', 'median_duration', (value, clock) => (Number.isFinite(value) ? clock.span(value) : '–')],
  ['Recorded ties covered', 'recorded_covered', percent],
  ['Of them recorded', 'inferred_recorded', percent],
];

const same = (p, q) => q && p.half_life === q.half_life && p.start === q.start && p.end === q.end;

export function other_rules({ sensitivity, inferred_by }, clock, source) {
  if (!sensitivity?.length) return null;
  const title = 'What other rules would infer';
  const row = (one) =>
    h(
      'tr',
      {},
      h(
        'th',
        { scope: 'row' },
        rule_text(one.rule, clock),
        same(one.rule, inferred_by) ? h('b', {}, ' (the rule used)') : null,
      ),
      columns.map(([label, key, write]) => h('td', { class: 'number', 'data-label': label }, write(one[key], clock))),
    );
  const rows = sensitivity.map(row);
  return section(
    'rules',
    'How much depends on the rule',
    'An alliance that is not recorded begins when faded net cooperation reaches one threshold and ends when it falls below another. With other thresholds there would be more of them, or fewer.',
    frame({
      name: 'alliance-rules',
      source,
      title,
      subtitle: 'Covered: the part of the time of recorded ties in which one is inferred as well',
      body: h(
        'table',
        { class: 'figures' },
        h('caption', { class: 'hidden' }, title),
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            h('th', { scope: 'col' }, 'Rule'),
            columns.map(([label]) => h('th', { scope: 'col', class: 'number' }, label)),
          ),
        ),
        h('tbody', {}, rows),
      ),
      after: folded(rows, 9, 'rules'),
      table: () => ({
        columns: ['half_life', 'start', 'end', ...columns.map(([, key]) => key)],
        rows: sensitivity.map((one) => [
          one.rule.half_life,
          one.rule.start,
          one.rule.end,
          ...columns.map(([, key]) => one[key]),
        ]),
      }),
    }),
  );
}
