// Cross-validation: ties dealt to folds, each forecast by a model that was fitted to the others.
import { section } from './dom.js';
import { counted, fixed, known, span_of } from './format.js';
import { scored } from './scored.js';
import { score_figures } from './scores.js';

export function folds(result, source) {
  const { cross_validation: crossed } = result;
  if (!crossed) return null;
  const block = scored(result, { ...crossed, forecasts: [] });
  const deals = (crossed.repeats ?? []).map((deal) => deal.auc).filter(known);
  const spread =
    deals.length > 1
      ? ` Scores are the mean of ${counted(deals.length, 'deal')}, in which the AUC went from ${span_of([Math.min(...deals), Math.max(...deals)], (v) => fixed(v, 3))}.`
      : '';
  return section(
    'folds',
    'Cross-validated over the whole record',
    `Ties are dealt to ${counted(crossed.folds, 'fold')}, and each fold is forecast by a model fitted to the others.${spread} That is easier than a forecast: the model has seen the same years, and later ones.`,
    score_figures({ ...block, words: { ...block.words, prefix: 'folds-' } }, source),
  );
}
