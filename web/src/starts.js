// The other direction: pairs in order of their chance to begin an alliance, or to be reconciled.
import { h, section, strong } from './dom.js';
import { capital, counted, listed, ordinal, percent, percent_range, plural } from './format.js';
import { ranked_list } from './ranked_list.js';
import { verdict } from './verdict.js';

const most = 50;

const words_of = (hazard) => ({
  attribute: 'data-start',
  one: hazard,
  many: 'pairs',
  age_only: 'elapsed time only',
  age: 'elapsed time alone',
  sides: ['\u2190 holds it back', `pushes towards ${hazard} \u2192`],
  about: (start, clock) =>
    `${start.since ? `at risk since ${clock.short(clock.time(start.since))}, ` : ''}${plural(start.events_behind ?? 0, 'event')}`,
  note: () => '',
});

const columns = [
  'rank',
  'hazard',
  'a',
  'b',
  'since',
  'probability',
  'low',
  'high',
  'baseline_constant',
  'baseline_duration',
  'hazard_ratio',
  'events_behind',
];

function what_came(starts, hazard, { clock, outcomes }) {
  if (!starts.some((start) => start.outcome)) return null;
  const came = starts.filter((start) => start.outcome?.outcome === 'start');
  const tale = (start) =>
    `${start.names}${start.outcome.date ? ` on ${clock.dated(start.outcome.date)}` : ''} (put ${ordinal(start.rank)} of ${starts.length}, at ${percent(start.probability)})`;
  const scores = outcomes?.starts?.find((one) => one.hazard === hazard);
  return h(
    'p',
    { class: 'said' },
    strong('What then happened. '),
    came.length
      ? `${capital(counted(came.length, 'pair'))} began: ${listed(came.slice(0, 3).map(tale))}${came.length > 3 ? ', and others' : ''}. `
      : 'None of these pairs began one. ',
    scores
      ? verdict(
          'Log loss',
          scores.log_loss,
          scores.log_loss_constant,
          scores.log_loss_duration,
          ' (lower is better)',
          'time alone',
        )
      : '',
  );
}

function rests_on(hazard, called, { fit }) {
  const events = fit?.hazards?.find((one) => one.hazard === hazard)?.events;
  if (!Number.isFinite(events)) return '';
  return ` All of it rests on ${counted(events, `case of ${called}`, `cases of ${called}`)} on record by then${events < 10 ? ': take the order of magnitude as the message' : ''}.`;
}

function of_hazard(hazard, starts, result, source) {
  const { clock, forecast } = result;
  const [first] = starts;
  const called = hazard.replace(/_/g, ' ');
  const ends = clock.long(clock.time(forecast.ends));
  return h(
    'div',
    { class: 'of-hazard' },
    h(
      'p',
      { class: 'said' },
      strong(`${capital(called)}. `),
      `${first.names} stand first, at ${percent(first.probability)} (${percent_range(first.low, first.high)}) by ${ends}. `,
      Number.isFinite(first.baseline_constant) ? `A constant rate would say ${percent(first.baseline_constant)}. ` : '',
      first.sentence ?? '',
      rests_on(hazard, called, result),
    ),
    what_came(starts, hazard, result),
    ranked_list(starts, result, source, {
      words: words_of(called),
      columns,
      most,
      name: `starts-${hazard}-${forecast.as_of}`,
      title: `Chance of ${called} by ${ends}`,
      subtitle: `Estimated for each of ${plural(starts.length, 'pair')} that could begin one, with the two simplest forecasts for comparison`,
    }),
  );
}

export function starts(result, source) {
  if (result.starts.length === 0) return null;
  const hazards = [...new Set(result.starts.map((start) => start.hazard))];
  return section(
    'starts',
    'What may begin',
    'The other direction: pairs without an alliance, or in conflict, ranked by the chance that one begins. Open a row for its reasons.',
    hazards.map((hazard) =>
      of_hazard(
        hazard,
        result.starts.filter((start) => start.hazard === hazard).map((start, i) => ({ ...start, rank: i + 1 })),
        result,
        source,
      ),
    ),
  );
}
