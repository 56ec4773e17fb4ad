// Recorded events as a list that can be read and checked: when, who to whom, what, and the source.
import { h } from './dom.js';
import { fixed } from './format.js';

const first_events = 8;

function event_row(event, result, extra = null) {
  const conflict = /conflict$/.test(event.quad ?? '');
  return h(
    'li',
    {},
    h('span', { class: 'when' }, result.clock.dated(event.date, event.precision)),
    h(
      'span',
      { class: 'what' },
      h(
        'span',
        { class: `symbol ${conflict ? 'conflict' : 'cooperation'}`, 'aria-hidden': 'true' },
        conflict ? '\u25c6' : '\u25cf',
      ),
      h(
        'b',
        {},
        `${result.name(event.source)} to ${result.name(event.target)}: ${(event.label ?? event.type).toLowerCase()}`,
      ),
      h('span', { class: 'small' }, ` (${conflict ? 'conflict' : 'cooperation'}, ${fixed(event.intensity, 1)})`),
      event.description ? h('span', { class: 'told' }, event.description) : null,
      h(
        'span',
        { class: 'small' },
        [
          event.reference ? `Source: ${event.reference}` : 'No source given',
          event.verified === false ? ' (not verified)' : '',
          extra ? `. Feeds ${extra}` : '',
        ].join(''),
      ),
    ),
  );
}

export function event_list(events, result, extra) {
  const items = events.map((event, i) => {
    const item = event_row(event, result, extra ? extra(event) : null);
    if (i >= first_events) item.classList.add('beyond');
    return item;
  });
  const list = h('ul', { class: 'events' }, items);
  if (events.length <= first_events) return list;
  const button = h(
    'button',
    {
      type: 'button',
      class: 'more',
      on: {
        click: () => {
          items.forEach((item) => item.classList.remove('beyond'));
          button.remove();
        },
      },
    },
    `Show all ${events.length} events`,
  );
  return h('div', {}, list, button);
}
