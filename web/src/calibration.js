// Did it happen as often as was said?  Groups of forecasts by their chance: what was said against what followed,
// with the diagonal on which they would agree; below, how many forecasts were made at each chance.
import { calibration_height, calibration_option } from './calibration_option.js';
import { chart } from './chart.js';
import { h, section } from './dom.js';
import { percent, percent_range, span_of } from './format.js';
import { frame } from './frame.js';

// Groups whose interval does not hold what was said.
export const missed = (bins) =>
  bins.filter((bin) => bin.mean_forecast < bin.observed_low || bin.mean_forecast > bin.observed_high);
export const filled = (block) =>
  (block.calibration ?? []).filter(
    (bin) => bin.n > 0 && Number.isFinite(bin.observed) && Number.isFinite(bin.mean_forecast),
  );

function table_of(block, bins) {
  const columns = ['Chance said', 'Forecasts', 'Mean said', `Share that ${block.words.did}`, 'Interval'];
  const cells = (bin) => [
    `${percent_range(bin.low, bin.high)}`,
    String(bin.n),
    percent(bin.mean_forecast),
    percent(bin.observed),
    span_of([bin.observed_low, bin.observed_high], percent),
  ];
  return h(
    'table',
    { class: 'figures compact' },
    h('caption', { class: 'hidden' }, 'What was said and what followed, by group of forecasts'),
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
      bins.map((bin) =>
        h(
          'tr',
          {},
          cells(bin).map((text, i) =>
            i === 0 ? h('th', { scope: 'row' }, text) : h('td', { class: 'number', 'data-label': columns[i] }, text),
          ),
        ),
      ),
    ),
  );
}

const most_named = 3;

function agreement(bins, words) {
  const off = missed(bins);
  if (off.length === 0)
    return `In ${bins.length === 1 ? 'the only group' : `all ${bins.length} groups`} what followed agrees with what was said, within its interval.`;
  const named = off
    .slice(0, most_named)
    .map((bin) => `where it said ${percent(bin.mean_forecast)}, ${percent(bin.observed)} ${words.did}`);
  return `In ${bins.length - off.length} of ${bins.length} groups what followed agrees with what was said, within its interval; ${off.length > most_named ? 'among the others, ' : ''}${named.join('; ')}.`;
}

export function calibration(block, source) {
  const { words } = block;
  const bins = filled(block);
  if (bins.length === 0) return null;
  const told = agreement(bins, words);
  const drawn = chart({
    height: calibration_height,
    label: () => told,
    option: (colors, width) => calibration_option(block, bins, colors, width),
  });
  return section(
    `${words.prefix}calibration`,
    'Did it happen as often as it said?',
    told,
    h(
      'div',
      { class: 'beside' },
      frame({
        name: `${words.prefix}calibration`,
        source,
        title: 'Said, and what followed',
        subtitle:
          'Dots are groups of forecasts, larger for more; on the dashed line they would be right. Below it they were too high. Bars that leave the chart are cut.',
        body: drawn.element,
        drawing: () => drawn.drawing(620),
        table: () => ({
          columns: ['low', 'high', 'n', 'mean_forecast', 'observed', 'observed_low', 'observed_high'],
          rows: bins.map((b) => [b.low, b.high, b.n, b.mean_forecast, b.observed, b.observed_low, b.observed_high]),
        }),
      }),
      table_of(block, bins),
    ),
  );
}
