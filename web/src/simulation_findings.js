// What a simulation says: what moves most from start to end, and what happened, in sentences.
import { h, strong } from './dom.js';
import { capital, known, percent, plural, span_of } from './format.js';
import { by_share, happening_words } from './happenings.js';
import { at_end, has_record, with_fans } from './simulation_data.js';
import { not_judgements } from './source.js';

const most_told = 5;

export const span_words = (result, block) =>
  `${result.clock.short(result.clock.time(block.times[0]))} to ${result.clock.short(result.clock.time(block.ends ?? block.times[block.times.length - 1]))}`;

const changes_of = (read_outs) => {
  const all = with_fans(read_outs).filter((one) => known(one.median[0]) && known(at_end(one).median));
  const watched = all.filter((one) => one.watched);
  const others = all.filter((one) => !one.watched && one.moved > 0).sort((p, q) => q.moved - p.moved);
  return [...watched, ...others].slice(0, most_told);
};

function change(one) {
  const end = at_end(one);
  return h(
    'li',
    {},
    h(
      'p',
      {},
      strong(`${one.label}. `),
      `From ${one.write(one.median[0])} to ${one.write(end.median)}; 80 % of the replicates end between ${span_of([end.low80, end.high80], one.write).replace(' to ', ' and ')}.`,
      one.watched ? h('span', { class: 'small' }, ' Watched.') : null,
    ),
  );
}

function heading(changes, happened, result) {
  const [first] = changes;
  if (first) return `${first.label}: ${first.write(first.median[0])} to ${first.write(at_end(first).median)}`;
  if (happened.length)
    return `${happening_words(happened[0], result.name)}, in ${percent(happened[0].share)} of replicates`;
  return 'Nothing changes';
}

function what_happened(happened, result, notes) {
  return [
    h('h3', {}, 'What happened'),
    happened.length
      ? h(
          'ul',
          {},
          happened
            .slice(0, 6)
            .map((one) =>
              h('li', {}, `${happening_words(one, result.name)}: in ${percent(one.share)} of the replicates.`),
            ),
        )
      : h('p', {}, 'Nothing was brought about: no tie started, no dismissal, no return, no exit.'),
    happened.length > 6 ? h('p', {}, h('a', { href: '#happenings' }, `All ${happened.length}`)) : null,
    ...(notes ?? []).map((note) => h('p', { class: 'small' }, `${capital(note)}.`)),
  ];
}

export const exploded_note = (count) =>
  count
    ? h(
        'p',
        { class: 'caution' },
        `In ${plural(count, 'replicate')} the rates exploded and the path was cut short: the model feeds on itself too strongly.`,
      )
    : null;

export function simulation_findings(result, block, read_outs) {
  const changes = changes_of(read_outs);
  const happened = by_share(block.happenings);
  return h(
    'section',
    { id: 'findings', 'aria-labelledby': 'findings-title' },
    h('p', { class: 'kicker' }, `Simulation, ${span_words(result, block)}`),
    h('h1', { id: 'findings-title', tabindex: '-1' }, heading(changes, happened, result)),
    h(
      'p',
      { class: 'standfirst' },
      `${capital(block.title || 'A scenario')}: ${plural(block.replicates, 'replicate')}, ${result.clock.span(block.horizon)}, seed ${block.seed}. ${has_record(result) ? not_judgements : ''}`.trim(),
    ),
    exploded_note(block.exploded),
    h(
      'div',
      { class: 'columns' },
      h('ol', { class: 'findings' }, changes.map(change)),
      h('div', { class: 'aside' }, what_happened(happened, result, block.notes)),
    ),
    h(
      'p',
      { class: 'small' },
      'Medians. Those that the scenario watches come first, then those whose median crosses most of what its 95 % fan covers.',
    ),
  );
}
