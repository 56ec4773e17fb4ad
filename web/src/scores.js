// The scores of a backtest beside those of the simplest forecasts, and which of them luck could give.
import { h, section } from './dom.js';
import { fixed, known, part, span_of, whole } from './format.js';
import { frame } from './frame.js';
import { area, judged, verdicts } from './scored.js';
import { linear_scale, strip_drawing } from './strip.js';
import { strip_list } from './strip_list.js';

const decimals = (value) => fixed(value, 2);
const tones = { skill: 'cooperation', worse: 'conflict', luck: 'muted', unknown: 'muted' };

// rows: { label, small, value, interval, chance, write }
function strip_figure(block, rows, scale, { name, title, subtitle, source }) {
  const listed = rows.map(({ label, small, value, interval, chance, write }) => {
    const verdict = judged(interval, chance);
    const tone = tones[verdict];
    return {
      label,
      small,
      marks: [
        ...(verdict === 'unknown' ? [] : [{ kind: 'interval', from: interval[0], to: interval[1], tone }]),
        ...(chance === 0 ? [] : [{ kind: 'tick', at: chance, tone: 'muted' }]),
        { kind: 'dot', at: value, tone },
      ],
      value: write(value),
      note: `${verdict === 'unknown' ? '' : `${span_of(interval, write)}: `}${verdicts[verdict]}`,
    };
  });
  return frame({
    name,
    source,
    title,
    subtitle,
    body: strip_list(listed, scale, { kind: 'wide-note' }),
    table: () => ({
      columns: ['score', 'value', 'low', 'high', 'chance'],
      rows: rows.map((r) => [r.label, r.value, r.interval?.[0] ?? null, r.interval?.[1] ?? null, r.chance]),
    }),
    drawing: () => strip_drawing(scale, listed),
  });
}

function skill_figure(block, source) {
  const { intervals, words } = block;
  const rows = [
    { label: 'Against a constant rate', value: block.skill_constant, interval: intervals.skill_constant },
    { label: `Against ${words.age}`, value: block.skill_duration, interval: intervals.skill_duration },
  ]
    .filter((row) => known(row.value))
    .map((row) => ({ ...row, chance: 0, write: part }));
  if (rows.length === 0) return null;
  const all = rows.flatMap((row) => [row.value, ...(row.interval ?? [])]).filter(known);
  const scale = linear_scale(Math.min(0, ...all), Math.max(0, ...all), (v) => `${fixed(100 * v, 0)} %`, 4);
  scale.ticks.forEach((tick) => {
    tick.strong = tick.value === 0;
  });
  return strip_figure(block, rows, scale, {
    name: `${words.prefix}skill`,
    source,
    title: 'How much better than the simplest forecasts',
    subtitle: `How much lower the log loss is, with the ${block.level}; to the right of 0 % the model is better, and grey means that luck could give it`,
  });
}

function order_figure(block, source) {
  const { intervals, words } = block;
  const rows = [
    {
      label: 'Right order on each date (concordance)',
      value: block.concordance,
      interval: intervals.concordance,
      chance: 0.5,
      small: 'chance gives .5',
    },
    {
      label: 'Right order over all (AUC)',
      value: block.auc,
      interval: intervals.auc,
      chance: 0.5,
      small: 'chance gives .5',
    },
    {
      label: `Found among the top tenth`,
      value: block.recall_top_10_percent,
      interval: intervals.recall_top_10_percent,
      chance: 0.1,
      small: `share of the ${words.many}; chance gives .1`,
    },
  ]
    .filter((row) => known(row.value))
    .map((row) => ({ ...row, write: decimals }))
    .reverse();
  if (rows.length === 0) return null;
  return strip_figure(
    block,
    rows,
    linear_scale(0, 1, (v) => decimals(v), 4),
    {
      name: `${words.prefix}order`,
      source,
      title: `Does it put the right ${words.subjects} first?`,
      subtitle: `1 is perfect; the tick is chance; with the ${block.level}`,
    },
  );
}

function score_table(block) {
  const { intervals, words, forecasts } = block;
  const of_age = area(forecasts, 'duration');
  const rows = [
    [
      'Log loss',
      'lower is better',
      block.log_loss,
      intervals.log_loss,
      block.log_loss_constant,
      block.log_loss_duration,
      4,
    ],
    ['Brier score', 'lower is better', block.brier, intervals.brier, block.brier_constant, block.brier_duration, 4],
    ['AUC', 'higher is better', block.auc, intervals.auc, 0.5, of_age, 3],
    ['Concordance', 'higher is better', block.concordance, intervals.concordance, 0.5, null, 3],
    [
      'Recall in the top 10 %',
      'higher is better',
      block.recall_top_10_percent,
      intervals.recall_top_10_percent,
      0.1,
      null,
      3,
    ],
  ].filter(([, , value]) => known(value));
  return {
    rows,
    columns: ['Score', 'Model', block.level, 'Constant rate', words.subject === 'tie' ? 'Age alone' : 'Time alone'],
  };
}

function table_figure(block, source) {
  const { rows, columns } = score_table(block);
  if (rows.length === 0) return null;
  const d = block.brier_decomposition;
  const title = 'Every score beside both baselines';
  const cell = (row, i) =>
    i === 2 ? span_of(row[3], (v) => fixed(v, row[6])) : fixed([null, row[2], null, row[4], row[5]][i], row[6]);
  return frame({
    name: `${block.words.prefix}scores`,
    source,
    title,
    subtitle: d
      ? `Brier ${fixed(block.brier, 4)} = reliability ${fixed(d.reliability, 4)} (0 is best) \u2212 resolution ${fixed(d.resolution, 4)} (higher is better) + uncertainty ${fixed(d.uncertainty, 4)} (the record’s own)`
      : null,
    body: h(
      'table',
      { class: 'figures' },
      h('caption', { class: 'hidden' }, title),
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          columns.map((text, i) => h('th', { scope: 'col', class: i ? 'number' : '' }, text)),
        ),
      ),
      h(
        'tbody',
        {},
        rows.map((row) =>
          h(
            'tr',
            {},
            h('th', { scope: 'row' }, h('span', {}, row[0]), ' ', h('span', { class: 'small' }, row[1])),
            [1, 2, 3, 4].map((i) =>
              h('td', { class: 'number', 'data-label': columns[i] }, i === 1 ? h('b', {}, cell(row, i)) : cell(row, i)),
            ),
          ),
        ),
      ),
    ),
    table: () => ({
      columns: ['score', 'model', 'low', 'high', 'constant', 'duration'],
      rows: rows.map((r) => [r[0], r[2], r[3]?.[0] ?? null, r[3]?.[1] ?? null, r[4], r[5]]),
    }),
  });
}

export const score_figures = (block, source) => [
  skill_figure(block, source),
  order_figure(block, source),
  table_figure(block, source),
];

export function scores(block, source) {
  const { words, bootstrap } = block;
  const drawn = bootstrap?.resamples
    ? ` Intervals come from drawing the same record again ${whole(bootstrap.resamples)} times, all forecasts of a ${bootstrap.blocks === 'date' ? 'date' : words.subject} together.`
    : '';
  return section(
    `${words.prefix}scores`,
    'Skill and luck',
    `Every score beside what the simplest forecasts would have had on the same dates.${drawn}`,
    score_figures(block, source),
  );
}
