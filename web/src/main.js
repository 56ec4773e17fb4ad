// The page: a switch between results when there are several, then the sections, findings first.
import { alliances } from './alliances.js';
import { backtest } from './backtest.js';
import { dispose_charts } from './chart.js';
import { coefficients } from './coefficients.js';
import { h } from './dom.js';
import { findings } from './findings.js';
import { goodness } from './gof.js';
import { network } from './network.js';
import { pair } from './pair.js';
import { profile } from './profile.js';
import { provenance } from './provenance.js';
import { ranking } from './ranking.js';
import { reading } from './reading.js';
import { read_results } from './results.js';
import { simulation } from './simulation.js';
import { source_of } from './source.js';
import { starts } from './starts.js';
import { switch_between } from './switch.js';
import { whatif } from './whatif.js';

function contents(result) {
  const source = source_of(result);
  const ending = () => [coefficients(result, source), reading(result)];
  if (result.backtest) return [...backtest(result, source), ...ending()];
  if (result.profile) return [...profile(result, source), ...ending()];
  if (result.gof) return [...goodness(result, source), ...ending()];
  if (result.listing) return [...alliances(result, source), ...ending()];
  if (result.simulation) return simulation(result, source);
  if (result.whatif) return whatif(result, source);
  if (!result.forecast) return [findings(result), ...ending()];
  const one_pair = pair(result, source);
  return [
    findings(result),
    ranking(result, source),
    starts(result, source),
    network(result, source, one_pair.show),
    one_pair.element,
    ...ending(),
  ];
}

function start() {
  const app = document.getElementById('app');
  const results = read_results();
  if (results.length === 0) return app.replaceChildren(h('p', { class: 'notice' }, 'This page holds no result.'));
  const main = h('main', {});
  const foot = h('div', {});
  const show = (result) => {
    dispose_charts();
    main.replaceChildren(...contents(result).filter(Boolean));
    foot.replaceChildren(provenance(result));
    document.title = `${main.querySelector('h1').textContent} – Détente`;
  };
  app.replaceChildren(
    h('header', { class: 'top' }, h('p', { class: 'brand' }, 'Détente'), switch_between(results, results[0], show)),
    main,
    foot,
  );
  show(results[0]);
}

start();
