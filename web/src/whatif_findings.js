// What each branch changes against the base, in sentences.
import { h, strong } from './dom.js';
import { capital, counted, plural } from './format.js';
import { exploded_note, span_words } from './simulation_findings.js';
import { has_record } from './simulation_data.js';
import { not_judgements } from './source.js';
import { by_size, end_rows } from './whatif_data.js';

const words = ({ one, end }) =>
  `${one.label} ${one.write_difference(end.mean)} (80 % of differences ${one.difference_span(end.low80, end.high80)})`;

function finding(base, branch) {
  const rows = by_size(end_rows(base, branch));
  const differing = rows.filter((row) => row.verdict === 'differs');
  return h(
    'li',
    {},
    h(
      'p',
      {},
      strong(`${capital(branch.label)}. `),
      differing.length
        ? `At the end ${counted(differing.length, 'read-out')} of ${rows.length} ${differing.length === 1 ? 'differs' : 'differ'} from the base by more than two standard errors: ${differing.slice(0, 3).map(words).join('; ')}${differing.length > 3 ? '; and others' : ''}.`
        : `Nothing is told apart from the base at the end, over ${plural(rows.length, 'read-out')}.`,
    ),
  );
}

function heading(base, others, block) {
  if (others.length === 0) return `${capital(block.title || 'A scenario')}: what it hangs on`;
  const best = others
    .flatMap((branch) => end_rows(base, branch).map((row) => ({ ...row, label: branch.label })))
    .filter((row) => row.verdict === 'differs');
  const [top] = by_size(best);
  if (!top) return 'No branch is told apart from the base';
  return `${capital(top.label)}: ${top.one.label} ${top.one.write_difference(top.end.mean)}`;
}

export function whatif_findings(result, block, branches) {
  const [base, ...others] = branches;
  return h(
    'section',
    { id: 'findings', 'aria-labelledby': 'findings-title' },
    h('p', { class: 'kicker' }, `What if, ${span_words(result, block)}`),
    h('h1', { id: 'findings-title', tabindex: '-1' }, heading(base, others, block)),
    h(
      'p',
      { class: 'standfirst' },
      `${capital(block.title || 'A scenario')}: ${others.length ? `${counted(others.length, 'branch', 'branches')} against the base, ` : ''}${plural(block.replicates, 'replicate')}, seed ${block.seed}. ${has_record(result) ? not_judgements : ''}`.trim(),
    ),
    exploded_note(branches.reduce((sum, branch) => sum + (branch.exploded ?? 0), 0)),
    others.length > 0 &&
      h(
        'div',
        { class: 'columns' },
        h(
          'ol',
          { class: 'findings' },
          others.map((branch) => finding(base, branch)),
        ),
        h(
          'div',
          { class: 'aside' },
          h('h3', {}, 'How the branches are compared'),
          h(
            'p',
            {},
            'Replicate by replicate, with the same random numbers in every branch, so that what differs comes from the branch.',
          ),
          h(
            'p',
            {},
            '“Differs” means that the mean difference lies more than two standard errors from 0. Of many read-outs a few may do so by chance.',
          ),
          h('p', {}, 'pp: percentage points.'),
        ),
      ),
  );
}
