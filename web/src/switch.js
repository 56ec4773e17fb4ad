// The switch between the results of a page: buttons for a few, a list for many.
import { h } from './dom.js';
import { label_of } from './results.js';

const most_buttons = 5;

const name_of = (results) => (results.every((result) => result.forecast) ? 'Forecast' : 'Result');

const buttons = (results, chosen, choose) =>
  h(
    'fieldset',
    { class: 'switch' },
    h('legend', {}, name_of(results)),
    results.map((result) =>
      h(
        'label',
        {},
        h('input', {
          type: 'radio',
          name: 'result',
          value: result.index,
          checked: result === chosen,
          on: { change: () => choose(result) },
        }),
        h('span', {}, label_of(result, results)),
      ),
    ),
  );

function list(results, chosen, choose) {
  const select = h(
    'select',
    { id: 'result-select', on: { change: () => choose(results[Number(select.value)]) } },
    results.map((result) =>
      h('option', { value: result.index, selected: result === chosen }, label_of(result, results)),
    ),
  );
  return h('p', { class: 'switch' }, h('label', { for: 'result-select' }, `${name_of(results)} `), select);
}

export function switch_between(results, chosen, choose) {
  if (results.length < 2) return null;
  return results.length > most_buttons ? list(results, chosen, choose) : buttons(results, chosen, choose);
}
