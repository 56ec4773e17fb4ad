// The page in a real browser, from a file: what it shows is what the JSON says, and it works for every reader.
//   DETENTE_PAGE    the page, made from two results or more
//   DETENTE_RESULT  the JSON of the result shown first
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { beforeEach, test } from 'node:test';

import { beyond, csv_rows, downloaded, open_before_each, shown_percent, violations } from './browser.mjs';

assert.ok(
  process.env.DETENTE_PAGE && process.env.DETENTE_RESULT,
  'DETENTE_PAGE and DETENTE_RESULT name the page and its JSON',
);
const result = JSON.parse(readFileSync(process.env.DETENTE_RESULT, 'utf8'));
const first = result.forecast.alliances.find((alliance) => alliance.rank === 1);
const opened = open_before_each(process.env.DETENTE_PAGE, '#network svg');
let page;
beforeEach(() => {
  page = opened.page;
});

test('the first finding and the first row say what the result says', async () => {
  const chance = shown_percent(first.probability);
  assert.match(await page.textContent('h1'), new RegExp(first.a_name));
  assert.ok((await page.textContent('h1')).includes(chance), `the heading holds ${chance}`);
  const row = page.locator(`details[data-tie="${first.tie_id}"] > summary`);
  assert.equal(await row.locator('.chance b').textContent(), chance);
  assert.equal(await page.locator('#ranking ol.ranking > li').count(), result.forecast.alliances.length);
});

test('a row opens to its reasons and the recorded events behind', async () => {
  const details = page.locator(`details[data-tie="${first.tie_id}"]`);
  await details.locator('> summary').focus();
  await page.keyboard.press('Enter');
  await details.locator('.reasons').waitFor();
  const names = await details.locator('.reasons ol.ranking code').allTextContents();
  assert.deepEqual([...names].sort(), first.reasons.map((reason) => reason.effect).sort());
  const told = first.reasons.flatMap((reason) => reason.events).find((event) => event.description);
  if (told) assert.ok((await details.textContent()).includes(told.description));
});

test('what then happened is said in words', async () => {
  const aside = await page.textContent('.aside');
  if (!result.outcomes) assert.match(aside, /Not known yet/);
  for (const outcome of result.outcomes?.alliances ?? []) {
    const fate = await page.locator(`details[data-tie="${outcome.tie_id}"] .fate`).textContent();
    assert.match(fate, { rupture: /ruptured/, 'other ending': /ended otherwise/, 'in force': /held/ }[outcome.outcome]);
  }
});

test('the slider moves the network with the keyboard', async () => {
  const said = page.locator('#network .said');
  const at_the_end = await said.textContent();
  await page.focus('#network-date');
  await page.keyboard.press('Home');
  assert.notEqual(await said.textContent(), at_the_end);
  await page.keyboard.press('End');
  assert.equal(await said.textContent(), at_the_end);
  await page.keyboard.press('ArrowLeft');
  assert.match(await page.getAttribute('#network-date', 'aria-valuetext'), /\d/);
});

test('choosing a pair shows its events', async () => {
  const other = result.forecast.alliances.find((alliance) => alliance.rank === 2);
  if (!other) return;
  await page.selectOption('#pair-select', `tie ${other.tie_id}`);
  const body = await page.textContent('.pair-body');
  assert.ok(body.includes(shown_percent(other.probability)));
  const both = new Set([other.a, other.b]);
  const events = result.record.events.filter(
    (e) => both.has(e.source) && both.has(e.target) && e.source !== e.target,
  ).length;
  assert.ok(body.includes(`${events} recorded event`), `${events} recorded events`);
});

test('the switch shows the other result', async () => {
  const choices = page.locator('.switch input');
  if ((await choices.count()) < 2) return;
  const heading = await page.textContent('.kicker');
  await choices.nth(1).check();
  await page.waitForSelector('#network svg');
  assert.notEqual(await page.textContent('.kicker'), heading);
  await choices.nth(0).check();
  assert.equal(await page.textContent('.kicker'), heading);
});

test('the data button saves the numbers of the chart', async () => {
  const { name, bytes } = await downloaded(page, () =>
    page.locator('#ranking .tools').last().getByText('Data (CSV)').click(),
  );
  assert.match(name, /\.csv$/);
  const rows = csv_rows(bytes);
  assert.equal(rows.length, result.forecast.alliances.length);
  assert.equal(Number(rows[0].probability), first.probability);
  assert.equal(rows[0].tie_id, first.tie_id);
});

test('the picture buttons save pictures', async () => {
  const tools = page.locator('#pair .tools').first();
  const svg = await downloaded(page, () => tools.getByText('Picture (SVG)').click());
  assert.match(svg.bytes.toString('utf8'), /^<svg [^]*Estimates of recorded[^]*<\/svg>$/);
  const png = await downloaded(page, () => tools.getByText('Picture (PNG)').click());
  assert.equal(png.bytes.subarray(1, 4).toString(), 'PNG');
});

for (const scheme of ['light', 'dark'])
  test(`every reader can use it (${scheme})`, async () => {
    await page.emulateMedia({ colorScheme: scheme });
    await page.locator('details.alliance > summary').first().click();
    assert.deepEqual(await violations(page), []);
  });

for (const width of [390, 320])
  test(`nothing runs off a phone of ${width} pixels`, async () => {
    await page.locator('details.alliance > summary').first().click();
    assert.deepEqual(await beyond(page, width), { scroll: width, wide: [] });
  });

test('it prints in light colours, with every row', async () => {
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await page.waitForTimeout(200);
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(252, 251, 248)');
  const visible = await page
    .locator('#ranking ol.ranking > li')
    .evaluateAll((rows) => rows.filter((row) => row.offsetHeight > 0).length);
  assert.equal(visible, result.forecast.alliances.length);
  assert.equal(await page.locator('.tools').first().isVisible(), false);
});

test('it says nothing to the console and asks nothing of the network', async () => {
  await page.focus('#network-date');
  await page.keyboard.press('Home');
  await page.locator('#network svg').hover();
  await page.locator('#pair svg').first().hover();
  await page.waitForTimeout(200);
  assert.deepEqual(opened.errors, []);
  assert.deepEqual(opened.requests, []);
});
