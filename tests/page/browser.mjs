// What the tests of pages share: Chromium on a page from a file, what it says to the console and asks of the network.
//   DETENTE_PACKAGES  a folder whose node_modules holds playwright-core and axe-core (default: web/ or the build's)
//   DETENTE_CHROMIUM  the browser (default: /usr/bin/chromium)
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, beforeEach } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

const packages =
  process.env.DETENTE_PACKAGES ??
  ['../../web', '../../build/deps/web']
    .map((folder) => fileURLToPath(new URL(folder, import.meta.url)))
    .find((folder) => existsSync(join(folder, 'node_modules')));
assert.ok(packages, 'no npm packages: build first, or run npm ci in web/');
const require = createRequire(join(resolve(packages), 'package.json'));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

// Opens the page before each test.  `opened.page` is the browser's page, `errors` and `requests` what it did.
export function open_before_each(path, ready) {
  const address = pathToFileURL(resolve(path)).href;
  const opened = { page: null, errors: [], requests: [] };
  let profile, context;
  before(async () => {
    profile = mkdtempSync(join(tmpdir(), 'detente-page-'));
    context = await chromium.launchPersistentContext(profile, {
      executablePath: process.env.DETENTE_CHROMIUM ?? '/usr/bin/chromium',
      headless: true,
      acceptDownloads: true,
      viewport: { width: 1200, height: 900 },
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
  });
  after(async () => {
    await context?.close();
    rmSync(profile, { recursive: true, force: true });
  });
  beforeEach(async () => {
    await opened.page?.close();
    const page = await context.newPage();
    Object.assign(opened, { page, errors: [], requests: [] });
    page.on('pageerror', (error) => opened.errors.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') opened.errors.push(message.text());
    });
    page.on('request', (request) => {
      if (!/^(data|blob):/.test(request.url()) && request.url() !== address) opened.requests.push(request.url());
    });
    await page.goto(address);
    await page.waitForSelector(ready);
  });
  return opened;
}

export const shown_percent = (p) =>
  p < 0.001 ? 'below 0.1\u00a0%' : `${100 * p < 9.95 ? (100 * p).toFixed(1) : (100 * p).toFixed(0)}\u00a0%`;

export async function downloaded(page, press) {
  const [download] = await Promise.all([page.waitForEvent('download'), press()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

// The rows of a saved CSV by the names of its columns; cells with commas are not read.
export function csv_rows(bytes) {
  const [header, ...rows] = bytes
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trim()
    .split('\r\n')
    .map((line) => line.split(','));
  return rows.map((row) => Object.fromEntries(header.map((name, i) => [name, row[i]])));
}

export async function violations(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`);
}

// What stands outside a window of this width, and how wide the page is.
export async function beyond(page, width) {
  await page.setViewportSize({ width, height: 800 });
  await page.waitForTimeout(300);
  return page.evaluate(() => ({
    scroll: document.documentElement.scrollWidth,
    wide: [...document.querySelectorAll('main *, footer *')]
      .filter((e) => e.getBoundingClientRect().right > window.innerWidth + 1 && e.checkVisibility())
      .map((e) => `${e.tagName}.${e.getAttribute('class')}`),
  }));
}
