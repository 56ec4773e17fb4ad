// Every rupture, with the last forecast before it: how high, how high among all, and since when above the constant rate.
import { h, section } from './dom.js';
import { percent, percent_range, times } from './format.js';
import { frame } from './frame.js';
import { folded } from './strip_list.js';

const first_shown = 10;

// The first date of the unbroken run of forecasts above the constant rate that the event ended.
export function above_since(line) {
  const before = line.points.filter((f) => f.at <= line.last.at).reverse();
  const below = before.findIndex((f) => !(f.probability > (f.constant ?? Infinity)));
  const run = below < 0 ? before : before.slice(0, below);
  return run.length ? run[run.length - 1].at : null;
}

export const in_top_tenth = (f) => f.rank <= Math.max(1, Math.ceil(f.at_risk / 10));

function cells_of(line, block) {
  const { clock } = block;
  const f = line.last;
  const since = above_since(line);
  return {
    date: clock.short(line.happened),
    last: f.known_to ? `${clock.short(f.at)} (known to ${clock.short(clock.time(f.known_to))})` : clock.short(f.at),
    said: percent(f.probability),
    range: percent_range(f.low, f.high),
    ratio: Number.isFinite(f.constant) && f.constant > 0 ? times(f.probability / f.constant) : '–',
    rank: Number.isFinite(f.rank) ? `${f.rank} of ${f.at_risk}` : '–',
    since: since === null ? 'was not' : clock.short(since),
  };
}

export function rupture_list(block, source) {
  const { words, clock } = block;
  const lines = block.lines.filter((line) => line.happened !== null).sort((p, q) => p.happened - q.happened);
  if (lines.length === 0) return null;
  const columns = [
    ['When', 'date'],
    ['Last forecast before, its first day', 'last'],
    ['Chance said', 'said'],
    ['Against the constant', 'ratio'],
    ['Rank', 'rank'],
    ['Above the constant since', 'since'],
  ];
  const rows = lines.map((line) => {
    const cells = cells_of(line, block);
    return h(
      'tr',
      {},
      h(
        'th',
        { scope: 'row' },
        h('span', { class: 'names' }, line.names),
        line.kind ? h('span', { class: 'small' }, ` ${line.kind}`) : null,
      ),
      columns.map(([label, key]) =>
        h(
          'td',
          { class: 'number', 'data-label': label },
          key === 'said' ? [h('b', {}, cells.said), h('span', { class: 'small' }, ` ${cells.range}`)] : cells[key],
        ),
      ),
    );
  });
  const title = `The ${words.many} that came, and the last forecast before each`;
  return section(
    `${words.prefix}ruptures`,
    'Hits and misses',
    null,
    frame({
      name: `${words.prefix}ruptures`,
      source,
      title,
      subtitle: `Rank 1 is the ${words.subject} with the highest chance on that date`,
      body: h(
        'table',
        { class: 'figures stacked' },
        h('caption', { class: 'hidden' }, title),
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            h('th', { scope: 'col' }, words.subject === 'tie' ? 'Tie' : 'Pair'),
            columns.map(([label]) => h('th', { scope: 'col', class: 'number' }, label)),
          ),
        ),
        h('tbody', {}, rows),
      ),
      after: folded(rows, first_shown, words.many),
      table: () => ({
        columns: [
          'key',
          'name',
          'time',
          'as_of',
          'probability',
          'low',
          'high',
          'constant',
          'duration',
          'rank',
          'at_risk',
          'above_constant_since',
        ],
        rows: lines.map((line) => {
          const f = line.last;
          const since = above_since(line);
          return [
            line.key,
            line.names,
            f.time,
            f.as_of,
            f.probability,
            f.low,
            f.high,
            f.constant,
            f.duration,
            f.rank,
            f.at_risk,
            since === null ? null : clock.short(since),
          ];
        }),
      }),
    }),
  );
}
