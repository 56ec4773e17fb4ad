// The other direction: pairs in order of their chance to begin an alliance, or to be reconciled.
import { h, section, strong } from './dom.js';
import { capital, counted, listed, percent, percent_range, plural } from './format.js';
import { ranked_list } from './ranked_list.js';

const most = 50;

const words_of = (hazard) => ({
  attribute: 'data-start',
  one: hazard,
  many: 'pairs',
  age_only: 'elapsed time only',
  age: 'elapsed time alone',
  sides: ['\u2190 holds it back', `pushes towards ${hazard} \u2192`],
  about: (start) => plural(start.events_behind ?? 0, 'recorded event'),
  note: () => '',
});

const columns = [
  'rank',
  'hazard',
  'a',
  'b',
  'probability',
  'low',
  'high',
  'baseline_constant',
  'baseline_duration',
  'hazard_ratio',
  'events_behind',
];

function what_came(starts, hazard, clock) {
  if (!starts.some((start) => start.outcome)) return null;
  const came = starts.filter((start) => start.outcome?.outcome === 'start');
  const said = came.map(
    (start) =>
      `${start.names} ${start.outcome.date ? clock.dated(start.outcome.date) : ''} (it had been put at ${percent(start.probability)}, ${start.rank} of ${starts.length})`,
  );
  return h(
    'p',
    { class: 'said' },
    strong('What then happened. '),
    came.length
      ? `${capital(counted(came.length, `case of ${hazard}`, `cases of ${hazard}`))}: ${listed(said)}.`
      : `No ${hazard} among these pairs.`,
  );
}

function of_hazard(hazard, starts, result, source) {
  const { clock, forecast } = result;
  const [first] = starts;
  const ends = clock.long(clock.time(forecast.ends));
  return h(
    'div',
    { class: 'of-hazard' },
    h(
      'p',
      { class: 'said' },
      strong(`${capital(hazard.replace(/_/g, ' '))}. `),
      `${first.names} stand first, at ${percent(first.probability)} (${percent_range(first.low, first.high)}) by ${ends}. `,
      Number.isFinite(first.baseline_constant) ? `A constant rate would say ${percent(first.baseline_constant)}. ` : '',
      first.sentence ?? '',
    ),
    what_came(starts, hazard, clock),
    ranked_list(starts, result, source, {
      words: words_of(hazard.replace(/_/g, ' ')),
      columns,
      most,
      name: `starts-${hazard}-${forecast.as_of}`,
      title: `Chance of ${hazard.replace(/_/g, ' ')} by ${ends}`,
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
