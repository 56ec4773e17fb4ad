// Chances in order: a dot, its interval, the two baselines, and the reasons on demand.
// Ties that may rupture and pairs that may begin one are listed in the same way; `words` says which.
import { h } from './dom.js';
import { percent, percent_range } from './format.js';
import { frame } from './frame.js';
import { outcome_mark, outcome_text } from './outcome.js';
import { reasons_of } from './reasons.js';
import { axis, linear_scale, strip_drawing, track } from './strip.js';
import { folded } from './strip_list.js';

const first_shown = 10;
const known = (value) => Number.isFinite(value);

const marks_of = (item) =>
  [
    { kind: 'interval', from: item.low, to: item.high, tone: 'ink' },
    { kind: 'tick', at: item.baseline_constant, tone: 'muted' },
    { kind: 'notch', at: item.baseline_duration, tone: 'muted' },
    { kind: 'dot', at: item.probability, tone: 'ink' },
  ].filter((mark) => known(mark.at ?? mark.from));

function row(item, result, scale, words) {
  const { clock } = result;
  const details = h(
    'details',
    { class: 'alliance', [words.attribute]: item.key },
    h(
      'summary',
      {},
      h('span', { class: 'rank' }, String(item.rank)),
      h(
        'span',
        { class: 'who' },
        h('span', { class: 'names' }, item.names),
        h('span', { class: 'small' }, words.about(item, clock)),
      ),
      track(scale, marks_of(item)),
      h(
        'span',
        { class: 'chance' },
        h('b', {}, percent(item.probability)),
        h('span', { class: 'small' }, ` ${percent_range(item.low, item.high)}`),
      ),
      item.outcome ? h('span', { class: 'fate' }, outcome_mark(item.outcome), outcome_text(item.outcome, clock)) : null,
    ),
  );
  details.addEventListener('toggle', () => {
    if (details.open && details.children.length === 1) details.append(reasons_of(item, result, words));
  });
  return h('li', {}, details);
}

// At most `most` rows are drawn; the data holds them all.
export function ranked_list(all, result, source, { words, name, title, subtitle, most = Infinity, columns }) {
  const items = all.slice(0, most);
  const reach = Math.max(
    ...items.flatMap((a) => [a.probability, a.high ?? 0, a.baseline_constant ?? 0, a.baseline_duration ?? 0]),
  );
  const scale = linear_scale(0, Math.min(1, reach), (value) => `${Number((100 * value).toPrecision(3))} %`, 4);
  const rows = items.map((item) => row(item, result, scale, words));
  const level = `${Math.round(100 * result.forecast.interval)}\u00a0% interval`;
  const entry = (kind, text) => h('span', {}, h('i', { class: `key ${kind}` }), text);
  const told = items.some((item) => item.outcome);
  const body = h(
    'div',
    { class: `strips${told ? ' with-fate' : ''}` },
    h(
      'p',
      { class: 'legend' },
      entry('dot', 'forecast'),
      entry('interval', level),
      items.some((item) => known(item.baseline_constant)) ? entry('tick', 'constant rate') : null,
      items.some((item) => known(item.baseline_duration)) ? entry('notch', words.age_only) : null,
    ),
    h('div', { class: 'axis-row' }, axis(scale)),
    h('ol', { class: 'ranking' }, rows),
    folded(rows, first_shown, words.many),
    all.length > items.length
      ? h('p', { class: 'small' }, `The first ${items.length} of ${all.length}; the data holds them all.`)
      : null,
  );
  return frame({
    name,
    source,
    title,
    subtitle,
    body,
    table: () => ({
      columns: [...columns, 'outcome', 'outcome_date'],
      rows: all.map((a) => [...columns.map((c) => a[c]), a.outcome?.outcome ?? null, a.outcome?.date ?? null]),
    }),
    drawing: () =>
      strip_drawing(
        scale,
        items.map((a) => ({
          label: `${a.rank}  ${a.names}`,
          marks: marks_of(a),
          value: `${percent(a.probability)} (${percent_range(a.low, a.high)})`,
          note: a.outcome ? outcome_text(a.outcome, result.clock) : words.note(a),
        })),
        `● forecast   ▬ ${level}   | constant rate   △ ${words.age_only}`,
      ),
  });
}
