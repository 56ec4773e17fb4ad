// One actor in parts: every component of the indices, with the events behind it and its shrinkage
// (1 = the actor's own events alone, 0 = the average alone).
import { h, section } from './dom.js';
import { capital, known, percent, plural, span_of } from './format.js';
import { frame } from './frame.js';
import { marks_of, signed } from './profile_data.js';
import { linear_scale, strip_drawing } from './strip.js';
import { strip_list } from './strip_list.js';

// Each component once, with the indices that it is part of.
function components_of(indices) {
  const found = new Map();
  for (const index of indices)
    for (const part of index.components ?? []) {
      const one = found.get(part.key) ?? { ...part, indices: [] };
      one.indices.push(index.label);
      found.set(part.key, one);
    }
  return [...found.values()];
}

function scale_of(block, parts) {
  const values = block.shown
    .flatMap((actor) => parts.flatMap(({ key }) => [actor.components?.[key]?.low, actor.components?.[key]?.high]))
    .filter(known);
  const scale = linear_scale(Math.min(-1, ...values), Math.max(1, ...values), (value) => signed(value, 0), 4);
  scale.ticks.forEach((tick) => {
    tick.strong = tick.value === 0;
  });
  return scale;
}

function figure(actor, parts, scale, block, source) {
  const rows = parts
    .filter(({ key }) => known(actor.components?.[key]?.value))
    .map((part) => {
      const one = actor.components[part.key];
      const behind = [
        Number.isFinite(one.events) ? plural(one.events, 'event') : null,
        known(one.shrinkage) ? `${percent(one.shrinkage)} its own` : null,
      ].filter(Boolean);
      return {
        label: capital(part.label ?? part.key),
        small: behind.join(', '),
        marks: marks_of(one),
        value: signed(one.value),
        note: span_of([one.low, one.high], signed),
      };
    });
  if (rows.length === 0) return h('p', {}, 'The result holds no components for this actor.');
  return frame({
    name: `profile-${actor.id}`,
    source,
    title: `${actor.name}: what the indices are made of`,
    subtitle: `In standard deviations between actors, with the ${block.level}; estimated from ${plural(actor.events, 'recorded event')}`,
    body: strip_list(rows, scale, { sides: ['\u2190 less than the average actor', 'more \u2192'] }),
    drawing: () =>
      strip_drawing(
        scale,
        rows.map((row) => ({ ...row, label: row.label })),
      ),
    table: () => ({
      columns: ['id', 'name', 'component', 'coefficient', 'value', 'low', 'high', 'events', 'shrinkage'],
      rows: parts.map((part) => {
        const one = actor.components?.[part.key] ?? {};
        return [
          actor.id,
          actor.name,
          part.key,
          part.coefficient,
          one.value ?? null,
          one.low ?? null,
          one.high ?? null,
          one.events ?? null,
          one.shrinkage ?? null,
        ];
      }),
    }),
  });
}

export function actor_parts(block, source) {
  const parts = components_of(block.indices);
  const actors = block.shown.filter((actor) => Object.keys(actor.components ?? {}).length);
  if (actors.length === 0 || parts.length === 0) return null;
  const scale = scale_of(block, parts);
  const body = h('div', {});
  const select = h(
    'select',
    { id: 'actor-select', on: { change: () => draw() } },
    actors.map((actor) => h('option', { value: actor.id }, `${actor.name} (${plural(actor.events, 'event')})`)),
  );
  const draw = () =>
    body.replaceChildren(
      figure(
        actors.find(({ id }) => id === select.value),
        parts,
        scale,
        block,
        source,
      ),
    );
  draw();
  return section(
    'actor',
    'One actor in parts',
    'The coefficients behind the indices, and how much of each estimate is the actor’s own: the rest is what all actors have in common, towards which an estimate is drawn where the record says little.',
    h('p', { class: 'picks' }, h('label', { for: 'actor-select' }, 'Actor '), select),
    body,
  );
}
