// A simulation: what changes, fan charts, what happened, the events of one replicate, pairs and camps, the models.
import { camps } from './camps.js';
import { fans } from './fans.js';
import { happenings } from './happenings.js';
import { models_box } from './models_box.js';
import { pair_matrix } from './pair_matrix.js';
import { raster } from './raster.js';
import { prepare } from './simulation_data.js';
import { simulation_findings } from './simulation_findings.js';

export function simulation(result, source) {
  const block = result.simulation;
  const read_outs = prepare(block.read_outs ?? [], result, block);
  return [
    simulation_findings(result, block, read_outs),
    fans(result, block, read_outs, source),
    happenings(result, [{ title: '', happenings: block.happenings }], source),
    raster(result, block, source),
    pair_matrix(result, block, read_outs, source),
    camps(result, block, read_outs, source),
    models_box(result, block),
  ];
}
