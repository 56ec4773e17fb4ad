// One pair through time: what each did to the other, the ties between them, the fitted hazard and the forecast.
import { h, section } from './dom.js';
import { percent, percent_range } from './format.js';
import { forecast_chart, hazard_chart } from './hazard.js';
import { events_chart } from './pair_events.js';
import { pair_key } from './results.js';

function pairs_of(result) {
  const known = new Set(result.alliances.map((alliance) => alliance.pair));
  const counts = new Map();
  for (const event of result.events)
    if (!known.has(event.pair) && event.source !== event.target)
      counts.set(event.pair, (counts.get(event.pair) ?? 0) + 1);
  const others = [...counts]
    .filter(([, count]) => count >= 2)
    .sort((p, q) => q[1] - p[1])
    .slice(0, 200);
  const value = (alliance) => `tie ${alliance.tie_id}`;
  return [
    ...(result.alliances.length
      ? [
          h(
            'optgroup',
            { label: 'Alliances, by chance of rupture' },
            result.alliances.map((alliance) =>
              h(
                'option',
                { value: value(alliance) },
                `${alliance.names}, ${alliance.kind} (${percent(alliance.probability)})`,
              ),
            ),
          ),
        ]
      : []),
    ...(others.length
      ? [
          h(
            'optgroup',
            { label: 'Other pairs, by events' },
            others.map(([key, count]) => {
              const [a, b] = JSON.parse(key);
              return h('option', { value: `pair ${key}` }, `${result.name(a)} and ${result.name(b)} (${count})`);
            }),
          ),
        ]
      : []),
  ];
}

export function pair(result, source) {
  if (result.alliances.length === 0 && result.events.length === 0) return { element: null, show: () => {} };
  const body = h('div', { class: 'pair-body' });
  const select = h('select', { id: 'pair-select', on: { change: () => draw() } }, pairs_of(result));
  const draw = () => {
    const alliance = result.alliances.find((candidate) => `tie ${candidate.tie_id}` === select.value);
    if (!alliance && !select.value) return;
    const [a, b] = alliance ? [alliance.a, alliance.b] : JSON.parse(select.value.slice(5));
    body.replaceChildren(
      alliance
        ? h(
            'p',
            { class: 'said' },
            `${alliance.names}: ${percent(alliance.probability)} chance of a rupture by ` +
              `${result.clock.long(result.clock.time(result.forecast.ends))} (${percent_range(alliance.low, alliance.high)}), ${alliance.rank} of ${result.alliances.length} in the ranking.`,
          )
        : h(
            'p',
            { class: 'said' },
            `No alliance was in force between the two ${result.clock.on(result.as_of)}, so there is no forecast for them.`,
          ),
      events_chart(result, a, b, source),
      alliance
        ? h('div', { class: 'two' }, hazard_chart(result, alliance, source), forecast_chart(result, alliance, source))
        : '',
    );
  };
  draw();
  const element = section(
    'pair',
    'One pair through time',
    'Choose two actors to see what they did, and what the model made of it.',
    h('p', { class: 'picks' }, h('label', { for: 'pair-select' }, 'Pair '), select),
    body,
  );
  const show = (a, b) => {
    const key = pair_key(a, b);
    const alliance = result.alliances.find((candidate) => candidate.pair === key);
    const value = alliance ? `tie ${alliance.tie_id}` : `pair ${key}`;
    if (![...select.options].some((option) => option.value === value)) return;
    select.value = value;
    draw();
    element.scrollIntoView({ block: 'start' });
    select.focus({ preventScroll: true });
  };
  return { element, show };
}
