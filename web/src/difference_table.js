// How each branch differs from the base at the end: a table, with what can be told apart.
import { h, section } from './dom.js';
import { capital } from './format.js';
import { frame } from './frame.js';
import { by_size, end_rows } from './whatif_data.js';
import { folded } from './strip_list.js';

const first_shown = 12;
const heads = ['Read-out', 'Base', 'Branch', 'Mean difference', '80 % of differences', ''];

const cell = (label, ...text) => h('td', { class: 'number', 'data-label': label }, ...text);

const row = ({ one, end, verdict, base, branch }) =>
  h(
    'tr',
    {},
    h('th', { scope: 'row' }, h('span', {}, one.label)),
    cell(heads[1], one.write(base)),
    cell(heads[2], one.write(branch)),
    cell(heads[3], h('b', {}, one.write_difference(end.mean))),
    cell(heads[4], one.difference_span(end.low80, end.high80)),
    h('td', { 'data-label': 'Verdict' }, verdict ?? '–'),
  );

function figure(base, branch, source) {
  const rows = by_size(end_rows(base, branch));
  const drawn = rows.map(row);
  return frame({
    name: `end-${branch.name}`,
    source,
    title: capital(branch.label),
    subtitle:
      'Means over the replicates. Those watched come first, then the largest differences for their standard error.',
    body: h(
      'table',
      { class: 'figures' },
      h('caption', { class: 'hidden' }, `${branch.label}: differences to the base at the end`),
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          heads.map((head, i) =>
            head
              ? h('th', { scope: 'col', class: i ? 'number' : '' }, head)
              : h('th', { scope: 'col' }, h('span', { class: 'hidden' }, 'Verdict')),
          ),
        ),
      ),
      h('tbody', {}, drawn),
    ),
    after: folded(drawn, first_shown, 'rows'),
    table: () => ({
      columns: ['branch', 'read_out', 'base', 'branch_mean', 'difference', 'error', 'low80', 'high80', 'verdict'],
      rows: rows.map(({ one, end, verdict, base: b, branch: w }) => [
        branch.name,
        one.name,
        b,
        w,
        end.mean,
        end.error,
        end.low80,
        end.high80,
        verdict,
      ]),
    }),
  });
}

export const difference_tables = (branches, source) =>
  section(
    'ends',
    'Where the branches end',
    '“Differs”: the mean difference lies more than two standard errors from 0. “Not told apart”: chance alone could explain it.',
    branches.slice(1).map((branch) => figure(branches[0], branch, source)),
  );
