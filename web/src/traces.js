// What did it say, and when?  Each tie's forecast from date to date, with the day on which it ruptured.
import { h, section } from './dom.js';
import { plural } from './format.js';
import { frame } from './frame.js';
import { scale_of, tale, traces_chart, windows_of } from './traces_chart.js';

const most = 24; // panels at a time
const first_shown = 9;

// All that ruptured, in order of time, as many at once as can be looked at.
function in_parts(happened, words) {
  const all = `Every ${words.subject} that ${words.did}`;
  if (happened.length <= most) return [{ value: 'happened', label: `${all} (${happened.length})`, lines: happened }];
  return Array.from({ length: Math.ceil(happened.length / most) }, (_, i) => {
    const lines = happened.slice(i * most, (i + 1) * most);
    return {
      value: `happened ${i}`,
      label: `${all}: ${i * most + 1} to ${i * most + lines.length} of ${happened.length}`,
      lines,
    };
  });
}

function choices_of(block) {
  const { lines, words } = block;
  const happened = lines.filter((line) => line.happened !== null).sort((p, q) => p.happened - q.happened);
  const feared = [...lines].sort((p, q) => q.highest - p.highest);
  const groups = [
    ...in_parts(happened, words),
    {
      value: 'feared',
      label: `The ${Math.min(first_shown, feared.length)} highest forecasts`,
      lines: feared.slice(0, first_shown),
    },
    {
      value: 'false',
      label: `The highest forecasts of what did not follow`,
      lines: feared.filter((line) => line.happened === null).slice(0, first_shown),
    },
  ].filter((group) => group.lines.length);
  const single = [...lines]
    .sort((p, q) => (p.names < q.names ? -1 : 1))
    .map((line) => ({
      value: `tie ${line.key}`,
      label: `${line.names}${line.happened !== null ? ' \u2715' : ''}`,
      lines: [line],
    }));
  return { groups, single };
}

function long(time, clock) {
  const days = Math.round(time / clock.unit);
  return clock.kind === 'calendar' && days > 1000 ? `${Math.round(days / 365.25)} years` : clock.span(days);
}

function figure(block, lines, label, source) {
  const large = lines.length === 1;
  const { words, clock } = block;
  const windows = windows_of(lines, block.horizon_days * clock.unit);
  const scale = scale_of(lines);
  const drawn = traces_chart(block, lines, windows, scale);
  const level = `${Math.round(100 * block.interval)}\u00a0% interval`;
  const legend = h(
    'p',
    { class: 'legend' },
    h('span', {}, h('i', { class: 'key line ink' }), 'forecast'),
    h('span', {}, h('i', { class: 'key interval' }), level),
    h('span', {}, h('i', { class: 'key line muted' }), 'constant rate'),
    large ? h('span', {}, h('i', { class: 'key line dots' }), words.age) : null,
    lines.some((line) => line.happened !== null)
      ? h('span', { class: 'conflict' }, `\u2715 ${words.one}, and the ${clock.span(block.horizon_days)} before`)
      : null,
  );
  const columns = [
    'as_of',
    'tie_id',
    'a',
    'b',
    'name',
    'kind',
    'probability',
    'low',
    'high',
    'constant',
    'duration',
    'outcome',
    'what',
    'time',
    'rank',
    'at_risk',
  ];
  const subtitle = `Chance of a ${words.one} within ${clock.span(block.horizon_days)}, as it was said on each date${scale.squared ? ', on a scale of square roots' : ''}${windows.cut ? `; of longer ones, the last ${long(windows.length, clock)}` : ''}`;
  return frame({
    name: `${words.prefix}traces`,
    source,
    title: label,
    subtitle,
    note: `${subtitle}. Line: forecast; band: ${level}; dashed: constant rate; \u2715: ${words.one}.`,
    controls: legend,
    body: drawn.element,
    drawing: () => drawn.drawing(),
    table: () => ({ columns, rows: lines.flatMap((line) => line.points.map((f) => columns.map((c) => f[c]))) }),
    after: large ? h('p', { class: 'said' }, tale(lines[0], block)) : null,
  });
}

export function traces(block, source) {
  const { words } = block;
  if (block.lines.length === 0) return null;
  const { groups, single } = choices_of(block);
  const all = [...groups, ...single];
  const body = h('div', {});
  const id = `${words.prefix}trace-select`;
  const option_of = ({ value, label }) => h('option', { value }, label);
  const select = h(
    'select',
    { id, on: { change: () => draw() } },
    h('optgroup', { label: 'Together, on one scale' }, groups.map(option_of)),
    h('optgroup', { label: `One ${words.subject}` }, single.map(option_of)),
  );
  const draw = () => {
    const { lines, label } = all.find(({ value }) => value === select.value);
    body.replaceChildren(figure(block, lines, label.replace(' \u2715', ''), source));
  };
  draw();
  return section(
    `${words.prefix}traces`,
    'What did it say, and when?',
    `${plural(block.lines.length, words.subject)} were forecast from date to date. A line that rises before the cross saw it coming; one that rises with no cross was a false alarm.`,
    h('p', { class: 'picks' }, h('label', { for: id }, 'Show '), select),
    body,
  );
}
