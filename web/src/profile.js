// Profiles: one panel for each index, all on one scale; then change over time, one actor in parts, and what makes
// each index.
import { h, section } from './dom.js';
import { listed, ordinal, plural, span_of } from './format.js';
import { frame } from './frame.js';
import { actor_parts } from './profile_actor.js';
import { marks_of, profiled, ranked, signed } from './profile_data.js';
import { profile_findings } from './profile_findings.js';
import { made_of } from './profile_parts.js';
import { over_time } from './profile_windows.js';
import { strip_drawing } from './strip.js';
import { folded, strip_list } from './strip_list.js';

const first_shown = 12;

function rows_of(block, key) {
  return ranked(block, key).map((actor) => {
    const one = actor.indices[key];
    const rank = Number.isFinite(one.rank) ? ordinal(one.rank) : null;
    return {
      label: actor.name,
      small: `${plural(actor.events, 'event')}${rank ? `, ${rank}` : ''}`,
      marks: marks_of(one),
      value: signed(one.value),
      note: span_of([one.low, one.high], signed),
    };
  });
}

function panel(block, index, source) {
  const rows = rows_of(block, index.key);
  if (rows.length === 0) return null;
  const body = strip_list(rows, block.scale, { kind: 'panel' });
  return frame({
    name: `profile-${index.key}`,
    source,
    title: index.label,
    subtitle: index.text ?? null,
    note: `${index.text ?? ''} In standard deviations between actors, with the ${block.level}; 0 is the average actor.`.trim(),
    body,
    after: folded([...body.querySelectorAll('.ranking > li')], first_shown, 'actors'),
    table: () => ({
      columns: ['index', 'id', 'name', 'kind', 'events', 'value', 'low', 'high', 'rank', 'rank_low', 'rank_high'],
      rows: ranked(block, index.key).map((actor) => {
        const one = actor.indices[index.key];
        return [
          index.key,
          actor.id,
          actor.name,
          actor.kind,
          actor.events,
          one.value,
          one.low,
          one.high,
          one.rank ?? null,
          one.rank_low ?? null,
          one.rank_high ?? null,
        ];
      }),
    }),
    drawing: () =>
      strip_drawing(
        block.scale,
        rows.map((row) => ({ ...row, label: `${row.label} (${row.small})` })),
      ),
  });
}

function not_shown(block) {
  const { hidden } = block;
  if (hidden.length === 0) return null;
  const said = (actor) =>
    h(
      'li',
      {},
      `${actor.name}: ${plural(actor.events, 'event')}${Number.isFinite(actor.needed) ? `, ${actor.needed} more needed` : ''}`,
    );
  return h(
    'details',
    { class: 'list', id: 'not-shown', open: hidden.length <= 12 },
    h('summary', {}, `${plural(hidden.length, 'actor')} not shown: too little is recorded of them`),
    block.minimum_events
      ? h(
          'p',
          { class: 'small' },
          `An actor is shown from ${plural(block.minimum_events, 'recorded event')} on. With fewer, an estimate would say more about the other actors than about this one.`,
        )
      : null,
    h('ul', { class: 'columned' }, hidden.map(said)),
  );
}

export function profile(result, source) {
  const block = profiled(result);
  const panels = block.indices.map((index) => panel(block, index, source)).filter(Boolean);
  const ego = block.indices
    .filter(({ key }) => key.startsWith('ego') || /acclaim|dominat/.test(key))
    .map(({ label }) => label);
  return [
    profile_findings(result, block),
    section(
      'profiles',
      'Every actor, index by index',
      panels.length
        ? `In standard deviations between actors, with the ${block.level}: 0 is the average actor, on the same scale in every panel. Grey where the interval holds 0. A rank is given only where the intervals allow one.`
        : 'Nobody has enough recorded events for an estimate.',
      h('div', { class: 'panels' }, panels),
      ego.length > 1 && panels.length
        ? h(
            'p',
            { class: 'small' },
            `${ego[0]} is the whole of which ${listed(ego.slice(1).map((label) => label.toLowerCase()))} are parts.`,
          )
        : null,
      not_shown(block),
    ),
    over_time(block, source),
    actor_parts(block, source),
    made_of(block),
  ];
}
