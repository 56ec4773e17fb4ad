// Where the numbers come from: enough to make them again.
import { h } from './dom.js';
import { whole } from './format.js';

const entry = (name, ...value) => [h('dt', {}, name), h('dd', {}, ...value)];
const print = (fingerprint) => (fingerprint ? h('code', {}, fingerprint) : '');

export function provenance(result) {
  const { provenance: p = {}, clock } = result;
  return h(
    'footer',
    { id: 'provenance' },
    h('h2', {}, 'Where this comes from'),
    h(
      'dl',
      {},
      p.command_line ? entry('Command', h('code', {}, p.command_line)) : null,
      entry('Made by', `Détente ${p.version ?? ''}`),
      p.record?.path
        ? entry(
            'Record',
            `${p.record.path}: ${whole(p.record.events)} events, ${whole(p.record.actors)} actors, ${whole(p.record.ties)} ties`,
            p.record.files?.length
              ? h(
                  'ul',
                  {},
                  p.record.files.map((file) => h('li', {}, `${file.file} `, print(file.fingerprint))),
                )
              : '',
          )
        : null,
      p.model ? entry('Model', `${p.model.path} `, print(p.model.fingerprint)) : null,
      Number.isFinite(p.replicates) || Number.isFinite(p.seed)
        ? entry('Draws', `${whole(p.replicates)}, seed ${p.seed}`)
        : null,
      result.outcomes ? entry('Outcomes', `known until ${clock.long(clock.time(result.outcomes.known_until))}`) : null,
      entry('Fingerprints', 'XXH3, 128 bits, of the files as they were read'),
      entry('Licences', 'Charts: Apache ECharts (Apache 2.0). Type: Source Sans 3 and Source Serif 4 (SIL OFL 1.1).'),
    ),
  );
}
