// Who acted on whom up to a date that the reader moves.
import { busiest, shows, state_at, summary_of } from './acts.js';
import { chart } from './chart.js';
import { h, section } from './dom.js';
import { frame } from './frame.js';
import { height_of, network_option, placing } from './network_option.js';
import { play_button, slider_of } from './slider.js';

const shape_words = {
  leader: '\u25cf leader',
  organization: '\u25a0 organization',
  government: '\u25c6 government',
  public: '\u25b2 public',
};

function legend_of(result, chosen) {
  const key = (kind, words) => h('span', {}, h('i', { class: `key ${kind}` }), words);
  const kinds = [...new Set(chosen.map((id) => result.actors.get(id)?.kind))].filter((kind) => shape_words[kind]);
  return h(
    'p',
    { class: 'legend' },
    key('line cooperation', 'cooperation'),
    key('line conflict', 'conflict'),
    key('band cooperation', 'tie in force'),
    key('band conflict', 'litigation in force'),
    kinds.map((kind) => h('span', {}, shape_words[kind])),
  );
}

function table_of(result, time, state) {
  const date = result.clock.kind === 'calendar' ? new Date(time).toISOString().slice(0, 10) : time;
  const sum = (pair) => pair.cooperation + pair.conflict;
  return {
    columns: ['date', 'a', 'b', 'cooperation', 'conflict', 'events', 'ties_in_force'],
    rows: state.pairs
      .filter(shows)
      .sort((p, q) => sum(q) - sum(p))
      .map((p) => [
        date,
        p.a,
        p.b,
        Number(p.cooperation.toFixed(4)),
        Number(p.conflict.toFixed(4)),
        p.events,
        p.ties.map((tie) => tie.kind).join('; '),
      ]),
  };
}

export function network(result, source, on_pair) {
  if (result.events.length === 0 && result.ties.length === 0) return null;
  const { clock } = result;
  const { chosen, links, dropped } = busiest(result);
  const by_name = [...chosen].sort((p, q) => result.name(p).localeCompare(result.name(q)));
  const focus = h(
    'select',
    { id: 'network-focus', on: { change: () => refresh() } },
    h('option', { value: '' }, 'everyone'),
    by_name.map((id) => h('option', { value: id }, result.name(id))),
  );
  const fading = h(
    'select',
    { id: 'network-fading', on: { change: () => refresh() } },
    [30, 90, 365].map((days) => h('option', { value: days, selected: days === 90 }, clock.span(days))),
  );
  const slider = slider_of(result, () => refresh());
  const said = h('p', { class: 'said', 'aria-live': 'polite' });
  const state = () => state_at(result, slider.time(), Number(fading.value) * clock.unit);
  const summary = () => summary_of(result, state(), slider.time());
  const places_for = placing(result, chosen, links);

  const chosen_by_click = (p) => {
    if (p.dataType === 'edge') return on_pair(p.data.pair.a, p.data.pair.b);
    focus.value = focus.value === p.data.id ? '' : p.data.id;
    return refresh();
  };
  const drawn = chart({
    height: height_of,
    label: summary,
    on: { click: chosen_by_click },
    option: (colors, width) =>
      network_option({ result, chosen, places_for, state: state(), focus: focus.value }, colors, width),
  });
  const refresh = () => {
    said.textContent = summary();
    drawn.draw();
  };
  said.textContent = summary();

  const controls = h(
    'div',
    { class: 'controls' },
    h(
      'div',
      { class: 'slide' },
      h('label', { for: 'network-date' }, 'Date'),
      slider.input,
      slider.output,
      play_button(slider),
    ),
    h('div', { class: 'picks' }, h('label', {}, 'Show ', focus), h('label', {}, 'An act fades by half in ', fading)),
    legend_of(result, chosen),
  );
  const left_out = dropped > 0 ? ` The ${dropped} least active actors are left out.` : '';
  return section(
    'network',
    'Who acted on whom',
    'Move the date to see alliances and rivalries form and fade.',
    frame({
      name: `network-${result.forecast.as_of}`,
      source,
      controls,
      body: drawn.element,
      after: said,
      title: `Cooperation and conflict between ${chosen.length} actors`,
      subtitle: `Recorded acts up to the chosen date, weighted by intensity and fading; wider means more.${left_out}`,
      note: () =>
        `${clock.long(slider.time())}. Solid lines: cooperation; dashed: conflict; broad bands: ties in force. ` +
        `Recent acts weigh more: each fades by half in ${clock.span(fading.value)}.`,
      drawing: () => drawn.drawing(1000),
      table: () => table_of(result, slider.time(), state()),
    }),
  );
}
