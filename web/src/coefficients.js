// The fitted effects of every hazard with their intervals, and how far each fit can be trusted.
import { h, section } from './dom.js';
import { in_words, is_baseline } from './effects.js';
import { fixed, plural, times } from './format.js';
import { frame } from './frame.js';
import { axis, linear_scale, strip_drawing, track } from './strip.js';

const finite = (c) => [c.estimate, c.low, c.high].every(Number.isFinite);
const drawn = (c) => finite(c) && !is_baseline(c.name);
const tone = (c) => (c.low > 0 ? 'conflict' : c.high < 0 ? 'cooperation' : 'muted');

const marks_of = (c) =>
  drawn(c)
    ? [
        { kind: 'interval', from: c.low, to: c.high, tone: tone(c) },
        { kind: 'dot', at: c.estimate, tone: tone(c) },
      ]
    : [];

function scale_of(coefficients) {
  const values = coefficients.filter(drawn).flatMap((c) => [c.low, c.high]);
  const scale = linear_scale(
    Math.min(0, ...values),
    Math.max(0, ...values),
    (value) => String(Number(value.toPrecision(3))).replace('-', '\u2212'),
    4,
  );
  scale.ticks.forEach((tick) => {
    tick.strong = tick.value === 0;
  });
  return scale;
}

const measures = (hazard) =>
  [
    ['log-likelihood', hazard.log_likelihood],
    ['AIC', hazard.aic],
    ['AICc', hazard.aicc],
    ['BIC', hazard.bic],
  ]
    .filter(([, value]) => Number.isFinite(value))
    .map(([name, value]) => `${name} ${fixed(value, 1)}`)
    .join(', ');

function status_of(hazard) {
  const good = hazard.status === 'converged';
  return h(
    'div',
    { class: 'status' },
    h(
      'p',
      {},
      h('span', { class: `symbol ${good ? 'plain' : 'conflict'}`, 'aria-hidden': 'true' }, good ? '\u2713' : '!'),
      h('b', {}, hazard.status.replace(/[-_]/g, ' ')),
      hazard.message ? `: ${hazard.message}` : '',
      `. ${plural(hazard.events, 'event')}${Number.isFinite(hazard.units) ? ` among ${plural(hazard.units, hazard.kind === 'end' ? 'tie' : 'pair')}` : ''}, ${hazard.timing} timing`,
      Number.isFinite(hazard.iterations) ? `, ${plural(hazard.iterations, 'step')}` : '',
      hazard.evaluation ? ` (${hazard.evaluation})` : '',
      '.',
    ),
    measures(hazard) ? h('p', { class: 'small' }, measures(hazard)) : null,
    hazard.warnings?.length
      ? h(
          'ul',
          { class: 'warnings' },
          hazard.warnings.map((warning) => h('li', {}, `Warning: ${warning}`)),
        )
      : null,
  );
}

const units = { tie: 'pairs of actors', end: 'ties in force', start: 'pairs without a tie' };

function table_of(coefficients, scale, level, caption, directed) {
  const plain = !coefficients.some(drawn);
  const row = (c) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, h('span', {}, in_words(c.name, { directed })), h('code', { class: 'small' }, c.name)),
      h('td', { class: 'strip-cell' }, plain ? '' : track(scale, marks_of(c))),
      h('td', { class: 'number', 'data-label': 'Estimate' }, fixed(c.estimate, 3)),
      h('td', { class: 'number wide' }, fixed(c.standard_error, 3)),
      h(
        'td',
        { class: 'number', 'data-label': `${level} interval` },
        finite(c) ? `${fixed(c.low, 2)} to ${fixed(c.high, 2)}` : '–',
      ),
      h(
        'td',
        { class: 'number', 'data-label': 'Factor' },
        Number.isFinite(c.estimate) && !is_baseline(c.name) ? times(Math.exp(c.estimate)) : '–',
      ),
    );
  const head = (text, kind = '') => h('th', { scope: 'col', class: kind }, text);
  return h(
    'table',
    { class: 'coefficients' },
    h('caption', { class: 'hidden' }, caption),
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        head('Effect'),
        h('td', { class: 'strip-cell' }, plain ? '' : axis(scale)),
        head('Estimate', 'number'),
        head('Std. error', 'number wide'),
        head(`${level} interval`, 'number'),
        head('Factor', 'number'),
      ),
    ),
    h('tbody', {}, coefficients.map(row)),
  );
}

export function coefficients(result, source) {
  const { fit } = result;
  if (!fit) return null;
  const level = `${Math.round(100 * fit.level)}\u00a0%`;
  const figures = fit.hazards.map((hazard) => {
    const own = fit.coefficients.filter((c) => c.hazard === hazard.hazard);
    const scale = scale_of(own);
    const directed = hazard.kind === 'tie';
    const what = hazard.kind === 'end' && hazard.hazard === 'other' ? 'any other ending' : hazard.hazard;
    const title = `Hazard of ${what}, over ${units[hazard.kind] ?? 'pairs of actors'}`;
    return frame({
      name: `coefficients-${hazard.hazard}`,
      source,
      title,
      subtitle: `Change in the logarithm of the hazard for one unit more of an effect, with ${level} interval; grey where the interval holds zero`,
      controls: status_of(hazard),
      body: own.length ? table_of(own, scale, level, title, directed) : h('p', {}, 'No effects.'),
      table: () => ({
        columns: ['hazard', 'name', 'estimate', 'standard_error', 'low', 'high'],
        rows: own.map((c) => [c.hazard, c.name, c.estimate, c.standard_error, c.low, c.high]),
      }),
      drawing: () =>
        strip_drawing(
          scale,
          own.map((c) => ({
            label: in_words(c.name, { directed }),
            marks: marks_of(c),
            value: fixed(c.estimate, 3),
            note: `${fixed(c.low, 2)} to ${fixed(c.high, 2)}`,
          })),
        ),
    });
  });
  return section(
    'coefficients',
    'What the model learned',
    'A positive effect raises the hazard, a negative one lowers it. The factor is what one unit more multiplies it by.',
    figures,
  );
}
