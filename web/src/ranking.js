// The alliances in order of their chance of rupture.
import { section } from './dom.js';
import { plural } from './format.js';
import { ranked_list } from './ranked_list.js';

const words = {
  attribute: 'data-tie',
  one: 'rupture',
  many: 'alliances',
  age_only: 'age of the tie only',
  age: 'the age of the tie alone',
  sides: ['\u2190 holds it', 'pushes towards rupture \u2192'],
  about: (alliance, clock) => `${alliance.kind}, since ${clock.short(clock.time(alliance.since))}`,
  note: (alliance) => alliance.kind,
};

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

export function ranking(result, source) {
  const { alliances, forecast, clock } = result;
  if (alliances.length === 0)
    return section('ranking', 'Every alliance', 'No cooperative tie was in force on the day of the forecast.');
  return section(
    'ranking',
    'Every alliance, ranked',
    'Open a row to see what pushes it and what holds it, with the recorded events behind.',
    ranked_list(alliances, result, source, {
      words,
      columns,
      name: `ranking-${forecast.as_of}`,
      title: `Chance of a rupture by ${clock.long(clock.time(forecast.ends))}`,
      subtitle: `Estimated for each of ${plural(alliances.length, 'cooperative tie')} in force ${clock.on(result.as_of)}, with the two simplest forecasts for comparison`,
    }),
  );
}
