// Strips: rows of marks on one horizontal scale, as page elements and as SVG from the same description.
// A mark: { kind: 'interval', from, to } · { kind: 'dot', at } · { kind: 'tick' | 'notch', at } · { kind: 'bar', from, to },
// each with `tone`: 'ink', 'conflict', 'cooperation' or 'muted'; a bar may be `faint`.
import { escaped, h } from './dom.js';
import { light } from './palette.js';
import { sans } from './theme.js';

const clamp = (x) => Math.max(0, Math.min(1, x));

function nice_step(range, count) {
  const rough = range / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map((m) => m * power).find((step) => step >= rough) ?? 10 * power;
}

export function linear_scale(low, high, label, count = 5) {
  const range = high - low || 1;
  const step = nice_step(range, count);
  const from = low === 0 ? 0 : low - 0.03 * range;
  const to = high + 0.03 * range;
  const ticks = [];
  for (let k = Math.ceil(from / step - 1e-9); k * step <= to; ++k) ticks.push(Number((k * step).toPrecision(12)));
  return { at: (x) => clamp((x - from) / (to - from)), ticks: ticks.map((value) => ({ value, label: label(value) })) };
}

// A scale of factors, the same distance either side of ×1.
export function factor_scale(values, label) {
  const reach = Math.max(...values.filter((v) => v > 0 && Number.isFinite(v)).map((v) => Math.abs(Math.log2(v))), 1);
  const edge = Math.min(Math.ceil(reach), 10);
  const every = edge > 4 ? Math.ceil(edge / 3) : 1;
  const ticks = [];
  for (let k = -Math.floor(edge / every) * every; k <= edge; k += every)
    ticks.push({ value: 2 ** k, label: label(2 ** k) });
  return { at: (x) => clamp((Math.log2(x) + edge) / (2 * edge)), ticks };
}

const pct = (x) => `${(100 * x).toFixed(3)}%`;

function mark_element(scale, mark) {
  const style =
    mark.at !== undefined
      ? { left: pct(scale.at(mark.at)) }
      : {
          left: pct(scale.at(Math.min(mark.from, mark.to))),
          width: pct(Math.abs(scale.at(mark.to) - scale.at(mark.from))),
        };
  return h('span', { class: `mark ${mark.kind} ${mark.tone ?? 'ink'}${mark.faint ? ' faint' : ''}`, style });
}

export function track(scale, marks) {
  return h(
    'span',
    { class: 'track', 'aria-hidden': 'true' },
    scale.ticks.map((tick) =>
      h('span', { class: `gridline${tick.strong ? ' strong' : ''}`, style: { left: pct(scale.at(tick.value)) } }),
    ),
    marks.map((mark) => mark_element(scale, mark)),
  );
}

export function axis(scale) {
  return h(
    'span',
    { class: 'axis', 'aria-hidden': 'true' },
    scale.ticks.map((tick) => h('span', { style: { left: pct(scale.at(tick.value)) } }, tick.label)),
  );
}

function mark_svg(scale, mark, x0, width, y) {
  const color = light[mark.tone ?? 'ink'];
  const x = (value) => (x0 + width * scale.at(value)).toFixed(1);
  switch (mark.kind) {
    case 'interval':
      return `<line x1="${x(mark.from)}" x2="${x(mark.to)}" y1="${y}" y2="${y}" stroke="${color}" stroke-width="5" stroke-opacity=".35" stroke-linecap="round"/>`;
    case 'whisker':
      return `<line x1="${x(mark.from)}" x2="${x(mark.to)}" y1="${y}" y2="${y}" stroke="${color}" stroke-width="1.5"/>`;
    case 'bar': {
      const [a, b] = [scale.at(mark.from), scale.at(mark.to)].sort((p, q) => p - q);
      return `<rect x="${(x0 + width * a).toFixed(1)}" width="${(width * (b - a)).toFixed(1)}" y="${y - 7}" height="14" fill="${color}" fill-opacity="${mark.faint ? 0.4 : 0.85}"/>`;
    }
    case 'tick':
      return `<line x1="${x(mark.at)}" x2="${x(mark.at)}" y1="${y - 8}" y2="${y + 8}" stroke="${color}" stroke-width="2"/>`;
    case 'notch':
      return `<path d="M${x(mark.at)} ${y + 4} l4.5 8 h-9 z" fill="none" stroke="${color}" stroke-width="1.5"/>`;
    default:
      return `<circle cx="${x(mark.at)}" cy="${y}" r="5.5" fill="${color}"/>`;
  }
}

function text_width(text) {
  const context = document.createElement('canvas').getContext('2d');
  context.font = `14px ${sans}`;
  return context.measureText(text).width;
}

// rows: { label, marks, value, note }; the picture of a whole strip chart.
export function strip_drawing(scale, rows, legend = '') {
  const width = 900;
  const label_width = Math.min(420, Math.max(...rows.map((row) => text_width(row.label))) + 28);
  const value_width = Math.min(300, Math.max(...rows.map((row) => text_width(`${row.value}  ${row.note ?? ''}`))) + 30);
  const track_width = width - label_width - value_width;
  const row_height = 30;
  const top = legend ? 46 : 24;
  const height = top + rows.length * row_height + 8;
  const parts = [];
  if (legend) parts.push(`<text x="0" y="14" font-size="12.5" fill="${light.muted}">${escaped(legend)}</text>`);
  for (const tick of scale.ticks) {
    const x = (label_width + track_width * scale.at(tick.value)).toFixed(1);
    parts.push(
      `<line x1="${x}" x2="${x}" y1="${top}" y2="${height - 8}" stroke="${tick.strong ? light.muted : light.grid}"/>`,
      `<text x="${x}" y="${top - 6}" font-size="12" text-anchor="middle" fill="${light.muted}">${escaped(tick.label)}</text>`,
    );
  }
  rows.forEach((row, i) => {
    const y = top + row_height * (i + 0.5);
    parts.push(
      `<text x="0" y="${y + 5}" font-size="14" fill="${light.ink}" xml:space="preserve">${escaped(row.label)}</text>`,
      ...row.marks.map((mark) => mark_svg(scale, mark, label_width, track_width, y)),
      `<text x="${width - value_width + 14}" y="${y + 5}" font-size="14" fill="${light.ink}">${escaped(row.value)}` +
        `<tspan fill="${light.muted}" dx="8">${escaped(row.note ?? '')}</tspan></text>`,
    );
  });
  return { width, height, svg: parts.join('') };
}
