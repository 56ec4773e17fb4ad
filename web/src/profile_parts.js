// Exactly which coefficients make which index, and how far actors differ on each.
import { h, section } from './dom.js';
import { fixed, plural } from './format.js';

const weight = (value) => (Number.isFinite(value) ? ` \u00d7 ${fixed(value, Number.isInteger(value) ? 0 : 2)}` : '');

export function made_of(block) {
  if (block.indices.length === 0) return null;
  const parts = (index) =>
    h(
      'ul',
      {},
      (index.components ?? []).map((part) =>
        h('li', {}, `${part.label ?? part.key}: `, h('code', {}, part.coefficient), weight(part.weight)),
      ),
    );
  return section(
    'made-of',
    'What each index is made of',
    'Each is a weighted sum of one actor’s own deviations from the common coefficients.',
    h(
      'details',
      { class: 'list', open: true },
      h('summary', {}, 'The coefficients'),
      h(
        'dl',
        { class: 'parts' },
        block.indices.map((index) => [h('dt', {}, index.label), h('dd', {}, index.text ?? '', parts(index))]),
      ),
    ),
    block.variance?.length
      ? h(
          'details',
          { class: 'list' },
          h('summary', {}, 'How far actors differ on each coefficient'),
          h(
            'ul',
            { class: 'reading' },
            block.variance.map(({ coefficient, sd, groups }) =>
              h(
                'li',
                {},
                h('code', {}, coefficient),
                `: standard deviation ${fixed(sd, 3)} among ${plural(groups, 'actor')}${sd < 0.01 ? '; the record shows no difference' : ''}`,
              ),
            ),
          ),
        )
      : null,
  );
}
