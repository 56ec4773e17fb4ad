// A list of rows, each a name, its marks on the scale that all share, and its number.
//   rows: { label, small, marks, value, note }
import { h } from './dom.js';
import { axis, track } from './strip.js';

const row = ({ label, small, marks, value, note }, scale) =>
  h(
    'li',
    {},
    h(
      'span',
      { class: 'who' },
      h('span', { class: 'names' }, label),
      small ? h('span', { class: 'small' }, small) : null,
    ),
    track(scale, marks),
    h('span', { class: 'chance' }, h('b', {}, value), note ? h('span', { class: 'small' }, ` ${note}`) : null),
  );

export const strip_list = (rows, scale, { kind = '', sides = null } = {}) =>
  h(
    'div',
    { class: `strips factors ${kind}`.trim() },
    sides ? h('p', { class: 'sides', 'aria-hidden': 'true' }, h('span', {}, sides[0]), h('span', {}, sides[1])) : null,
    h('div', { class: 'axis-row' }, axis(scale)),
    h(
      'ol',
      { class: 'ranking plain' },
      rows.map((one) => row(one, scale)),
    ),
  );

// Shows the first rows, and the others when asked; `step` bounds how many.
export function folded(items, shown, noun) {
  if (items.length <= shown) return null;
  items.slice(shown).forEach((item) => item.classList.add('beyond'));
  const button = h(
    'button',
    {
      type: 'button',
      class: 'more',
      'aria-expanded': 'false',
      on: {
        click: () => {
          const open = button.getAttribute('aria-expanded') === 'false';
          items.slice(shown).forEach((item) => item.classList.toggle('beyond', !open));
          button.setAttribute('aria-expanded', String(open));
          button.textContent = open ? `Show the first ${shown} only` : `Show all ${items.length} ${noun}`;
        },
      },
    },
    `Show all ${items.length} ${noun}`,
  );
  return button;
}
