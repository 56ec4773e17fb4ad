// The findings in plain sentences, made from the numbers: what is most at risk and why, how sure that is,
// and, when the record already knows, what then happened.
import { h, strong } from './dom.js';
import { in_words, is_baseline } from './effects.js';
import { capital, counted, fixed, listed, ordinal, percent, percent_range, plural, times, whole } from './format.js';
import { outcome_text } from './outcome.js';
import { verdict } from './verdict.js';

const notable = 1.1; // a factor closer to 1 than this is not worth a sentence

const level_of = (result) => `${Math.round(100 * result.forecast.interval)}\u00a0% interval`;
const total = (alliances, field) => alliances.reduce((sum, a) => sum + (Number.isFinite(a[field]) ? a[field] : 0), 0);

function why(alliance) {
  const reasons = [...(alliance.reasons ?? [])].sort(
    (p, q) => Math.abs(Math.log(q.hazard_ratio)) - Math.abs(Math.log(p.hazard_ratio)),
  );
  const said = (chosen) =>
    listed(chosen.slice(0, 2).map((r) => `${in_words(r.effect, { value: r.value })} (${times(r.hazard_ratio)})`));
  const push = reasons.filter((r) => r.hazard_ratio > notable);
  const hold = reasons.filter((r) => r.hazard_ratio < 1 / notable);
  if (push.length === 0 && hold.length === 0) return 'Nothing in the record sets it apart from the average tie.';
  const clear = [...push, ...hold].some((r) => r.low > 1 || r.high < 1);
  return [
    push.length ? `What pushes it: ${said(push)}.` : '',
    hold.length ? `What holds it: ${said(hold)}.` : '',
    clear ? '' : 'None of these factors is clear of ×1: the record is too short to be sure of the reasons.',
  ]
    .filter(Boolean)
    .join(' ');
}

function first_finding(result) {
  const [first] = result.alliances;
  return h(
    'li',
    {},
    h(
      'p',
      {},
      strong(`${first.names}`),
      ` stand first, at ${percent(first.probability)} `,
      `(${level_of(result)} ${percent_range(first.low, first.high)}). `,
      Number.isFinite(first.baseline_constant)
        ? `A constant rate for every tie would say ${percent(first.baseline_constant)}; the age of the tie alone ${percent(first.baseline_duration)}. `
        : '',
      first.sentence ?? why(first),
    ),
    h('p', { class: 'small' }, `${capital(counted(first.events_behind, 'recorded event'))} between the two.`),
  );
}

function next_findings(result) {
  const next = result.alliances.slice(1, 4);
  if (next.length === 0) return null;
  return h(
    'li',
    {},
    h(
      'p',
      {},
      strong(next.length === 1 ? 'Second: ' : 'Next: '),
      `${listed(next.map((a) => `${a.names}${a.kind === 'alliance' ? '' : ` (${a.kind})`} at ${percent(a.probability)}`))}.`,
    ),
  );
}

// Said aloud, because every number of the page leans on it.
function caution(result) {
  const exploded = result.forecast.exploded_paths ?? 0;
  const failed = (result.fit?.hazards ?? []).filter((hazard) => hazard.status !== 'converged');
  const said = [
    ...(exploded > 0
      ? [
          `In ${whole(exploded)} of ${whole(result.provenance?.replicates)} simulated futures the rates exploded and were cut ` +
            'short: the model feeds on itself too strongly, so take its numbers with care.',
        ]
      : []),
    ...failed.map((hazard) => `The fit of ${hazard.hazard} is not sound (${hazard.status.replace(/[-_]/g, ' ')}).`),
  ];
  return said.length ? h('p', { class: 'caution' }, strong('Caution. '), said.join(' ')) : null;
}

function certainty(result) {
  const { alliances } = result;
  const [first] = alliances;
  const level = alliances.filter((a) => a.high >= first.low).length;
  const expected = total(alliances, 'probability');
  const overlap = !Number.isFinite(first.low)
    ? ''
    : level <= 1
      ? 'Its interval stands clear of all others.'
      : `The interval of the first overlaps those of ${counted(level - 1, 'other')}, so the order among them is uncertain.`;
  return h(
    'li',
    {},
    h(
      'p',
      {},
      strong('How sure is that? '),
      overlap,
      ' ',
      `Summed over all ${alliances.length} ties the forecast expects ${fixed(expected, 1)} ruptures`,
      Number.isFinite(first.baseline_constant)
        ? `; a constant rate would expect ${fixed(total(alliances, 'baseline_constant'), 1)}.`
        : '.',
    ),
  );
}

function climate(result) {
  const acts = new Set(
    (result.fit?.hazards ?? []).filter((hazard) => hazard.kind === 'tie').map((hazard) => hazard.hazard),
  );
  const expected = (result.forecast.expected_events ?? []).filter((one) => acts.has(one.hazard));
  if (expected.length === 0) return null;
  const told = expected.map(
    (one) =>
      `${plural(one.median, `act of ${one.hazard}`, `acts of ${one.hazard}`)} (${whole(one.low)}\u2060–\u2060${whole(one.high)})`,
  );
  return h(
    'li',
    {},
    h(
      'p',
      {},
      strong('The climate. '),
      `Within the ${result.clock.span(result.forecast.horizon_days)} the model expects ${listed(told)} in all.`,
    ),
  );
}

function what_happened(result) {
  const { outcomes, alliances, clock } = result;
  const head = h('h3', {}, 'What then happened');
  if (!outcomes) {
    return h(
      'div',
      { class: 'aside' },
      head,
      h('p', {}, `Not known yet: the record ends before ${clock.long(clock.time(result.forecast.ends))}.`),
    );
  }
  const ruptured = alliances.filter((a) => a.outcome?.outcome === 'rupture');
  const otherwise = alliances.filter((a) => a.outcome?.outcome === 'other ending').length;
  const top = alliances.slice(0, Math.max(1, ruptured.length));
  const hits = top.filter((a) => a.outcome?.outcome === 'rupture').length;
  const tale = (a) =>
    h(
      'li',
      {},
      strong(a.names),
      ` ${outcome_text(a.outcome, clock)}`,
      a.outcome.how ? `: ${a.outcome.how}.` : '.',
      ` The forecast had put it ${ordinal(a.rank)} of ${alliances.length}, at ${percent(a.probability)}.`,
    );
  return h(
    'div',
    { class: 'aside' },
    head,
    h(
      'p',
      {},
      `By ${clock.long(clock.time(result.forecast.ends))}, ${counted(ruptured.length, 'tie')} of ${outcomes.n} had ruptured`,
      otherwise ? ` and ${counted(otherwise, 'had', 'had')} ended in another way.` : '.',
    ),
    ruptured.length ? h('ul', {}, ruptured.map(tale)) : null,
    ruptured.length
      ? h(
          'p',
          {},
          strong('Hits and misses. '),
          `Of the ${top.length === 1 ? 'tie ranked first' : `${counted(top.length, 'tie')} ranked first (as many as ruptured)`}, ${hits === 0 ? 'none ruptured' : `${counted(hits, 'did', 'did')} rupture`}`,
          ruptured.length - hits > 0 ? `; ${counted(ruptured.length - hits, 'rupture')} came from lower down.` : '.',
        )
      : null,
    h(
      'p',
      {},
      strong('Score. '),
      verdict(
        'Log loss',
        outcomes.log_loss,
        outcomes.log_loss_constant,
        outcomes.log_loss_duration,
        ' (lower is better)',
      ),
      ' ',
      verdict('Brier score', outcomes.brier, outcomes.brier_constant, outcomes.brier_duration, ''),
      outcomes.ruptures < 10
        ? ` With ${counted(outcomes.ruptures, 'rupture')} among ${outcomes.n} ties this is weak evidence either way.`
        : '',
    ),
  );
}

function forecast_findings(result) {
  const { alliances, forecast, clock } = result;
  const ends = clock.long(clock.time(forecast.ends));
  const [first] = alliances;
  // No tie stands out when the first is close to the constant rate and its interval reaches all the others.
  const flat =
    first &&
    alliances.length > 1 &&
    first.probability < 1.5 * first.baseline_constant &&
    alliances.every((alliance) => alliance.high >= first.low);
  const heading = first
    ? `${flat ? 'No tie stands out. First: ' : ''}${first.names}: ${percent(first.probability)} chance of a rupture by ${ends}`
    : `No alliance in force ${clock.on(result.as_of)}`;
  const standfirst = first
    ? `Of ${plural(alliances.length, 'tie')} in force ${clock.on(result.as_of)} this is the one most likely to rupture within ${clock.span(forecast.horizon_days)}, by what ${result.evidence} show. Nothing later than that day was used.`
    : 'There is nothing to forecast: the record holds no cooperative tie on that day.';
  return h(
    'section',
    { id: 'findings', 'aria-labelledby': 'findings-title' },
    h(
      'p',
      { class: 'kicker' },
      `Forecast as of ${clock.long(result.as_of)}${forecast.origin ? `, first day ahead ${clock.long(clock.time(forecast.origin))}` : ''}`,
    ),
    h('h1', { id: 'findings-title', tabindex: '-1' }, heading),
    h('p', { class: 'standfirst' }, standfirst),
    caution(result),
    first
      ? h(
          'div',
          { class: 'columns' },
          h(
            'ol',
            { class: 'findings' },
            first_finding(result),
            next_findings(result),
            certainty(result),
            climate(result),
          ),
          what_happened(result),
        )
      : null,
  );
}

function fit_findings(result) {
  const { fit } = result;
  const directed = new Set(fit.hazards.filter((hazard) => hazard.kind === 'tie').map((hazard) => hazard.hazard));
  const effects = fit.coefficients.filter((c) => !is_baseline(c.name));
  const clear = effects.filter((c) => Number.isFinite(c.low) && Number.isFinite(c.high) && (c.low > 0 || c.high < 0));
  const strongest = [...clear]
    .sort((p, q) => Math.abs(q.estimate / q.standard_error) - Math.abs(p.estimate / p.standard_error))
    .slice(0, 4);
  const told = (c) =>
    h(
      'li',
      {},
      h(
        'p',
        {},
        strong(capital(in_words(c.name, { directed: directed.has(c.hazard) }))),
        ` ${c.estimate > 0 ? 'raises' : 'lowers'} the hazard of ${c.hazard}: `,
        `${times(Math.exp(c.estimate))} for each unit more (${Math.round(100 * fit.level)}\u00a0% interval ${times(Math.exp(c.low))} to ${times(Math.exp(c.high))}).`,
      ),
    );
  return h(
    'section',
    { id: 'findings', 'aria-labelledby': 'findings-title' },
    h('p', { class: 'kicker' }, 'Fit'),
    h(
      'h1',
      { id: 'findings-title', tabindex: '-1' },
      `What moves ${listed(fit.hazards.map((hazard) => hazard.hazard))}`,
    ),
    h(
      'p',
      { class: 'standfirst' },
      `${plural(effects.length, 'effect')} estimated from ${result.evidence}; ` +
        `${counted(clear.length, 'interval')} at ${Math.round(100 * fit.level)}\u00a0% ${clear.length === 1 ? 'stands' : 'stand'} clear of no effect.`,
    ),
    strongest.length ? h('ol', { class: 'findings' }, strongest.map(told)) : null,
  );
}

export const findings = (result) => (result.forecast ? forecast_findings(result) : fit_findings(result));
