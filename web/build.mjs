// Builds the page: one HTML file with its style, type and code inlined, and a place where the results go.
//   node build.mjs [--packages DIR] [--out page.html]
// DIR is the folder whose node_modules holds the packages (by default this one).
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { css_variables } from './src/palette.js';

const here = dirname(fileURLToPath(import.meta.url));
const option = (name, fallback) => {
  const at = process.argv.indexOf(name);
  return at < 0 ? fallback : process.argv[at + 1];
};
const packages = resolve(option('--packages', here));
const out = resolve(option('--out', join(here, 'dist', 'page.html')));
const require = createRequire(join(packages, 'package.json'));
const esbuild = require('esbuild');

const bundle = async (entry, options = {}) => {
  const built = await esbuild.build({
    entryPoints: [join(here, 'src', entry)],
    bundle: true,
    minify: true,
    write: false,
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'warning',
    nodePaths: [join(packages, 'node_modules')],
    target: ['chrome100', 'firefox102', 'safari15.4'],
    ...options,
  });
  return built.outputFiles[0].text.trim();
};

const font = (family, file, weights) => {
  const path = join(packages, 'node_modules', '@fontsource-variable', file);
  const data = readFileSync(path).toString('base64');
  return (
    `@font-face{font-family:"${family}";font-weight:${weights};font-display:swap;` +
    `src:url(data:font/woff2;base64,${data}) format("woff2")}`
  );
};

const script = await bundle('main.js', { format: 'iife', define: { 'process.env.NODE_ENV': '"production"' } });
const style = [
  font('Detente Sans', 'source-sans-3/files/source-sans-3-latin-wght-normal.woff2', '200 900'),
  font('Detente Serif', 'source-serif-4/files/source-serif-4-latin-wght-normal.woff2', '200 900'),
  css_variables(),
  await bundle('style.css'),
].join('\n');

const parts = { STYLE: style, SCRIPT: script };
const page = readFileSync(join(here, 'src', 'page.html'), 'utf8').replace(
  /@(STYLE|SCRIPT)@/g,
  (_, part) => parts[part],
);
if (page.split('@RESULTS@').length !== 2) throw new Error('the page must hold the mark @RESULTS@ exactly once');
mkdirSync(dirname(out), { recursive: true });
writeFileSync(out, page);
console.log(`${out}: ${(page.length / 1000).toFixed(0)} kB`);
