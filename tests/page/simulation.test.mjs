// The sections of simulations and what-ifs, on results made by hand.
//   DETENTE_SIMULATIONS  the page, made from simulation.json, whatif.json and unrecorded.json of fixtures.mjs
//   DETENTE_FIXTURES     the folder that holds them
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, test } from 'node:test';

import { beyond, csv_rows, downloaded, open_before_each, violations } from './browser.mjs';

const { DETENTE_SIMULATIONS, DETENTE_FIXTURES } = process.env;
assert.ok(
  DETENTE_SIMULATIONS && DETENTE_FIXTURES,
  'DETENTE_SIMULATIONS and DETENTE_FIXTURES name the page and results',
);
const read = (name) => JSON.parse(readFileSync(join(DETENTE_FIXTURES, `${name}.json`), 'utf8'));
const order = ['simulation', 'whatif', 'unrecorded'];
const { simulation } = read('simulation');
const { whatif } = read('whatif');
const unrecorded = read('unrecorded').whatif;

const opened = open_before_each(DETENTE_SIMULATIONS, '#fans svg');
let page;
beforeEach(() => {
  page = opened.page;
});

const choose = async (name) => {
  await page.locator('.switch input').nth(order.indexOf(name)).check();
  await page.waitForTimeout(150);
};
const csv_of = async (figure) =>
  csv_rows(
    (await downloaded(page, () => page.locator(`figure[data-name="${figure}"]`).getByText('Data (CSV)').click())).bytes,
  );
const last = (values) => values[values.length - 1];
const sentence = 'These are simulations of a model fitted to a public record, not judgements of people.';

test('each result has its sections, a name of its own and no hole in its text', async () => {
  const labels = await page.locator('.switch label').allTextContents();
  assert.equal(new Set(labels).size, order.length);
  for (const name of order) {
    await choose(name);
    assert.equal(await page.locator('main h1').count(), 1, name);
    assert.doesNotMatch(await page.textContent('#app'), /undefined|NaN|\[object|\bnull\b|Infinity/, name);
  }
  assert.deepEqual(opened.errors, []);
  assert.deepEqual(opened.requests, []);
});

test('the findings tell the watched read-out first, with its 80 % band, and what happened', async () => {
  const watched = simulation.read_outs.find((one) => one.name === simulation.watch[0]);
  const first = await page.locator('.findings > li').first().textContent();
  assert.match(first, /^Board confidence/);
  for (const value of [watched.median[0], last(watched.median), last(watched.low80), last(watched.high80)])
    assert.ok(first.includes(String(Number(value.toFixed(2)))), `${value} in ${first}`);
  const aside = await page.locator('#findings .aside li').allTextContents();
  assert.match(aside[0], /Dismissal: borealis, elmira: in 43/);
  assert.match(await page.textContent('#findings'), /In 2 replicates the rates exploded/);
});

test('of the others the largest move for its own fan is told before a smaller one', async () => {
  const items = await page.locator('.findings > li').allTextContents();
  const place = (label) => items.findIndex((text) => text.startsWith(label));
  assert.ok(place('Approval: iona') > 0, items.join('|'));
  assert.equal(place('Approval: aster'), -1, 'an approval that does not move is not told');
});

test('what is to be said of ties that start is said', async () => {
  assert.match(await page.locator('#findings').innerText(), /Ties do not start here: new_ties = false\./);
});

test('happenings are in order of their share', async () => {
  const rows = await csv_of('happenings');
  assert.deepEqual(
    rows.map((row) => row.what),
    ['dismissal', 'return'],
  );
  assert.equal(Number(rows[0].share), 0.43);
});

test('fans are grouped by layer, the watched layer first, and hold pairs only when watched', async () => {
  const names = await page.locator('#fans figure').evaluateAll((all) => all.map((one) => one.dataset.name));
  assert.deepEqual(names, ['fans-organizations', 'fans-publics']);
  const rows = await csv_of('fans-publics');
  const publics = simulation.read_outs.filter((one) => one.layer === 'publics');
  assert.equal(rows.length, publics.length * simulation.times.length);
  assert.equal(Number(last(rows).high95), last(last(publics).high95));
});

test('the button shows all the fans, and again the first', async () => {
  const figure = page.locator('figure[data-name="fans-publics"]');
  const height = () => figure.locator('.plot').evaluate((plot) => plot.offsetHeight);
  const before = await height();
  assert.ok(!(await figure.locator('svg').textContent()).includes('Camp: right'));
  await figure.getByRole('button', { name: 'Show all 11 read-outs' }).click();
  assert.ok((await height()) > before);
  assert.ok((await figure.locator('svg').textContent()).includes('Camp: right'));
  await figure.locator('.more').click();
  assert.equal(await height(), before);
});

test('the raster marks every event of the first replicate by its kind', async () => {
  const rows = await csv_of('raster');
  assert.equal(rows.length, simulation.acts.length);
  await page.locator('#raster .more').click();
  const colors = await page.evaluate(() => {
    const style = getComputedStyle(document.documentElement);
    return ['conflict', 'cooperation'].map((name) => style.getPropertyValue(`--${name}`));
  });
  for (const [i, hazard] of ['conflict', 'cooperation'].entries())
    assert.equal(
      await page.locator(`#raster svg path[fill="${colors[i]}"]`).count(),
      simulation.acts.filter((act) => act.hazard === hazard).length,
      hazard,
    );
});

test('the matrix moves with the slider, by keyboard', async () => {
  const said = page.locator('#pairs .said');
  assert.match(await said.textContent(), /Highest: cobalt → borealis \(2\.5\)/);
  await page.locator('#pairs input[type=range]').focus();
  await page.keyboard.press('Home');
  assert.match(await said.textContent(), /\(0\)/);
  const rows = await csv_of('matrix-sentiment-sentiment');
  assert.equal(rows.length, 6);
  assert.ok(rows.every((row) => Number(row.median) === 0 && row.time === simulation.times[0]));
});

test('camps are stacked from their means', async () => {
  const rows = await csv_of('camps-publics');
  const camps = simulation.read_outs.filter((one) => one.name.includes('camp'));
  assert.equal(rows.length, camps.length * simulation.times.length);
  assert.equal(Number(last(rows).mean), last(camps[1].mean));
  assert.match(await page.textContent('#camps .legend'), /left.*right/);
});

test('the models say their equation, their source and their hypothesis, and that they judge nobody', async () => {
  const text = await page.textContent('#models');
  for (const layer of simulation.layers)
    for (const value of [layer.equation, layer.source, layer.summary]) assert.ok(text.includes(value), value);
  assert.match(text, /Approval follows from events/);
  assert.ok(text.includes(sentence));
  await choose('unrecorded');
  assert.ok(!(await page.textContent('#app')).includes(sentence), 'no record, nothing fitted');
});

test('the table says what differs from the base and what is not told apart', async () => {
  await choose('whatif');
  const rows = await csv_of('end-early');
  const [base, early] = whatif.branches;
  assert.equal(rows.length, early.difference.length);
  for (const row of rows) {
    const given = early.difference.find((one) => one.name === row.read_out);
    const [mean, error] = [last(given.mean), last(given.error)];
    assert.equal(row.verdict, Math.abs(mean) > 2 * error ? 'differs' : 'not told apart');
    assert.equal(Number(row.base), last(base.read_outs.find((one) => one.name === row.read_out).mean));
  }
  const differing = rows.filter((row) => row.verdict === 'differs').map((row) => row.read_out);
  assert.deepEqual(differing, ['organizations.board_confidence']);
  assert.match(await page.textContent('h1'), /The board acts at once: Board confidence \+2/);
  assert.match(await page.locator('#ends tbody tr').first().textContent(), /Board confidence.*differs/);
});

test('branches are drawn over the base, with their differences', async () => {
  await choose('whatif');
  const medians = await csv_of('branch-medians');
  assert.deepEqual([...new Set(medians.map((row) => row.branch))], ['base', 'early']);
  const rows = await csv_of('differences-early');
  const given = whatif.branches[1].difference.find((one) => one.name === rows[0].read_out);
  assert.equal(rows[0].read_out, 'organizations.board_confidence');
  assert.equal(Number(rows[whatif.times.length - 1].mean), last(given.mean));
});

test('a sweep goes over dates or over values', async () => {
  await choose('whatif');
  const points = (rows) => rows.filter((row) => row.read_out === 'publics.camp:left').map((row) => row.value);
  assert.deepEqual(
    points(await csv_of('sweep')),
    whatif.sweep.points.map((point) => point.value),
  );
  assert.match(await page.textContent('#sweep h2'), /Sooner or later/);
  await choose('unrecorded');
  assert.deepEqual(
    points(await csv_of('sweep')).map(Number),
    unrecorded.sweep.points.map((point) => point.value),
  );
  assert.match(await page.textContent('#sweep'), /value of epsilon/);
});

test('sensitivity puts the setting that moves most first', async () => {
  await choose('whatif');
  const rows = () => page.locator('#sensitivity .ranking > li').allTextContents();
  assert.match((await rows())[0], /publics\.mu.*0\.4.*σ 0\.3/);
  await choose('unrecorded');
  assert.match((await rows())[0], /publics\.mu.*0\.5.*first 0\.1/);
});

test('every picture can be saved', async () => {
  for (const name of order) {
    await choose(name);
    for (const button of await page.getByText('Picture (SVG)').all()) {
      const { bytes } = await downloaded(page, () => button.click());
      assert.match(bytes.toString('utf8'), /^<svg [^]*simulated from[^]*<\/svg>$/);
    }
  }
  assert.deepEqual(opened.errors, []);
});

for (const scheme of ['light', 'dark'])
  test(`every reader can use them (${scheme})`, async () => {
    await page.emulateMedia({ colorScheme: scheme });
    for (const name of order) {
      await choose(name);
      assert.deepEqual(await violations(page), [], name);
    }
  });

for (const width of [360, 320])
  test(`nothing runs off a phone of ${width} pixels`, async () => {
    for (const name of order) {
      await choose(name);
      assert.deepEqual(await beyond(page, width), { scroll: width, wide: [] }, name);
    }
  });

test('they print without controls', async () => {
  await page.emulateMedia({ media: 'print' });
  await page.waitForTimeout(200);
  assert.equal(
    await page.locator('main :is(.tools, select, .more):visible, main input[type=range]:visible').count(),
    0,
  );
  assert.ok(await page.locator('#fans svg').first().isVisible());
});
