// The sections of a track record, of profiles, of a listing of alliances and of starts, on results made by hand.
//   DETENTE_SECTIONS  the page, made from starts.json, backtest.json, profile.json and alliances.json of fixtures.mjs,
//                     bare.json (a track record with most parts left out) and wide.json (long names, large numbers)
//   DETENTE_FIXTURES  the folder that holds them
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, test } from 'node:test';

import { beyond, csv_rows, downloaded, open_before_each, shown_percent, violations } from './browser.mjs';
import { auc } from './fixtures.mjs';

const { DETENTE_SECTIONS, DETENTE_FIXTURES } = process.env;
assert.ok(DETENTE_SECTIONS && DETENTE_FIXTURES, 'DETENTE_SECTIONS and DETENTE_FIXTURES name the page and its results');
const read = (name) => JSON.parse(readFileSync(join(DETENTE_FIXTURES, `${name}.json`), 'utf8'));
const order = ['starts', 'backtest', 'profile', 'alliances', 'bare', 'wide'];
const { backtest } = read('backtest');
const { profile } = read('profile');
const { alliances } = read('alliances');
const forecast = read('starts');

const opened = open_before_each(DETENTE_SECTIONS, '#network svg');
let page;
beforeEach(() => {
  page = opened.page;
});

const choose = async (name) => {
  await page.selectOption('#result-select', String(order.indexOf(name)));
  await page.waitForTimeout(100);
};
const numbers = (text) => text.replace(/\u00a0/g, ' ').replace(/\u2212/g, '-');
const csv_of = async (figure) =>
  csv_rows(
    (await downloaded(page, () => page.locator(`figure[data-name="${figure}"]`).getByText('Data (CSV)').click())).bytes,
  );

test('any mix of results can be switched between, each with a name of its own', async () => {
  const labels = await page.locator('#result-select option').allTextContents();
  assert.equal(labels.length, order.length);
  assert.equal(new Set(labels).size, order.length);
  for (const name of order) {
    await choose(name);
    assert.equal(await page.locator('main h1').count(), 1, name);
    assert.ok((await page.title()).length > 12, name);
    assert.doesNotMatch(await page.textContent('#app'), /undefined|NaN|\[object|\bnull\b/, name);
  }
  assert.deepEqual(opened.errors, []);
  assert.deepEqual(opened.requests, []);
});

test('a track record says how it stands against both baselines', async () => {
  await choose('backtest');
  const findings = numbers(await page.textContent('#findings'));
  assert.ok(findings.includes(`${(100 * backtest.skill_constant).toFixed(1)} % lower`));
  assert.ok(findings.includes(backtest.log_loss_constant.toFixed(4)));
  assert.ok(findings.includes(backtest.log_loss_duration.toFixed(4)));
  assert.match(findings, /by more than luck explains/);
});

test('an interval that holds nought is not called skill', async () => {
  await choose('backtest');
  const [starts] = backtest.starts;
  assert.ok(starts.intervals.skill_constant[0] < 0 && starts.intervals.skill_constant[1] > 0);
  const findings = await page.textContent('#starts-reconciliation-findings');
  assert.match(findings, /luck could explain it/);
  assert.match(findings, /cannot be told from luck/);
  assert.doesNotMatch(await page.textContent('#starts-reconciliation-findings h2'), /by more than luck explains/);
});

test('the table of scores holds every score and the AUC of age alone', async () => {
  await choose('backtest');
  const rows = await csv_of('scores');
  const of = (score) => rows.find((row) => row.score === score);
  assert.equal(Number(of('Log loss').model), backtest.log_loss);
  assert.equal(Number(of('Brier score').duration), backtest.brier_duration);
  assert.equal(Number(of('Concordance').low), backtest.intervals.concordance[0]);
  assert.ok(Math.abs(Number(of('AUC').duration) - auc(backtest.forecasts, 'duration')) < 1e-12);
});

test('cross-validation stands apart, with its folds and the spread of its deals', async () => {
  await choose('backtest');
  const section = page.locator('#folds');
  assert.match(await section.locator('.lead').textContent(), /ten folds.*three deals.*easier than a forecast/);
  assert.equal(Number((await csv_of('folds-scores'))[0].model), backtest.log_loss);
});

test('calibration draws a dot for every group, and names those that are off', async () => {
  await choose('backtest');
  const rows = await csv_of('calibration');
  assert.equal(rows.length, backtest.calibration.filter((bin) => bin.n > 0).length);
  const off = backtest.calibration.filter((b) => b.mean_forecast < b.observed_low || b.mean_forecast > b.observed_high);
  const said = await page.textContent('#calibration .lead');
  assert.ok(off.length > 0);
  for (const bin of off) assert.ok(said.includes(shown_percent(bin.mean_forecast)), `${bin.mean_forecast}`);
});

test('every tie that ruptured has its trace, and any tie can be chosen', async () => {
  await choose('backtest');
  const ruptured = new Set(backtest.forecasts.filter((f) => f.outcome === 1).map((f) => f.tie_id));
  assert.equal(new Set((await csv_of('traces')).map((row) => row.tie_id)).size, ruptured.size);
  const [one] = backtest.forecasts.filter((f) => !ruptured.has(f.tie_id));
  await page.selectOption('#trace-select', `tie ${one.tie_id}`);
  const rows = await csv_of('traces');
  const given = backtest.forecasts.filter((f) => f.tie_id === one.tie_id);
  assert.deepEqual(
    rows.map((row) => Number(row.probability)),
    given.map((f) => f.probability),
  );
  assert.match(await page.textContent('#traces .said'), /no rupture followed/);
});

test('each rupture stands beside the last forecast before it', async () => {
  await choose('backtest');
  const rows = await csv_of('ruptures');
  const last = new Map();
  for (const f of backtest.forecasts) if (f.outcome === 1) last.set(f.tie_id, f);
  assert.equal(rows.length, last.size);
  for (const row of rows) {
    assert.equal(row.as_of, last.get(row.key).as_of);
    assert.equal(Number(row.rank), last.get(row.key).rank);
  }
});

test('a track record with parts left out still says what it holds', async () => {
  await choose('bare');
  assert.match(numbers(await page.textContent('#findings')), /There is no interval/);
  assert.equal(await page.locator('#calibration').count(), 0);
  assert.deepEqual(opened.errors, []);
});

test('profiles show one panel for each index, sorted, with ranks only where given', async () => {
  await choose('profile');
  for (const { key } of profile.indices) {
    const rows = await csv_of(`profile-${key}`);
    const values = rows.map((row) => Number(row.value));
    assert.deepEqual(
      values,
      [...values].sort((p, q) => q - p),
    );
    const panel = page.locator(`figure[data-name="profile-${key}"] .ranking > li`);
    assert.equal(await panel.count(), profile.actors.filter((actor) => actor.shown).length);
    for (const [i, text] of (await panel.allTextContents()).entries())
      assert.equal(/\d(st|nd|rd|th)/.test(text), rows[i].rank !== '', text);
  }
  const axes = await page.locator('.panels .axis').allTextContents();
  assert.equal(new Set(axes).size, 1, 'all panels have one scale');
});

test('actors with too few events are named with what they need, and drawn nowhere', async () => {
  await choose('profile');
  const hidden = profile.actors.filter((actor) => !actor.shown);
  const text = await page.textContent('#not-shown');
  for (const actor of hidden) assert.ok(text.includes(`${actor.name}: ${actor.events} events, ${actor.needed} more`));
  const panels = await page.textContent('.panels');
  for (const actor of hidden) assert.ok(!panels.includes(actor.name));
});

test('profiles say what they are made of and that they judge nobody', async () => {
  await choose('profile');
  const text = await page.textContent('#made-of');
  for (const index of profile.indices)
    for (const part of index.components) assert.ok(text.includes(part.coefficient), part.coefficient);
  assert.match(await page.textContent('#findings'), /not a judgement of any person/);
});

test('change over time can be seen by index and by actor', async () => {
  await choose('profile');
  const [actor] = profile.actors;
  await page.selectOption('#window-select', `actor ${actor.id}`);
  const rows = await csv_of('profile-windows');
  assert.equal(rows.length, profile.windows.length * profile.indices.length);
  assert.equal(Number(rows[0].value), actor.windows[0].indices[profile.indices[0].key].value);
});

test('the listing of alliances sorts by each of its columns', async () => {
  await choose('alliances');
  const ids = () => page.locator('#alliances tbody tr').evaluateAll((rows) => rows.map((row) => row.dataset.tie));
  const by = (value) => [...alliances.list].sort((p, q) => value(q) - value(p)).map((one) => one.tie_id);
  assert.deepEqual(
    await ids(),
    by((one) => one.strength),
  );
  const head = page.locator('#alliances thead').getByRole('button', { name: 'Age' });
  await head.click();
  assert.deepEqual(
    await ids(),
    by((one) => one.age),
  );
  assert.equal(await page.locator('#alliances th[aria-sort]').getAttribute('aria-sort'), 'descending');
  await head.click();
  assert.deepEqual(await ids(), by((one) => one.age).reverse());
});

test('reasons begin with their sentence, and say why a chance has changed', async () => {
  const first = forecast.forecast.alliances.find((alliance) => alliance.rank === 1);
  const details = page.locator(`details[data-tie="${first.tie_id}"]`);
  await details.locator('> summary').click();
  assert.equal(await details.locator('.reasons > :first-child').textContent(), first.sentence);
  const change = await details.locator('.change').textContent();
  assert.ok(change.includes(first.change.sentence));
  assert.ok(change.includes(`multiply to ×${first.change.ratio.toFixed(2)}`), change);
  assert.equal(await details.locator('.moves > li').count(), first.change.factors.length);
});

test('starts are ranked with their outcome', async () => {
  const { starts } = forecast.forecast;
  const rows = page.locator('#starts .ranking > li');
  assert.equal(await rows.count(), starts.length);
  for (const { hazard, pairs } of forecast.outcomes.starts)
    for (const { a, b, outcome } of pairs) {
      const { probability } = starts.find((start) => start.hazard === hazard && start.a === a && start.b === b);
      const summary = page.locator(`details[data-start="${hazard}-${a}-${b}"] > summary`);
      assert.match(await summary.locator('.fate').textContent(), outcome === 'started' ? /^.?began/ : /did not begin/);
      assert.equal(await summary.locator('.chance b').textContent(), shown_percent(probability));
    }
});

for (const scheme of ['light', 'dark'])
  test(`every reader can use the sections (${scheme})`, async () => {
    await page.emulateMedia({ colorScheme: scheme });
    for (const name of ['starts', 'backtest', 'profile', 'alliances']) {
      await choose(name);
      assert.deepEqual(await violations(page), [], name);
    }
  });

test('nothing runs off a phone of 320 pixels', async () => {
  for (const name of order) {
    await choose(name);
    const { scroll, wide } = await beyond(page, 320);
    assert.equal(scroll, 320, name);
    assert.deepEqual(wide, [], name);
  }
});

test('the sections print without controls', async () => {
  await choose('backtest');
  await page.emulateMedia({ media: 'print' });
  await page.waitForTimeout(200);
  assert.equal(await page.locator('main :is(.tools, select):visible').count(), 0);
  assert.ok(await page.locator('#traces svg').isVisible());
  const rows = page.locator('#ruptures tbody tr');
  assert.equal(await rows.evaluateAll((all) => all.filter((row) => row.offsetHeight > 0).length), await rows.count());
});
