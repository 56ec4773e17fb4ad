// A track record: findings, scores, calibration, what was said and when, hits and misses; then the same for starts.
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
    ...(starts ? sections_of(scored(result, starts, { starts: true }), source, { first: false }) : []),
  ];
}
