// A what-if made ready to show: its branches, the base first, and how each differs from it at the end.
import { known } from './format.js';
import { at_end, prepare } from './simulation_data.js';

// As the program says it: more than two standard errors from 0 is not explained by chance alone.
export function verdict_of({ mean, error }) {
  if (!known(mean) || !known(error)) return null;
  return Math.abs(mean) > 2 * error ? 'differs' : 'not told apart';
}

export function branches_of(result, block) {
  return block.branches.map((branch, i) => {
    const read_outs = prepare(branch.read_outs, result, block);
    const difference = branch.difference ? prepare(branch.difference, result, block) : null;
    return { ...branch, i, label: branch.title || branch.name, read_outs, difference };
  });
}

// Each difference beside the base and the branch at the end.  Those that differ most, for their error, come first.
export function end_rows(base, branch) {
  const of = (list) => new Map(list.map((one) => [one.name, one]));
  const [of_base, of_branch] = [of(base.read_outs), of(branch.read_outs)];
  return branch.difference.map((one) => {
    const end = at_end(one);
    const verdict = verdict_of(end);
    const size = end.error > 0 ? Math.abs(end.mean) / end.error : end.mean ? Infinity : 0;
    return {
      one,
      end,
      verdict,
      size: known(size) ? size : size === Infinity ? 1e9 : 0,
      base: at_end(of_base.get(one.name)).mean,
      branch: at_end(of_branch.get(one.name)).mean,
    };
  });
}

export const by_size = (rows) =>
  [...rows].sort((p, q) => Number(q.one.watched) - Number(p.one.watched) || q.size - p.size);
