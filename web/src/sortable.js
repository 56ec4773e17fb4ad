// A table that a reader can put in order by any column: by its head, or on a phone by a list.
//   columns: { key, label, hint, value(row) to sort by, cell(row) to show, head: names the row,
//              text: begins at the left, and is put in order upwards unless `newest` }
import { h } from './dom.js';

let counter = 0;

function compare(column, downwards) {
  const sign = downwards ? -1 : 1;
  return (p, q) => {
    const [a, b] = [column.value(p), column.value(q)];
    if (a === b) return 0;
    if (a === null || a === undefined || Number.isNaN(a)) return 1;
    if (b === null || b === undefined || Number.isNaN(b)) return -1;
    return (a < b ? -1 : 1) * sign;
  };
}

function downwards_first(columns, key) {
  const column = columns.find((one) => one.key === key);
  return !column.text || column.newest === true;
}

export function sortable(rows, columns, { caption, first, row_attributes = () => ({}) }) {
  counter += 1;
  let order = null;
  const body = h('tbody', {});
  const heads = columns.map((column) =>
    h(
      'th',
      { scope: 'col', class: column.text ? '' : 'number' },
      h(
        'button',
        { type: 'button', class: 'sort', title: column.hint, on: { click: () => turn(column.key) } },
        column.label,
      ),
    ),
  );
  const id = `sort-${counter}`;
  const select = h(
    'select',
    { id, on: { change: () => sort(select.value, downwards_first(columns, select.value)) } },
    columns.map(({ key, label }) => h('option', { value: key, selected: key === first }, label)),
  );
  const cell = (column, row) =>
    column.head
      ? h('th', { scope: 'row' }, column.cell(row))
      : h('td', { class: column.text ? 'text' : 'number', 'data-label': column.label }, column.cell(row));
  const drawn = new Map(
    rows.map((row) => [
      row,
      h(
        'tr',
        row_attributes(row),
        columns.map((column) => cell(column, row)),
      ),
    ]),
  );
  const sort = (key, downwards) => {
    order = { key, downwards };
    const column = columns.find((one) => one.key === key);
    body.replaceChildren(...[...rows].sort(compare(column, downwards)).map((row) => drawn.get(row)));
    heads.forEach((head, i) => {
      if (columns[i].key === key) head.setAttribute('aria-sort', downwards ? 'descending' : 'ascending');
      else head.removeAttribute('aria-sort');
    });
    select.value = key;
  };
  const turn = (key) => {
    sort(key, order.key === key ? !order.downwards : downwards_first(columns, key));
  };
  sort(first, downwards_first(columns, first));
  return [
    h('p', { class: 'picks on-phone' }, h('label', { for: id }, 'Sort by '), select),
    h(
      'table',
      { class: 'figures sortable' },
      h('caption', { class: 'hidden' }, caption),
      h('thead', {}, h('tr', {}, heads)),
      body,
    ),
  ];
}
