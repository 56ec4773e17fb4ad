// What a reader takes away: a chart's numbers as CSV, its picture as SVG or PNG.
import { escaped } from './dom.js';
import { wrapped } from './format.js';
import { light } from './palette.js';
import { sans } from './theme.js';

function save(name, blob) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

// Cells that a spreadsheet would run as a formula are made text.
function cell(value) {
  if (value === null || value === undefined) return '';
  let text = String(value);
  if (typeof value === 'string' && /^[=+\-@\t\r]/.test(text) && !Number.isFinite(Number(text))) text = `'${text}`;
  return /[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

export const csv_text = ({ columns, rows }) =>
  [columns, ...rows].map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n';

export function save_csv(name, table) {
  save(`${name}.csv`, new Blob(['\ufeff', csv_text(table)], { type: 'text/csv;charset=utf-8' }));
}

// The page's own type, so that a picture looks the same outside it.
function font_face() {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  const face = rules.find((rule) => rule instanceof CSSFontFaceRule && rule.cssText.includes('Detente Sans'));
  return face ? `<style>${escaped(face.cssText)}</style>` : '';
}

// A drawing with its title above and its source below, on paper: what stands alone outside the page.
export function framed_svg({ title, subtitle, source, width, height, drawing }) {
  const margin = 24;
  const texts = [];
  let y = margin;
  const write = (text, size, color, weight) => {
    for (const line of wrapped(text, Math.floor((width * 2.05) / size))) {
      y += size * 1.25;
      texts.push(
        `<text x="${margin}" y="${y.toFixed(1)}" font-size="${size}" font-weight="${weight}" fill="${color}">${escaped(line)}</text>`,
      );
    }
  };
  write(title, 21, light.ink, 600);
  y += 5;
  if (subtitle) write(subtitle, 14, light.muted, 400);
  const top = y + 14;
  y = top + height + 6;
  write(source, 11.5, light.muted, 400);
  const total = Math.ceil(y + margin);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width + 2 * margin}" height="${total}" ` +
    `viewBox="0 0 ${width + 2 * margin} ${total}" font-family="${escaped(sans)}">` +
    `${font_face()}<rect width="100%" height="100%" fill="${light.paper}"/>${texts.join('')}` +
    `<g transform="translate(${margin} ${top.toFixed(1)})">${drawing}</g></svg>`
  );
}

export const save_svg = (name, svg) => save(`${name}.svg`, new Blob([svg], { type: 'image/svg+xml' }));

export async function save_png(name, svg) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = 2 * image.width;
  canvas.height = 2 * image.height;
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => save(`${name}.png`, blob), 'image/png');
}
