// A picture of a page, for the README and for looking at the design.
//   node tools/screenshot.mjs page.html out.png [width] [light|dark|print] [css selector or "page"]
// Packages come from DETENTE_PACKAGES (a folder with node_modules), by default web/ or the build's.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const packages =
  process.env.DETENTE_PACKAGES ??
  ['../web', '../build/deps/web']
    .map((folder) => fileURLToPath(new URL(folder, import.meta.url)))
    .find((folder) => existsSync(join(folder, 'node_modules')));
const { chromium } = createRequire(join(resolve(packages), 'package.json'))('playwright-core');
const [page_path, out, width = '1200', theme = 'light', part = 'page'] = process.argv.slice(2);
if (!page_path || !out) {
  console.error('usage: node tools/screenshot.mjs page.html out.png [width] [light|dark|print] [selector]');
  process.exit(2);
}

const browser = await chromium.launch({
  executablePath: process.env.DETENTE_CHROMIUM ?? '/usr/bin/chromium',
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
try {
  const page = await browser.newPage({
    viewport: { width: Number(width), height: part === 'page' ? 1000 : 2000 },
    deviceScaleFactor: Number(width) < 600 ? 2 : 1,
    colorScheme: theme === 'dark' ? 'dark' : 'light',
  });
  await page.goto(pathToFileURL(resolve(page_path)).href);
  await page.evaluate(() => document.fonts.ready);
  if (out.endsWith('.pdf'))
    await page.pdf({ path: out, format: 'A4', margin: { top: '16mm', bottom: '16mm', left: '14mm', right: '14mm' } });
  else {
    if (theme === 'print') await page.emulateMedia({ media: 'print' });
    await page.waitForTimeout(300);
    if (part === 'page') await page.screenshot({ path: out, fullPage: true });
    else {
      await page.addStyleTag({ content: '.top { position: static !important; }' });
      await page.locator(part).first().screenshot({ path: out });
    }
  }
} finally {
  await browser.close();
}
