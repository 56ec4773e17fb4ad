// Goodness of fit: each statistic of the record on the bands of what the fitted model simulates.
// All statistics share one scale: the simulated median in the middle, the ends of the 95 % band at ∓1.
import { h, section, strong } from './dom.js';
import { counted, fixed, known, percent, plural } from './format.js';
import { frame } from './frame.js';
import { short_number } from './simulation_data.js';
import { strip_drawing } from './strip.js';
import { strip_list } from './strip_list.js';

const edge = 2;
const legend =
  'Dot: the record, red where it leaves the 95 % band. Thin line: 95 % of the replicates; thick line: 80 %; bar: 50 %. Numbers: recorded, and the 95 % band.';
const titles = {
  events: 'How many events',
  waiting: 'Times between events',
  out: 'Events sent',
  in: 'Events received',
  degree: 'Events taken part in',
  dyads: 'Repetition',
  reciprocity: 'Reciprocity',
  triads: 'Triads',
  signs: 'Signed pairs and triads',
};
const columns = [
  'group',
  'name',
  'recorded',
  'low95',
  'low80',
  'low50',
  'median',
  'high50',
  'high80',
  'high95',
  'defined',
  'p',
  'outside',
];

const scale = {
  at: (x) => (x + edge) / (2 * edge),
  ticks: [
    { value: -1, label: 'low' },
    { value: 0, label: 'median', strong: true },
    { value: 1, label: 'high' },
  ],
};

// Where a value stands: each side of the median by its own half of the 95 % band; a band without width has no near.
function place(row, value) {
  const half = value < row.median ? row.median - row.low95 : row.high95 - row.median;
  const apart = value - row.median;
  if (apart === 0) return 0;
  return half > 0 ? Math.max(-edge, Math.min(edge, apart / half)) : Math.sign(apart) * edge;
}

function marks(row) {
  if (!known(row.median)) return [];
  const interval = (kind, level, more = {}) => ({
    kind,
    from: place(row, row[`low${level}`]),
    to: place(row, row[`high${level}`]),
    tone: 'muted',
    ...more,
  });
  const dot = known(row.recorded)
    ? [{ kind: 'dot', at: place(row, row.recorded), tone: row.outside ? 'conflict' : 'ink' }]
    : [];
  return [interval('bar', 50, { faint: true }), interval('interval', 80), interval('whisker', 95), ...dot];
}

const range = (row) =>
  known(row.low95) ? `${short_number(row.low95)} to ${short_number(row.high95)}` : 'never defined';

function group_figure(group, rows, source) {
  const drawn = rows.map((row) => ({
    label: row.name,
    small: row.outside ? 'outside the 95 % band' : null,
    marks: marks(row),
    value: known(row.recorded) ? short_number(row.recorded) : '–',
    note: range(row),
  }));
  return frame({
    name: `gof-${group}`,
    source,
    title: titles[group] ?? group,
    subtitle: null,
    note: legend,
    body: strip_list(drawn, scale),
    table: () => ({ columns, rows: rows.map((row) => columns.map((key) => row[key])) }),
    drawing: () => strip_drawing(scale, drawn),
  });
}

const finding = (row) =>
  h(
    'li',
    {},
    h(
      'p',
      {},
      strong(`${titles[row.group] ?? row.group}: ${row.name}. `),
      `${short_number(row.recorded)} recorded; ${row.recorded > row.high95 ? 'more' : 'less'} than the model makes: ${range(row)} in 95 % of the replicates.`,
    ),
  );

const rank_words = (rank) =>
  h(
    'li',
    {},
    `${rank.hazard}: recorded events stood at ${fixed(100 * rank.mean_rank, 1)} % of the dyads at risk on average; `,
    `${percent(rank.recall[0].recall)} of them among the first ${percent(rank.recall[0].share)}.`,
  );

function heading(gof, outside) {
  const all = gof.statistics.length;
  if (outside.length === 0) return `All ${all} statistics of the record are within what the model simulates`;
  return `${outside.length} of ${all} statistics of the record are outside what the model simulates`;
}

function summary(result, gof, outside) {
  const day = (text) => result.clock.short(result.clock.time(text));
  const chance = gof.outside;
  return h(
    'section',
    { id: 'findings', 'aria-labelledby': 'findings-title' },
    h('p', { class: 'kicker' }, `Goodness of fit, ${day(gof.from)} to ${day(gof.to)}`),
    h('h1', { id: 'findings-title', tabindex: '-1' }, heading(gof, outside)),
    h(
      'p',
      { class: 'standfirst' },
      `${plural(gof.events, 'recorded event')} beside ${plural(gof.replicates, 'replicate')} of the fitted model, coefficients ${gof.coefficients === 'drawn' ? 'drawn from their posterior' : 'as estimated'}. By chance ${fixed(chance.by_chance, 1)} statistics would be outside their 95 % band, and in 19 of 20 cases at most ${Math.round(chance.by_chance_high95)}.`,
    ),
    gof.exploded
      ? h(
          'p',
          { class: 'caution' },
          `In ${counted(gof.exploded, 'replicate')} the simulated rates exploded: they are left out of the bands.`,
        )
      : null,
    gof.events_not_at_risk
      ? h(
          'p',
          { class: 'caution' },
          `${plural(gof.events_not_at_risk, 'event lies', 'events lie')} outside the risk set, or the time of their actors: kept as recorded, and compared with nothing.`,
        )
      : null,
    h(
      'div',
      { class: 'columns' },
      h('ol', { class: 'findings' }, outside.map(finding)),
      gof.ranks?.length
        ? h('div', { class: 'aside' }, h('h3', {}, 'How high the record ranked'), h('ul', {}, gof.ranks.map(rank_words)))
        : null,
    ),
    h(
      'p',
      { class: 'small' },
      'The model was fitted to the events it is compared with: a statistic outside is a finding, one inside is not a proof. Ties, attributes and who is there are as recorded.',
    ),
  );
}

export function goodness(result, source) {
  const { gof } = result;
  const groups = [...new Set(gof.statistics.map((row) => row.group))];
  const outside = gof.statistics.filter((row) => row.outside);
  return [
    summary(result, gof, outside),
    section(
      'gof',
      'What the model makes, and what was recorded',
      `Each row is one statistic on the scale of its own band. ${legend}`,
      groups.map((group) =>
        group_figure(
          group,
          gof.statistics.filter((row) => row.group === group),
          source,
        ),
      ),
    ),
  ];
}
