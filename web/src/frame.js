// A chart with everything that belongs to it: title, a line on how to read it, the same in words, data and picture.
//   body     element that holds the chart
//   table    () → { columns, rows } for the CSV
//   drawing  () → { width, height, svg } for the pictures, which carry `note` in place of the subtitle if there is one;
//            a table has none
import { h } from './dom.js';
import { framed_svg, save_csv, save_png, save_svg } from './export.js';

let counter = 0;

export function frame({
  name,
  title,
  subtitle,
  source,
  controls = null,
  body,
  table,
  drawing = null,
  note = null,
  after = null,
}) {
  counter += 1;
  const id = `figure-${counter}`;
  const text = (value) => (typeof value === 'function' ? value() : value);
  const picture = () => {
    const { width, height, svg } = drawing();
    return framed_svg({ title: text(title), subtitle: text(note ?? subtitle), source, width, height, drawing: svg });
  };
  const button = (label, meaning, click) =>
    h('button', { type: 'button', class: 'tool', 'aria-label': `${meaning}: ${text(title)}`, on: { click } }, label);
  return h(
    'figure',
    { id, class: 'chart', 'data-name': name },
    h('figcaption', {}, h('h3', {}, text(title)), subtitle ? h('p', { class: 'subtitle' }, text(subtitle)) : null),
    controls,
    body,
    after,
    h(
      'div',
      { class: 'tools' },
      button('Data (CSV)', 'Data as CSV', () => save_csv(name, table())),
      drawing ? button('Picture (SVG)', 'Picture as SVG', () => save_svg(name, picture())) : null,
      drawing ? button('Picture (PNG)', 'Picture as PNG', () => save_png(name, picture())) : null,
    ),
  );
}
