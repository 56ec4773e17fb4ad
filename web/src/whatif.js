// A what-if: what each branch changes, over time and at the end; the sweep; what it all hangs on; the models.
import { branch_section } from './branches.js';
import { difference_tables } from './difference_table.js';
import { happenings } from './happenings.js';
import { models_box } from './models_box.js';
import { sensitivity } from './sensitivity.js';
import { sweep } from './sweep.js';
import { branches_of } from './whatif_data.js';
import { whatif_findings } from './whatif_findings.js';

export function whatif(result, source) {
  const block = result.whatif;
  const branches = branches_of(result, block);
  const [, ...others] = branches;
  const groups = branches.map((branch) => ({ title: branch.label, happenings: branch.happenings }));
  return [
    whatif_findings(result, block, branches),
    others.length ? difference_tables(branches, source) : null,
    branch_section(result, block, branches, source),
    happenings(result, groups, source),
    sweep(result, block, branches, source),
    sensitivity(result, block, source),
    models_box(result, block),
  ];
}
