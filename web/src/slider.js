// The date that a reader moves, by hand, by key or by playing it.
import { h } from './dom.js';

export function slider_of(result, moved) {
  const { clock, as_of } = result;
  const first = result.events.reduce((earliest, event) => Math.min(earliest, event.time), as_of);
  const step = clock.kind === 'calendar' ? 7 * clock.unit : (as_of - first) / 200 || 1;
  const steps = Math.ceil((as_of - first) / step);
  const time = (value) => as_of - (steps - value) * step;
  const output = h('output', { for: 'network-date', class: 'date' });
  const input = h('input', {
    type: 'range',
    id: 'network-date',
    min: 0,
    max: steps,
    value: steps,
    step: 1,
    on: { input: () => change() },
  });
  const change = () => {
    output.textContent = clock.long(time(Number(input.value)));
    input.setAttribute('aria-valuetext', output.textContent);
    moved();
  };
  output.textContent = clock.long(as_of);
  input.setAttribute('aria-valuetext', output.textContent);
  return {
    input,
    output,
    time: () => time(Number(input.value)),
    advance: () => {
      if (Number(input.value) >= steps) return false;
      input.value = Math.min(steps, Number(input.value) + 2);
      change();
      return true;
    },
    rewind: () => {
      if (Number(input.value) >= steps) {
        input.value = Math.max(0, steps - 104);
        change();
      }
    },
  };
}

export function play_button(slider) {
  let timer = null;
  const stop = () => {
    clearInterval(timer);
    timer = null;
    button.textContent = 'Play';
  };
  const button = h(
    'button',
    {
      type: 'button',
      class: 'tool',
      on: {
        click: () => {
          if (timer) return stop();
          slider.rewind();
          button.textContent = 'Pause';
          timer = setInterval(() => {
            if (!button.isConnected || !slider.advance()) stop();
          }, 220);
        },
      },
    },
    'Play',
  );
  return button;
}
