// Who stands clear of the average on which index, in sentences, with what these sentences cannot say.
import { h, strong } from './dom.js';
import { capital, counted, listed, ordinal, plural, span_of, whole } from './format.js';
import { clear, ranked, signed } from './profile_data.js';

const figure = (one) => `${signed(one.value)}, ${span_of([one.low, one.high], signed)}`;

function about(block, index) {
  const all = ranked(block, index.key);
  if (all.length === 0) return null;
  const above = all.filter((actor) => actor.indices[index.key].low > 0);
  const below = all.filter((actor) => actor.indices[index.key].high < 0).reverse();
  const name = (actor) => `${actor.name} (${figure(actor.indices[index.key])})`;
  const side = (actors, word) =>
    actors.length
      ? `Clearly ${word} the average: ${listed([...actors.slice(0, 2).map(name), ...(actors.length > 2 ? [counted(actors.length - 2, 'other')] : [])])}. `
      : '';
  const first = all[0].indices[index.key];
  return h(
    'li',
    {},
    h(
      'p',
      {},
      strong(`${index.label}. `),
      side(above, 'above'),
      side(below, 'below'),
      above.length + below.length === 0
        ? `Nobody’s interval is clear of the average; the highest estimate is ${name(all[0])}.`
        : '',
      first.rank === 1 && above.length > 1 ? `${all[0].name} stands ${ordinal(1)}.` : '',
    ),
  );
}

function heading(block) {
  const [main] = block.indices;
  const top = main ? ranked(block, main.key) : [];
  const apart = new Set(
    block.indices.flatMap(({ key }) =>
      ranked(block, key)
        .filter((actor) => clear(actor.indices[key]))
        .map((actor) => actor.id),
    ),
  );
  if (top.length === 0) return 'Too little is recorded to tell the actors apart';
  if (apart.size === 0) return 'The record does not tell the actors apart';
  return `${whole(apart.size)} of ${plural(block.shown.length, 'actor')} ${apart.size === 1 ? 'stands' : 'stand'} clear of the average in some way`;
}

export function profile_findings(result, block) {
  const { clock } = result;
  return h(
    'section',
    { id: 'findings', 'aria-labelledby': 'findings-title' },
    h('p', { class: 'kicker' }, `Profiles as of ${clock.long(result.as_of)}`),
    h('h1', { id: 'findings-title', tabindex: '-1' }, heading(block)),
    h(
      'p',
      { class: 'standfirst' },
      block.shown.length === 0
        ? `Nobody has enough of ${result.evidence}.`
        : `How ${plural(block.shown.length, 'actor')} act${block.shown.length === 1 ? 's' : ''} when compared with each other, estimated from ${result.evidence}.`,
    ),
    h(
      'div',
      { class: 'columns' },
      h(
        'ol',
        { class: 'findings' },
        block.indices.map((index) => about(block, index)),
      ),
      h(
        'div',
        { class: 'aside' },
        h('h3', {}, 'What these names mean'),
        h(
          'p',
          {},
          'Ego, eco and intuitive are labels for patterns in recorded behaviour: sums of estimated coefficients, with intervals. They are not a judgement of any person, their character or their health.',
        ),
        h(
          'p',
          {},
          'An actor of whom little is recorded is drawn towards the average, and its interval is wide. What nobody reported is not in it.',
        ),
        h(
          'p',
          {},
          `Somebody always stands out. At the ${block.level}, up to ${Math.round(100 * (1 - (block.interval ?? 0.8)))} in 100 actors who are truly average could stand clear of 0 on an index by luck.`,
        ),
        h('p', {}, h('a', { href: '#made-of' }, 'Which coefficients make each index')),
      ),
    ),
    (block.notes ?? []).map((note) => h('p', { class: 'small' }, `${capital(note)}.`)),
  );
}
