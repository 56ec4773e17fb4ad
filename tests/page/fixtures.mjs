// Results made by hand, for the sections that no command is needed to test: an invented record of fourteen actors.
//   node fixtures.mjs FOLDER FORECAST.json   writes backtest.json, profile.json, alliances.json, bare.json (a track
//   record with most parts left out), and from the forecast starts.json (with sentences, a change and starts) and
//   wide.json (with long names and large numbers); simulation.json, whatif.json and unrecorded.json (a what-if without a
//   record)
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const day = 86400000;
const names =
  'Aster,Borealis,Cobalt,Dunmore,Elmira Holdings,Farrow,Gantry,Halcyon Institute,Iona,Juniper,Kestrel,Lumen,Merrow,Norwood'.split(
    ',',
  );
const id = (i) => names[i].toLowerCase().replace(/ .*/, '');

// Keyed draws, so that a fixture never depends on the order in which it was made.
function random(seed) {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
const normal = (draw) => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
const logistic = (x) => 1 / (1 + Math.exp(-x));
const date = (from, days) => new Date(Date.parse(from) + days * day).toISOString().slice(0, 10);
const mean = (values) => values.reduce((sum, v) => sum + v, 0) / values.length;

const provenance = (command) => ({
  version: '0.1.0',
  command_line: `detente ${command} invented --json ${command}.json`,
  seed: 1,
  replicates: 200,
  record: { path: 'invented', files: [], events: 900, actors: names.length, ties: 15 },
  model: { path: 'model.toml', fingerprint: '0'.repeat(32) },
});
const result = (command, rest) => ({
  schema: 'detente/1',
  command,
  provenance: provenance(command),
  fit: null,
  forecast: null,
  record: null,
  ...rest,
});

export const log_loss = (rows, field) =>
  -mean(rows.map((f) => (f.outcome ? Math.log(f[field]) : Math.log(1 - f[field]))));
const brier = (rows, field) => mean(rows.map((f) => (f.outcome - f[field]) ** 2));
export function auc(rows, field = 'probability') {
  const [yes, no] = [1, 0].map((o) => rows.filter((f) => f.outcome === o).map((f) => f[field]));
  return mean(yes.flatMap((p) => no.map((q) => (p > q ? 1 : p === q ? 0.5 : 0))));
}

// Ties whose strain wanders; forecasts see it through noise.
function forecasts_of({ origins, ties, noise, seed }) {
  const forecasts = [];
  for (let t = 0; t < ties; ++t) {
    const draw = random(seed + 101 * t);
    const [a, b] = [t % 14, (t * 5 + 3) % 14];
    let strain = normal(draw) * 0.9;
    let age = Math.floor(draw() * 600);
    for (let o = Math.floor(draw() * 15); o < origins; ++o, age += 30) {
      strain = 0.93 * strain + 0.4 * normal(draw);
      const as_of = date('2020-01-01', 30 * o);
      const x = -2.3 + 1.25 * strain + noise * normal(draw);
      const rupture = draw() < logistic(-4.1 + 1.25 * strain);
      const ended = !rupture && draw() < 0.004;
      const row = (own) => ({
        as_of,
        tie_id: `t${t + 1}`,
        a: id(a),
        b: id(b),
        name: `${names[a]} and ${names[b]}`,
        kind: t % 4 === 3 ? 'employment' : 'alliance',
        probability: logistic(x),
        low: logistic(x - 0.9),
        high: logistic(x + 0.9),
        constant: 0.12,
        duration: 0.08 + 0.08 * Math.exp(-((age - 400) ** 2) / 2e5),
        outcome: 0,
        what: 'in force',
        time: null,
        rank: 0,
        at_risk: 0,
        ...own,
      });
      forecasts.push(row({}));
      if (!rupture && !ended) continue;
      // The last dates whose horizon holds the ending have it as their outcome.
      const ending = date(as_of, 3 + Math.floor(draw() * 24));
      for (const f of forecasts)
        if (f.tie_id === `t${t + 1}` && Date.parse(ending) - Date.parse(f.as_of) <= 180 * day)
          Object.assign(f, { outcome: rupture ? 1 : 0, what: rupture ? 'rupture' : 'other ending', time: ending });
      break;
    }
  }
  forecasts.sort((p, q) => (p.as_of < q.as_of ? -1 : p.as_of > q.as_of ? 1 : q.probability - p.probability));
  for (const rows of grouped(forecasts).values())
    rows.forEach((f, i) => Object.assign(f, { rank: i + 1, at_risk: rows.length }));
  return forecasts;
}

function grouped(rows) {
  const found = new Map();
  for (const row of rows) found.set(row.as_of, [...(found.get(row.as_of) ?? []), row]);
  return found;
}

function calibration_of(rows) {
  const edges = [0, 0.03, 0.06, 0.1, 0.15, 0.22, 0.35, 1];
  return edges.slice(1).map((high, i) => {
    const inside = rows.filter((f) => f.probability >= edges[i] && f.probability < high);
    const observed = inside.length ? mean(inside.map((f) => f.outcome)) : null;
    const margin = inside.length ? 1.3 * Math.sqrt(((observed + 0.02) * (1.02 - observed)) / inside.length) : null;
    return {
      low: edges[i],
      high,
      n: inside.length,
      mean_forecast: inside.length ? mean(inside.map((f) => f.probability)) : null,
      observed,
      observed_low: inside.length ? Math.max(0, observed - margin) : null,
      observed_high: inside.length ? Math.min(1, observed + margin) : null,
    };
  });
}

function scores_of(forecasts, spread) {
  const calibration = calibration_of(forecasts);
  const base = mean(forecasts.map((f) => f.outcome));
  const bins = calibration.filter((bin) => bin.n > 0);
  const weighed = (f) => bins.reduce((sum, bin) => sum + bin.n * f(bin), 0) / forecasts.length;
  const loss = ['probability', 'constant', 'duration'].map((field) => log_loss(forecasts, field));
  const skill = (i) => 1 - loss[0] / loss[i];
  const top = [...forecasts].sort((p, q) => q.probability - p.probability).slice(0, Math.ceil(forecasts.length / 10));
  const around = (value, by) => [value - spread * by, value + spread * by];
  const area = auc(forecasts);
  const events = forecasts.filter((f) => f.outcome).length;
  const recall = top.filter((f) => f.outcome).length / events;
  return {
    n: forecasts.length,
    events,
    origins: new Set(forecasts.map((f) => f.as_of)).size,
    auc: area,
    log_loss: loss[0],
    log_loss_constant: loss[1],
    log_loss_duration: loss[2],
    brier: brier(forecasts, 'probability'),
    brier_constant: brier(forecasts, 'constant'),
    brier_duration: brier(forecasts, 'duration'),
    brier_decomposition: {
      reliability: weighed((bin) => (bin.mean_forecast - bin.observed) ** 2),
      resolution: weighed((bin) => (bin.observed - base) ** 2),
      uncertainty: base * (1 - base),
    },
    concordance: area - 0.02,
    recall_top_10_percent: recall,
    intervals: {
      auc: around(area, 0.08),
      log_loss: around(loss[0], 0.03),
      brier: around(brier(forecasts, 'probability'), 0.01),
      concordance: around(area - 0.02, 0.08),
      recall_top_10_percent: around(recall, 0.12),
      skill_constant: around(skill(1), 0.1),
      skill_duration: around(skill(2), 0.1),
    },
    skill_constant: skill(1),
    skill_duration: skill(2),
    bootstrap: { resamples: 1000, blocks: 'tie', level: 0.9 },
    calibration,
    forecasts,
  };
}

// The same scores as from ten folds dealt three times.
function folds_of(scores) {
  const repeats = [-0.01, 0, 0.01].map((by) => ({ auc: scores.auc + by, log_loss: scores.log_loss }));
  return { ...scores, forecasts: undefined, calibration: undefined, folds: 10, repeats };
}

export function backtest({ origins = 60, ties = 15, noise = 0.5, spread = 1, seed = 15, starts = true } = {}) {
  const scores = scores_of(forecasts_of({ origins, ties, noise, seed }), spread);
  const common = {
    from: '2020-01-01',
    to: date('2020-01-01', 30 * (origins - 1)),
    every_days: 30,
    horizon_days: 180,
    interval: 0.8,
  };
  return result('backtest', {
    cross_validation: folds_of(scores),
    backtest: {
      ...common,
      ...scores,
      refused: [{ as_of: '2019-12-02', why: 'no rupture is recorded by then, so there is nothing to learn from' }],
      starts: starts
        ? [
            {
              hazard: 'reconciliation',
              ...scores_of(forecasts_of({ origins, ties: 9, noise: 1.5, seed: 31 }), 2),
            },
            {
              hazard: 'formation',
              ...scores_of(forecasts_of({ origins, ties: 5, noise: 1.5, seed: 32 }), 2),
            },
          ]
        : [],
      notes: ['Horizons overlap, so one rupture is the outcome of several forecasts.'],
    },
  });
}

const components = {
  initiative: ['initiative of conflict', 'by_actor(1) of conflict'],
  retaliation: ['retaliation to slights', 'by_actor(reciprocity(grievance)) of conflict'],
  spotlight: ['response to the spotlight of others', 'by_actor(spotlight_gap(spotlight)) of conflict'],
  reciprocated: ['reciprocated cooperation', 'by_actor(reciprocity(goodwill)) of cooperation'],
  closing: ['cooperation that closes triads', 'by_actor(otp(goodwill)) of cooperation'],
  forgiveness: ['forgiveness of old conflict', 'by_actor(inertia(old_grievance)) of conflict'],
  long_memory: ['weight on long memory', 'by_actor(inertia(long)) of conflict'],
  short_memory: ['weight on short memory', 'by_actor(inertia(short)) of conflict'],
};
const indices = [
  [
    'ego',
    'Ego',
    ['initiative', 'retaliation', 'spotlight'],
    'Acts of its own accord, answers slights, reacts to attention paid to others.',
  ],
  ['acclaim', 'Ego: need for acclaim', ['spotlight'], 'Reacts to attention paid to others.'],
  ['dominate', 'Ego: need to dominate', ['initiative', 'retaliation'], 'Begins conflict and answers slights.'],
  [
    'eco',
    'Eco',
    ['reciprocated', 'closing', 'forgiveness'],
    'Returns cooperation, cooperates for others, lets old conflict rest.',
  ],
  ['intuitive', 'Intuitive', ['long_memory', 'short_memory'], 'Acts on long memory more than on short.'],
];

export function profile({ actors = names.length } = {}) {
  const windows = Array.from({ length: 5 }, (_, i) => ({
    from: date('2020-01-01', 365 * i),
    to: date('2020-01-01', 365 * (i + 1)),
  }));
  const estimate = (draw, events, centre = 0) => {
    const value = centre + 0.9 * normal(draw);
    const margin = 1.28 * Math.sqrt(6 / (events + 4));
    return { value, low: value - margin, high: value + margin };
  };
  const listed = Array.from({ length: actors }, (_, i) => {
    const draw = random(900 + i);
    const events = Math.round(260 / (i + 1)) + 3;
    const shown = events >= 25;
    const own = Object.fromEntries(indices.map(([key]) => [key, estimate(draw, events)]));
    return {
      id: i < names.length ? id(i) : `actor${i}`,
      name: names[i] ?? `Actor ${i}`,
      kind: i % 3 === 0 ? 'leader' : 'organization',
      events,
      shown,
      needed: shown ? 0 : 25 - events,
      indices: shown ? own : {},
      components: shown
        ? Object.fromEntries(
            Object.keys(components).map((key) => [
              key,
              { ...estimate(draw, events), events: Math.round(events / 3), shrinkage: events / 3 / (6 + events / 3) },
            ]),
          )
        : {},
      windows: shown
        ? windows.map((window, w) => ({
            ...window,
            events: Math.round(events / 5),
            indices: Object.fromEntries(
              indices.map(([key]) => [key, w === 1 && events < 60 ? null : estimate(draw, events / 5, own[key].value)]),
            ),
          }))
        : [],
    };
  });
  for (const [key] of indices) {
    const ranked = listed.filter((actor) => actor.shown).sort((p, q) => q.indices[key].value - p.indices[key].value);
    ranked.forEach((actor, i) => {
      const mine = actor.indices[key];
      mine.rank_low = 1 + ranked.filter((other) => other.indices[key].low > mine.high).length;
      mine.rank_high = ranked.length - ranked.filter((other) => other.indices[key].high < mine.low).length;
      mine.rank = mine.rank_high - mine.rank_low <= 2 ? i + 1 : null;
    });
  }
  return result('profile', {
    profile: {
      as_of: '2025-01-01',
      minimum_events: 25,
      interval: 0.8,
      windows,
      indices: indices.map(([key, label, parts, text]) => ({
        key,
        label,
        text,
        components: parts.map((part) => ({
          key: part,
          label: components[part][0],
          coefficient: components[part][1],
          weight: part === 'forgiveness' || part === 'short_memory' ? -1 : Number((1 / parts.length).toFixed(3)),
        })),
      })),
      actors: listed,
      variance: Object.values(components).map(([, coefficient], i) => ({ coefficient, sd: 0.4 + 0.1 * i, groups: 14 })),
      notes: [],
    },
  });
}

const event = (a, b, when, conflict, description) => ({
  date: when,
  precision: 'day',
  source: id(a),
  target: id(b),
  type: conflict ? 'criticize' : 'praise',
  label: conflict ? 'Criticize' : 'Praise',
  quad: conflict ? 'verbal-conflict' : 'verbal-cooperation',
  intensity: conflict ? -3 : 3,
  description,
  reference: 'Invented',
  verified: true,
});

export function alliances() {
  const list = Array.from({ length: 15 }, (_, t) => {
    const draw = random(300 + t);
    const [a, b] = [t % 14, (t * 5 + 3) % 14];
    const age = Math.floor(60 + 2400 * draw());
    return {
      tie_id: `t${t + 1}`,
      a: id(a),
      b: id(b),
      a_name: names[a],
      b_name: names[b],
      kind: t % 4 === 3 ? 'employment' : 'alliance',
      since: date('2025-01-01', -age),
      age,
      strength: 14 * draw() ** 2 - 2,
      recent_cooperation: Math.floor(9 * draw() ** 2),
      recent_conflict: Math.floor(7 * draw() ** 3),
      ledger: Number((24 * (draw() - 0.5)).toFixed(1)),
      open_slights_a: Math.floor(3 * draw() ** 2),
      open_slights_b: Math.floor(4 * draw() ** 2),
      last_event:
        t === 6 ? null : event(a, b, date('2024-12-20', -Math.floor(300 * draw())), t % 3 === 0, 'A remark on stage.'),
      events_behind: Math.floor(50 * draw() ** 2),
    };
  });
  return result('alliances', {
    alliances: {
      as_of: '2025-01-01',
      clock: 'calendar',
      ties: 'cooperative',
      half_life: 90,
      ledger_half_life: 365.25,
      recent: 90,
      inferred_by: { half_life: 90, start: 6, end: 2 },
      list,
      sensitivity: [4, 6, 9].map((start, i) => ({
        rule: { half_life: 90, start, end: start / 3 },
        episodes: 40 - 9 * i,
        ruptures: 9 - 2 * i,
        in_force: 15 - 3 * i,
        median_duration: i === 2 ? null : 420 + 80 * i,
        recorded_covered: 0.62 - 0.1 * i,
        inferred_recorded: 0.55 + 0.12 * i,
      })),
    },
  });
}

// A forecast of the program itself, with what it will say besides.
export function with_starts(forecast) {
  const copy = structuredClone(forecast);
  const ends = copy.forecast.ends;
  const [first, second] = copy.forecast.alliances;
  first.sentence = `The chance is above that of the average tie, mostly for one reason. </script><b>No markup.</b>`;
  first.change = {
    since: '2024-12-23',
    ratio: 1.6 * 1.2 * 0.95,
    factors: first.reasons
      .slice(0, 3)
      .map((reason, i) => ({
        effect: reason.effect,
        ratio: [1.6, 1.2, 0.95][i],
        value_now: reason.value,
        events: reason.events,
      })),
    sentence: 'It doubled in a month, for the most part by new conflict.',
  };
  if (second) second.change = null;
  const people = copy.record.actors;
  copy.forecast.starts = Array.from({ length: 24 }, (_, i) => {
    const draw = random(50 + i);
    const [a, b] = [people[i % 7], people[7 + i]];
    const probability = logistic(-1.2 - 0.22 * i);
    return {
      hazard: i % 5 === 1 ? 'reconciliation' : 'formation',
      since: '2024-06-01',
      a: a.id,
      b: b.id,
      a_name: a.name,
      b_name: b.name,
      probability,
      low: probability / 2,
      high: Math.min(0.95, probability * 1.9),
      rank: i + 1,
      baseline_constant: 0.03,
      baseline_duration: 0.045,
      hazard_ratio: 2 * draw(),
      reasons: first.reasons,
      curve: first.curve,
      events_behind: Math.floor(12 * draw()),
    };
  });
  // Of the first two pairs of each hazard, the second begins.
  if (copy.outcomes)
    copy.outcomes.starts = ['formation', 'reconciliation'].map((hazard) => ({
      hazard,
      pairs: copy.forecast.starts
        .filter((start) => start.hazard === hazard)
        .map(({ a, b }, i) => ({ a, b, outcome: i === 1 ? 'started' : 'none', date: i === 1 ? ends : null })),
      n: 12,
      started: 1,
      log_loss: 0.2,
      log_loss_constant: 0.3,
      log_loss_duration: 0.25,
      brier: 0.05,
    }));
  return copy;
}

// A track record that holds no more than its forecasts and plain scores.
export function bare() {
  const {
    n,
    events,
    log_loss,
    log_loss_constant,
    skill_constant,
    auc: area,
    from,
    to,
    forecasts,
  } = backtest().backtest;
  const few = forecasts.map(({ as_of, tie_id, a, b, probability, outcome }) => ({
    as_of,
    tie_id,
    a,
    b,
    probability,
    outcome,
  }));
  return result('backtest', {
    backtest: {
      n,
      events,
      from,
      to,
      horizon_days: 180,
      log_loss,
      log_loss_constant,
      skill_constant,
      auc: area,
      forecasts: few,
    },
  });
}

export function wide(forecast) {
  const copy = structuredClone(forecast);
  const long = 'Bundesministerium fuer Wirtschaftswissenschaftsforschung';
  for (const actor of copy.record.actors) actor.name = `${actor.name} ${long}`;
  for (const alliance of copy.forecast.alliances) {
    alliance.a_name = `${alliance.a_name} ${long}`;
    for (const reason of alliance.reasons) Object.assign(reason, { hazard_ratio: 123456, value: -123456.789 });
  }
  for (const c of copy.fit.coefficients) Object.assign(c, { estimate: -1234.567, low: -9876.5, high: 7654.3 });
  copy.provenance.record.path = '/a/path/'.repeat(20);
  return copy;
}

const moments = Array.from({ length: 41 }, (_, k) => k);

// A simulation of two layers, a matrix of three actors, camps, happenings and the acts of one replicate.
const head = (command, more) => ({
  title: `Invented ${command}`,
  scenario: 'invented.toml',
  clock: 'calendar',
  horizon: 40,
  tick: 1,
  seed: 1,
  first_replicate: 0,
  replicates: 100,
  watch: ['organizations.board_confidence'],
  new_ties: false,
  notes: ['ties do not start here: new_ties = false'],
  layers: [
    {
      layer: 'publics',
      model: 'deffuant',
      summary: 'Opinions meet.',
      equation: 'x += m (y - x)',
      source: 'Deffuant and others (2000)',
      time: 'a day is a meeting for each',
      hypothesis: 'approval follows from events',
    },
    {
      layer: 'organizations',
      model: 'board',
      summary: 'A board loses confidence.',
      equation: 'dC = -k C dt',
      source: 'Invented (2001)',
      time: 'days',
      hypothesis: null,
    },
  ],
  times: moments.map((k) => date('2025-01-01', k)),
  ...more,
});
// A read-out that goes from `from` to `to` in a straight line, with a band that widens.
function read_out(name, unit, from, to, width, error = width / 10) {
  const centre = (k) => from + ((to - from) * k) / 40;
  const at = (z) => moments.map((k) => centre(k) + (z * width * k) / 40);
  return {
    name,
    layer: name.split('.')[0],
    unit,
    meaning: 'invented',
    mean: at(0.01),
    error: moments.map((k) => (error * k) / 40),
    low95: at(-1.96),
    low80: at(-1.28),
    low50: at(-0.67),
    median: at(0),
    high50: at(0.67),
    high80: at(1.28),
    high95: at(1.96),
  };
}

const three = [id(0), id(1), id(2)];
const pairs_of_three = three.flatMap((a) => three.filter((b) => b !== a).map((b) => `${a}>${b}`));
const base_read_outs = (shift = 0) => [
  ...Array.from({ length: 9 }, (_, i) =>
    read_out(`publics.approval:${id(i)}`, 'probability', 0.5, 0.5 - 0.03 * i + shift, 0.05),
  ),
  read_out('publics.camp:left', 'share', 0.6, 0.45, 0.02),
  read_out('publics.camp:right', 'share', 0.4, 0.55, 0.02),
  read_out('organizations.board_confidence', 'index', 10, 4 + 20 * shift, 1),
  ...pairs_of_three.map((pair, i) => read_out(`sentiment.sentiment:${pair}`, 'warmth', 0, i - 2.5, 0.5)),
];

export function simulated() {
  const acts = ['conflict', 'cooperation'].flatMap((hazard, h) =>
    Array.from({ length: 30 }, (_, k) => ({
      time: 20089 + k + 0.25,
      date: date('2025-01-01', k),
      sender: id(k % 7),
      receiver: id((k % 7) + 1 + (k % 3) + h),
      hazard,
      type: h ? 'praise' : 'criticize',
      intensity: h ? 3 : -2.5,
    })),
  );
  return result('simulate', {
    simulation: head('simulation', {
      hash: '0'.repeat(32),
      exploded: 2,
      read_outs: base_read_outs(),
      happenings: [
        { what: 'return', who: id(1), whom: id(4), replicates: 12, share: 0.12, median_time: '2025-02-01' },
        { what: 'dismissal', who: id(1), whom: id(4), replicates: 43, share: 0.43, median_time: '2025-01-20' },
      ],
      acts,
    }),
  });
}

export function branched() {
  const shift = 0.1;
  const difference = base_read_outs().map(({ name, unit }) => {
    const moves = name === 'organizations.board_confidence';
    return read_out(name, unit, 0, moves ? 2 : 0, 0.4, 0.04);
  });
  const branch = (name, title, read_outs, own) => ({
    name,
    title,
    hash: '0'.repeat(32),
    exploded: 0,
    happenings: [],
    read_outs,
    difference: own,
  });
  return result('whatif', {
    whatif: head('what-if', {
      branches: [
        branch('base', 'as it is', base_read_outs(), null),
        branch('early', 'The board acts at once', base_read_outs(shift), difference),
      ],
      sweep: {
        branch: 'early',
        over: 'date',
        points: [0, 10, 20].map((k) => ({
          value: date('2025-01-01', k),
          difference: difference.map(({ name }) => ({
            name,
            mean: 2 - k / 10,
            error: 0.1,
            low80: 1 - k / 10,
            high80: 3 - k / 10,
          })),
        })),
      },
      sensitivity: {
        method: 'morris',
        runs: 24,
        rows: [
          { input: 'publics.epsilon', output: 'publics.camp:left', mean: 0.1, absolute: 0.2, spread: 0.05 },
          { input: 'publics.mu', output: 'publics.camp:left', mean: 0.1, absolute: 0.4, spread: 0.3 },
        ],
      },
    }),
  });
}

// Without a record, on the number clock, with Sobol's indices and a sweep over values.
export function unrecorded() {
  const given = branched();
  const { whatif } = given;
  Object.assign(given.provenance, { model: null, record: { path: '', files: [], events: 0, actors: 0, ties: 0 } });
  Object.assign(whatif, { clock: 'number', times: moments, watch: [] });
  whatif.sweep = {
    branch: 'early',
    over: 'publics.epsilon',
    points: whatif.sweep.points.map((point, i) => ({ ...point, value: 0.1 * (i + 1) })),
  };
  const rows = whatif.sensitivity.rows.map(({ input, output }, i) => ({
    input,
    output,
    first: 0.1 * i,
    total: 0.2 + 0.3 * i,
  }));
  whatif.sensitivity = { method: 'sobol', runs: 64, rows };
  return given;
}

const [, started, folder, forecast] = process.argv;
if (folder && started === fileURLToPath(import.meta.url)) {
  const given = JSON.parse(readFileSync(forecast, 'utf8'));
  const all = {
    starts: with_starts(given),
    backtest: backtest(),
    profile: profile(),
    alliances: alliances(),
    bare: bare(),
    wide: wide(given),
    simulation: simulated(),
    whatif: branched(),
    unrecorded: unrecorded(),
  };
  for (const [name, value] of Object.entries(all)) writeFileSync(join(folder, `${name}.json`), JSON.stringify(value));
}
