// Small multiples of which the first are shown, and all when asked.
//   option(shown, colors, width, grids)   label(shown)
import { chart } from './chart.js';
import { h } from './dom.js';
import { panels } from './multiples.js';

export function more_panels(all, { first, noun, option, label, panel_width = 250, panel_height = 100 }) {
  let shown = all.slice(0, first);
  const shape = () => panels(shown.length, { panel_width, panel_height: shown.length > 1 ? panel_height : 180 });
  const drawn = chart({
    height: (width) => shape().height(width),
    label: () => label(shown),
    option: (colors, width) => option(shown, colors, width, shape().grids(width)),
  });
  const many = `Show all ${all.length} ${noun}`;
  const button = h('button', { type: 'button', class: 'more', 'aria-expanded': 'false' }, many);
  button.addEventListener('click', () => {
    const open = button.getAttribute('aria-expanded') === 'false';
    shown = open ? all : all.slice(0, first);
    button.setAttribute('aria-expanded', String(open));
    button.textContent = open ? `Show the first ${first} only` : many;
    drawn.draw();
  });
  return { drawn, button: all.length > first ? button : null };
}
