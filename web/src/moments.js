// A slider over the moments of a simulation.
import { h } from './dom.js';

export function moments_slider({ id, label, times, clock, moved }) {
  const last = times.length - 1;
  const output = h('output', { for: id, class: 'date' });
  const input = h('input', { type: 'range', id, min: 0, max: last, value: last, step: 1, 'aria-label': label });
  const tell = () => {
    output.textContent = clock.long(times[Number(input.value)]);
    input.setAttribute('aria-valuetext', output.textContent);
  };
  input.addEventListener('input', () => {
    tell();
    moved();
  });
  tell();
  return {
    element: h('div', { class: 'controls' }, h('div', { class: 'slide' }, output, input)),
    at: () => Number(input.value),
  };
}
