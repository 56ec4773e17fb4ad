// Which settings move a read-out: Morris's mu* with sigma, or Sobol's first-order and total indices.
import { section } from './dom.js';
import { plural } from './format.js';
import { frame } from './frame.js';
import { label_of, short_number } from './simulation_data.js';
import { linear_scale, strip_drawing } from './strip.js';
import { folded, strip_list } from './strip_list.js';

const first_shown = 12;

const methods = {
  morris: {
    size: (row) => row.absolute,
    marks: (row) => [
      { kind: 'bar', from: 0, to: row.absolute, tone: 'muted' },
      { kind: 'dot', at: row.spread, tone: 'ink' },
    ],
    note: (row) => `σ ${short_number(row.spread)}`,
    reach: (row) => [row.absolute, row.spread],
    text: 'Bars: mean absolute elementary effect, μ* (Morris 1991; Campolongo 2007). Dots: σ, the spread of the effects; where it is large against μ*, the effect depends on the other settings.',
    columns: ['mean', 'absolute', 'spread'],
  },
  sobol: {
    size: (row) => row.total,
    marks: (row) => [
      { kind: 'bar', from: 0, to: Math.max(0, row.total), tone: 'muted', faint: true },
      { kind: 'bar', from: 0, to: Math.max(0, row.first), tone: 'ink' },
    ],
    note: (row) => `first ${short_number(row.first)}`,
    reach: (row) => [row.first, row.total],
    text: 'Pale bars: total index; dark bars: first-order index (Sobol). Pale beyond dark is what the setting does together with others.',
    columns: ['first', 'total'],
  },
};

function figure(output, given, method, name, source) {
  const rows = [...given].sort((p, q) => method.size(q) - method.size(p));
  const reach = Math.max(...rows.flatMap(method.reach).filter(Number.isFinite), 0) || 1;
  const scale = linear_scale(0, reach, short_number);
  const drawn = rows.map((row) => ({
    label: row.input,
    marks: method.marks(row),
    value: short_number(method.size(row)),
    note: method.note(row),
  }));
  const body = strip_list(drawn, scale);
  return frame({
    name: `sensitivity-${output}`,
    source,
    title: label_of(output, name),
    subtitle: method.text,
    body,
    after: folded([...body.querySelectorAll('.ranking > li')], first_shown, 'settings'),
    table: () => ({
      columns: ['output', 'input', ...method.columns],
      rows: rows.map((row) => [row.output, row.input, ...method.columns.map((key) => row[key])]),
    }),
    drawing: () => strip_drawing(scale, drawn),
  });
}

export function sensitivity(result, block, source) {
  const given = block.sensitivity;
  const method = methods[given?.method];
  if (!method || !given.rows?.length) return null;
  const outputs = [...new Set(given.rows.map((row) => row.output))];
  return section(
    'sensitivity',
    'What it hangs on',
    `Every setting varied over its range, ${plural(given.runs, 'run')}; the effect on each read-out at the end.`,
    outputs.map((output) =>
      figure(
        output,
        given.rows.filter((row) => row.output === output),
        method,
        result.name,
        source,
      ),
    ),
  );
}
