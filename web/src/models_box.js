// What was run: the equation and the source of every layer, and what is this project's own hypothesis.
import { h, section } from './dom.js';
import { capital } from './format.js';
import { layer_title, has_record } from './simulation_data.js';
import { not_judgements } from './source.js';

const line = (name, value) => (value ? [h('dt', {}, name), h('dd', {}, value)] : []);

const layer_box = (layer) =>
  h(
    'div',
    { class: 'model-box', 'data-layer': layer.layer },
    h('h3', {}, `${layer_title(layer.layer)}: ${layer.model.replace(/_/g, ' ')}`),
    h('p', {}, layer.summary),
    h(
      'dl',
      {},
      line('Equation', layer.equation ? h('code', {}, layer.equation) : null),
      line('Source', layer.source),
      line('Time', layer.time),
      line('Hypothesis', layer.hypothesis ? capital(layer.hypothesis) : 'None of this project’s own.'),
    ),
  );

function leaders_box(result) {
  const { model, record } = result.provenance;
  return h(
    'div',
    { class: 'model-box', 'data-layer': 'leaders' },
    h('h3', {}, 'Leaders: relational events'),
    h('p', {}, `Events between actors, drawn from hazards fitted to the record ${record.path}.`),
    h('dl', {}, line('Model', model?.path)),
  );
}

export function models_box(result, block) {
  const layers = block.layers ?? [];
  return section(
    'models',
    'The models behind it',
    'A simulation follows its equations. What is marked as a hypothesis is this project’s own assumption, and no paper’s.',
    has_record(result) ? h('p', { class: 'caution' }, not_judgements) : null,
    has_record(result) ? leaders_box(result) : null,
    layers.map(layer_box),
    layers.length === 0 && !has_record(result) ? h('p', {}, 'The result names no model.') : null,
  );
}
