// Goodness of fit on a page.
//   DETENTE_GOF         the page
//   DETENTE_GOF_RESULT  its JSON
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { beforeEach, test } from 'node:test';

import { beyond, csv_rows, downloaded, open_before_each, violations } from './browser.mjs';

const { DETENTE_GOF, DETENTE_GOF_RESULT } = process.env;
assert.ok(DETENTE_GOF && DETENTE_GOF_RESULT, 'DETENTE_GOF and DETENTE_GOF_RESULT name the page and its JSON');
const { gof } = JSON.parse(readFileSync(DETENTE_GOF_RESULT, 'utf8'));
const outside = gof.statistics.filter((row) => row.outside);
const opened = open_before_each(DETENTE_GOF, '#gof .ranking');
let page;
beforeEach(() => {
  page = opened.page;
});

test('the heading counts what is outside, and each such statistic is told', async () => {
  const heading = await page.textContent('h1');
  assert.ok(outside.length > 0 && heading.startsWith(`${outside.length} of ${gof.statistics.length} `), heading);
  const told = await page.locator('#findings ol.findings > li').allTextContents();
  assert.equal(told.length, outside.length);
  outside.forEach((row, k) => assert.ok(told[k].includes(row.name), row.name));
});

test('every statistic has a row, red where it is outside', async () => {
  assert.equal(await page.locator('#gof ol.ranking > li').count(), gof.statistics.length);
  assert.equal(await page.locator('#gof .mark.dot.conflict').count(), outside.length);
  assert.doesNotMatch(await page.textContent('main'), /NaN|undefined|null/);
});

// The dot of a statistic is outside the line of its 95 % band exactly where the result says so.
test('dots stand inside their bands or outside them as the result says', async () => {
  const apart = await page.locator('#gof ol.ranking > li').evaluateAll((rows) =>
    rows.map((row) => {
      const dot = row.querySelector('.mark.dot');
      const line = row.querySelector('.mark.whisker');
      if (!dot || !line) return null;
      const at = Number.parseFloat(dot.style.left);
      const from = Number.parseFloat(line.style.left);
      return at < from - 0.01 || at > from + Number.parseFloat(line.style.width) + 0.01;
    }),
  );
  gof.statistics.forEach((row, k) => assert.equal(apart[k], row.recorded === null ? null : row.outside, row.name));
});

test('the data are those of the result', async () => {
  const press = () => page.locator('figure[data-name="gof-reciprocity"]').getByText('Data (CSV)').click();
  const rows = csv_rows((await downloaded(page, press)).bytes);
  const expected = gof.statistics.filter((row) => row.group === 'reciprocity');
  assert.deepEqual(
    rows.map((row) => Number(row.recorded)),
    expected.map((row) => row.recorded),
  );
});

test('nothing runs off a phone, nothing is said to the console, nothing is asked of the network', async () => {
  const { scroll, wide } = await beyond(page, 320);
  assert.deepEqual(wide, []);
  assert.ok(scroll <= 320, `${scroll}`);
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(opened.errors, []);
  assert.deepEqual(opened.requests, []);
});
