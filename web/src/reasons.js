// Why one alliance stands where it does: factors that multiply to its hazard ratio, and the recorded events behind them.
import { change_of } from './change.js';
import { h } from './dom.js';
import { in_words } from './effects.js';
import { event_list } from './events.js';
import { fixed, percent, plural, times } from './format.js';
import { frame } from './frame.js';
import { source_of } from './source.js';
import { axis, factor_scale, strip_drawing, track } from './strip.js';

// An effect whose interval holds ×1 may do nothing, or the opposite: it is drawn faint and said to be unsure.
const unsure = (reason) => reason.low <= 1 && reason.high >= 1;
const none = (reason) => Math.abs(Math.log(reason.hazard_ratio)) < 0.005;
const side = (reason) =>
  none(reason) ? 'no effect' : `${reason.hazard_ratio >= 1 ? 'pushes' : 'holds'}${unsure(reason) ? ', unsure' : ''}`;
const said = (reason) => in_words(reason.effect, { value: reason.value });

const marks_of = (reason) => [
  {
    kind: 'bar',
    from: 1,
    to: reason.hazard_ratio,
    tone: reason.hazard_ratio >= 1 ? 'conflict' : 'cooperation',
    faint: unsure(reason),
  },
  ...(reason.low > 0 && reason.high > 0 ? [{ kind: 'whisker', from: reason.low, to: reason.high, tone: 'ink' }] : []),
];

function reason_row(reason, scale) {
  const compared =
    Number.isFinite(reason.value) && Number.isFinite(reason.reference)
      ? `${fixed(reason.value)} here, ${fixed(reason.reference)} on average`
      : null;
  return h(
    'li',
    {},
    h(
      'span',
      { class: 'who' },
      h('span', { class: 'names' }, said(reason)),
      h('span', { class: 'small' }, h('code', {}, reason.effect), compared ? `: ${compared}` : ''),
    ),
    track(scale, marks_of(reason)),
    h(
      'span',
      { class: 'chance' },
      h('b', {}, times(reason.hazard_ratio)),
      h('span', { class: 'small' }, ` ${side(reason)}`),
    ),
  );
}

// Each event once, latest first, with the effects that it feeds.
function events_behind(reasons) {
  const seen = new Map();
  for (const reason of reasons)
    for (const event of reason.events ?? []) {
      const key = JSON.stringify([event.date, event.source, event.target, event.type, event.description]);
      const found = seen.get(key) ?? { ...event, effects: [] };
      found.effects.push(said(reason));
      seen.set(key, found);
    }
  return [...seen.values()];
}

export function reasons_of(alliance, result, words) {
  const reasons = [...(alliance.reasons ?? [])].sort(
    (p, q) => Math.abs(Math.log(q.hazard_ratio)) - Math.abs(Math.log(p.hazard_ratio)),
  );
  const other = Number.isFinite(alliance.probability_other_ending)
    ? ` The chance that it ends in some other way is ${percent(alliance.probability_other_ending)}.`
    : '';
  const half = alliance.median_date
    ? ` Its chance of a ${words.one} passes one half on ${result.clock.dated(alliance.median_date)}.`
    : '';
  const baselines = h(
    'p',
    {},
    `${plural(alliance.events_behind ?? 0, 'recorded event')} between the two by ${result.clock.long(result.as_of)}. ` +
      (Number.isFinite(alliance.baseline_constant)
        ? `A constant rate would say ${percent(alliance.baseline_constant)}, ${words.age} ${percent(alliance.baseline_duration)}.`
        : '') +
      other +
      half,
  );
  const told = alliance.sentence ? h('p', { class: 'sentence' }, alliance.sentence) : null;
  const changed = change_of(alliance.change, result);
  if (reasons.length === 0) return h('div', { class: 'reasons' }, told, baselines, changed);
  const scale = factor_scale(
    reasons.flatMap((r) => [r.hazard_ratio, r.low, r.high]),
    times_short,
  );
  scale.ticks.forEach((tick) => {
    tick.strong = tick.value === 1;
  });
  const events = events_behind(reasons).sort((p, q) => result.clock.time(q.date) - result.clock.time(p.date));
  const title = `What pushes and holds: ${alliance.names}`;
  const compared = Number.isFinite(alliance.hazard_ratio)
    ? `, which multiply to ${times(alliance.hazard_ratio)} that of ${alliance.hazard_ratio_reference ?? 'the average'}`
    : '';
  const subtitle = `Factors on the hazard of ${words.one}${compared}`;
  return h(
    'div',
    { class: 'reasons' },
    told,
    baselines,
    frame({
      name: `reasons-${alliance.key}`,
      source: source_of(result),
      title,
      subtitle,
      body: h(
        'div',
        { class: 'strips factors' },
        h('p', { class: 'sides', 'aria-hidden': 'true' }, h('span', {}, words.sides[0]), h('span', {}, words.sides[1])),
        h('div', { class: 'axis-row' }, axis(scale)),
        h(
          'ol',
          { class: 'ranking plain' },
          reasons.map((reason) => reason_row(reason, scale)),
        ),
      ),
      table: () => ({
        columns: ['key', 'effect', 'hazard_ratio', 'low', 'high', 'value', 'reference'],
        rows: reasons.map((r) => [alliance.key, r.effect, r.hazard_ratio, r.low, r.high, r.value, r.reference]),
      }),
      drawing: () =>
        strip_drawing(
          scale,
          reasons.map((r) => ({
            label: said(r),
            marks: marks_of(r),
            value: times(r.hazard_ratio),
            note: side(r),
          })),
        ),
    }),
    changed,
    events.length ? h('h4', {}, 'The recorded events behind') : null,
    events.length ? event_list(events, result, (event) => event.effects.join('; ')) : null,
  );
}

const times_short = (value) => (value >= 1 ? `×${value}` : `×1/${Math.round(1 / value)}`);
