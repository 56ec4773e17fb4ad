// The alliances in order of their chance of rupture: a dot, its interval, the two baselines, and the reasons on demand.
import { h, section } from './dom.js';
import { percent, percent_range, plural } from './format.js';
import { frame } from './frame.js';
import { outcome_mark, outcome_text } from './outcome.js';
import { reasons_of } from './reasons.js';
import { axis, linear_scale, strip_drawing, track } from './strip.js';

const first_shown = 10;

const marks_of = (alliance) =>
  [
    { kind: 'interval', from: alliance.low, to: alliance.high, tone: 'ink' },
    { kind: 'tick', at: alliance.baseline_constant, tone: 'muted' },
    { kind: 'notch', at: alliance.baseline_duration, tone: 'muted' },
    { kind: 'dot', at: alliance.probability, tone: 'ink' },
  ].filter((mark) => Number.isFinite(mark.at ?? mark.from) && mark.at !== null && mark.from !== null);

function row(alliance, result, scale) {
  const { clock } = result;
  const interval = percent_range(alliance.low, alliance.high);
  const details = h(
    'details',
    { class: 'alliance', 'data-tie': alliance.tie_id },
    h(
      'summary',
      {},
      h('span', { class: 'rank' }, String(alliance.rank)),
      h(
        'span',
        { class: 'who' },
        h('span', { class: 'names' }, alliance.names),
        h('span', { class: 'small' }, `${alliance.kind}, since ${clock.short(clock.time(alliance.since))}`),
      ),
      track(scale, marks_of(alliance)),
      h(
        'span',
        { class: 'chance' },
        h('b', {}, percent(alliance.probability)),
        h('span', { class: 'small' }, ` ${interval}`),
      ),
      alliance.outcome
        ? h('span', { class: 'fate' }, outcome_mark(alliance.outcome), outcome_text(alliance.outcome, clock))
        : null,
    ),
  );
  details.addEventListener('toggle', () => {
    if (details.open && details.children.length === 1) details.append(reasons_of(alliance, result));
  });
  return h('li', {}, details);
}

function table_of(result) {
  const columns = [
    'rank',
    'tie_id',
    'kind',
    'a',
    'b',
    'since',
    'probability',
    'low',
    'high',
    'baseline_constant',
    'baseline_duration',
    'probability_other_ending',
    'hazard_ratio',
    'events_behind',
  ];
  return {
    columns: [...columns, 'outcome', 'outcome_date'],
    rows: result.alliances.map((a) => [
      ...columns.map((c) => a[c]),
      a.outcome?.outcome ?? null,
      a.outcome?.date ?? null,
    ]),
  };
}

export function ranking(result, source) {
  const { alliances, forecast, clock } = result;
  if (alliances.length === 0)
    return section('ranking', 'Every alliance', 'No cooperative tie was in force on the day of the forecast.');
  const reach = Math.max(
    ...alliances.flatMap((a) => [a.probability, a.high ?? 0, a.baseline_constant ?? 0, a.baseline_duration ?? 0]),
  );
  const scale = linear_scale(0, Math.min(1, reach), (value) => `${Number((100 * value).toPrecision(3))} %`, 4);
  const rows = alliances.map((alliance) => row(alliance, result, scale));
  const list = h('ol', { class: 'ranking' }, rows);
  const more =
    alliances.length > first_shown
      ? h('button', { type: 'button', class: 'more', 'aria-expanded': 'false', on: { click: () => toggle() } })
      : null;
  const toggle = (open = more.getAttribute('aria-expanded') === 'false') => {
    rows.forEach((item, i) => item.classList.toggle('beyond', !open && i >= first_shown));
    more.setAttribute('aria-expanded', String(open));
    more.textContent = open ? `Show the first ${first_shown} only` : `Show all ${alliances.length} alliances`;
  };
  if (more) toggle(false);
  const level = `${Math.round(100 * forecast.interval)}\u00a0% interval`;
  const legend = h(
    'p',
    { class: 'legend' },
    h('span', {}, h('i', { class: 'key dot' }), 'forecast'),
    h('span', {}, h('i', { class: 'key interval' }), level),
    h('span', {}, h('i', { class: 'key tick' }), 'constant rate'),
    h('span', {}, h('i', { class: 'key notch' }), 'age of the tie only'),
  );
  const body = h(
    'div',
    { class: `strips${result.outcomes ? ' with-fate' : ''}` },
    legend,
    h('div', { class: 'axis-row' }, axis(scale)),
    list,
    more,
  );
  const title = `Chance of a rupture by ${clock.long(clock.time(forecast.ends))}`;
  return section(
    'ranking',
    'Every alliance, ranked',
    'Open a row to see what pushes it and what holds it, with the recorded events behind.',
    frame({
      name: `ranking-${forecast.as_of}`,
      source,
      title,
      body,
      subtitle: `Estimated for each of ${plural(alliances.length, 'cooperative tie')} in force ${clock.on(result.as_of)}, with the two simplest forecasts for comparison`,
      table: () => table_of(result),
      drawing: () =>
        strip_drawing(
          scale,
          alliances.map((a) => ({
            label: `${a.rank}  ${a.names}`,
            marks: marks_of(a),
            value: `${percent(a.probability)} (${percent_range(a.low, a.high)})`,
            note: a.outcome ? outcome_text(a.outcome, clock) : a.kind,
          })),
          `● forecast   ▬ ${level}   | constant rate   △ age of the tie only`,
        ),
    }),
  );
}
