// A track record: findings, scores, calibration, what was said and when, hits and misses; then the same for each hazard
// of starts.
import { backtest_findings } from './backtest_findings.js';
import { calibration } from './calibration.js';
import { folds } from './folds.js';
import { rupture_list } from './rupture_list.js';
import { scored } from './scored.js';
import { scores } from './scores.js';
import { traces } from './traces.js';

const sections_of = (block, source, options) => [
  backtest_findings(block, options),
  scores(block, source),
  calibration(block, source),
  traces(block, source),
  rupture_list(block, source),
];

export function backtest(result, source) {
  const { starts } = result.backtest;
  return [
    ...sections_of(scored(result, result.backtest), source, { first: true }),
    folds(result, source),
    ...(starts ?? []).flatMap((track) =>
      sections_of(scored(result, track, { starts: true }), source, { first: false }),
    ),
  ];
}
