// What a track record shows, in sentences: skill against the simplest forecasts, and how much of it luck could give.
import { filled, missed } from './calibration.js';
import { h, strong } from './dom.js';
import { capital, counted, fixed, known, part, percent, plural, span_of, whole } from './format.js';
import { in_top_tenth } from './rupture_list.js';
import { judged } from './scored.js';
import { verdict } from './verdict.js';

function heading(block) {
  const constant = judged(block.intervals.skill_constant);
  const duration = judged(block.intervals.skill_duration);
  if (!(block.n > 0)) return 'No forecast could be made and scored';
  if (block.events === 0) return `No ${block.words.one} came, so nothing can be scored but the level`;
  if (constant === 'worse') return 'Worse than a constant rate';
  if (constant === 'skill' && duration === 'skill')
    return 'Better than both simple forecasts, by more than luck explains';
  if (constant === 'skill')
    return `Better than a constant rate by more than luck explains, but not than ${block.words.age}`;
  if (!(block.skill_constant > 0)) return 'No better than a constant rate';
  if (!(block.auc > 0.5)) return 'Not to be told from a constant rate';
  return 'Better than a constant rate on this record, but luck could explain it';
}

function against(block, name, skill, baseline, interval) {
  if (!known(skill)) return null;
  const verdict = judged(interval);
  const few = `${counted(distinct(block), block.words.one, block.words.many)}`;
  const meaning = {
    skill: 'The whole interval is above nought: that is skill, as far as this record can tell.',
    worse: 'The whole interval is below nought: the model does harm.',
    luck: `The interval holds nought: with ${few}, this cannot be told from luck.`,
    unknown: 'There is no interval, so it cannot be said whether that is luck.',
  }[verdict];
  return h(
    'li',
    {},
    h(
      'p',
      {},
      strong(`Against ${name} `),
      `the log loss is ${part(Math.abs(skill))} ${skill >= 0 ? 'lower' : 'higher'} (${fixed(block.log_loss, 4)} against ${fixed(baseline, 4)}`,
      verdict === 'unknown' ? '). ' : `; ${block.level} of the gain ${span_of(interval, part)}). `,
      meaning,
    ),
  );
}

const distinct = (block) => block.lines.filter((line) => line.happened !== null).length || block.events;

function order(block) {
  if (!known(block.auc)) return null;
  const { words } = block;
  const hits = block.lines.filter((line) => line.last && Number.isFinite(line.last.rank));
  const top = hits.filter((line) => in_top_tenth(line.last)).length;
  return h(
    'li',
    {},
    h(
      'p',
      {},
      strong('The right order. '),
      `Of a forecast that came true and one that did not, the first was the higher in ${Math.round(100 * block.auc)} of 100 pairs (AUC ${fixed(block.auc, 2)}${block.intervals.auc ? `, ${block.level} ${span_of(block.intervals.auc, (v) => fixed(v, 2))}` : ''}; a coin has 50). `,
      known(block.recall_top_10_percent)
        ? `The tenth of forecasts with the highest chance held ${percent(block.recall_top_10_percent)} of the ${words.many}. `
        : '',
      hits.length
        ? `In the last forecast before it, ${top === 0 ? 'none' : `${top} of ${hits.length}`} stood in the first tenth of that date.`
        : '',
    ),
  );
}

function level(block) {
  const { forecasts, words } = block;
  if (forecasts.length === 0) return null;
  const expected = forecasts.reduce((sum, f) => sum + f.probability, 0);
  const came = forecasts.filter((f) => f.outcome === 1).length;
  const bins = filled(block);
  const off = missed(bins).length;
  const tendency = expected > 1.15 * came ? 'too high' : expected < came / 1.15 ? 'too low' : 'about right';
  return h(
    'li',
    {},
    h(
      'p',
      {},
      strong('The right level. '),
      `Summed up, the forecasts expected ${fixed(expected, 1)}; ${whole(came)} came true: ${tendency} on the whole. `,
      bins.length
        ? `In ${off === 0 ? `all ${bins.length} groups` : `${bins.length - off} of ${bins.length} groups`}, from low to high, the share that ${words.did} agrees with the chance that was said. `
        : '',
      known(block.brier)
        ? verdict(
            'Brier score',
            block.brier,
            block.brier_constant,
            block.brier_duration,
            ' (lower is better)',
            age_of(words),
            4,
          )
        : '',
    ),
  );
}

const age_of = (words) => (words.subject === 'tie' ? 'age alone' : 'time alone');

const clear_of = (block) =>
  [
    ['gain on a constant rate', block.intervals.skill_constant, 0],
    [`gain on ${block.words.age}`, block.intervals.skill_duration, 0],
    ['order over all forecasts (AUC)', block.intervals.auc, 0.5],
    ['order on each date (concordance)', block.intervals.concordance, 0.5],
    [`${block.words.many} among the top tenth`, block.intervals.recall_top_10_percent, 0.1],
  ].map(([name, interval, chance]) => ({ name, verdict: judged(interval, chance) }));

function skill_and_luck(block) {
  const all = clear_of(block);
  const items = (verdict) => all.filter((one) => one.verdict === verdict).map((one) => h('li', {}, one.name));
  const group = (verdict, title, symbol) => {
    const found = items(verdict);
    return found.length
      ? [
          h('p', { class: 'verdict' }, h('span', { class: 'symbol', 'aria-hidden': 'true' }, symbol), strong(title)),
          h('ul', {}, found),
        ]
      : [];
  };
  const { words } = block;
  const came = distinct(block);
  return h(
    'div',
    { class: 'aside' },
    h('h3', {}, 'What is skill and what is luck'),
    group('skill', 'Beyond luck', '\u2713'),
    group('luck', 'Could be luck', '\u2248'),
    group('worse', 'Worse than chance, beyond luck', '!'),
    h(
      'p',
      {},
      came === 0
        ? `Without ${words.subject === 'tie' ? 'a rupture' : 'a start'} in the time covered, skill cannot be told from luck.`
        : `The ${block.level}s show how far a score moves when the same record is drawn again with other luck. They rest on ${counted(came, words.one, words.many)}${came < 30 ? ', which is few: another record of this length could look quite different.' : '.'}`,
    ),
    block.events > came
      ? h(
          'p',
          {},
          `Dates lie closer together than the horizon, so these ${counted(came, words.one, words.many)} settle ${whole(block.events)} forecasts, which are not independent of each other.`,
        )
      : null,
  );
}

const refusals = (block, clock) =>
  block.refused?.length
    ? h(
        'details',
        { class: 'list' },
        h('summary', {}, `On ${plural(block.refused.length, 'date')} no forecast could be made`),
        h(
          'ul',
          {},
          block.refused.map(({ as_of, why }) => h('li', {}, `${clock.short(clock.time(as_of))}: ${why}`)),
        ),
      )
    : null;

export function backtest_findings(block, { first = true } = {}) {
  const { clock, words } = block;
  const came = distinct(block);
  const title = heading(block);
  const id = first ? 'findings' : `${words.prefix}findings`;
  const dates = Number.isFinite(block.origins) ? `on ${plural(block.origins, 'date')} ` : '';
  return h(
    'section',
    { id, 'aria-labelledby': `${id}-title` },
    h(
      'p',
      { class: 'kicker' },
      first
        ? `Track record, ${clock.long(clock.time(block.from))} to ${clock.long(clock.time(block.to))}`
        : `The other direction: ${words.one}`,
    ),
    h(first ? 'h1' : 'h2', { id: `${id}-title`, tabindex: '-1' }, title),
    h(
      'p',
      { class: 'standfirst' },
      `${capital(plural(block.n, 'forecast'))} of ${plural(block.lines.length, words.subject)}, made ${dates}with everything later masked, each for the ${clock.span(block.horizon_days)} ahead. ${capital(counted(came, words.one, words.many))} followed.`,
    ),
    h(
      'div',
      { class: 'columns' },
      h(
        'ol',
        { class: 'findings' },
        against(
          block,
          'a constant rate',
          block.skill_constant,
          block.log_loss_constant,
          block.intervals.skill_constant,
        ),
        against(block, words.age, block.skill_duration, block.log_loss_duration, block.intervals.skill_duration),
        order(block),
        level(block),
      ),
      skill_and_luck(block),
    ),
    (block.notes ?? []).map((note) => h('p', { class: 'small' }, note)),
    refusals(block, clock),
  );
}
