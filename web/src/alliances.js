// The alliances in force on a date: how old, how strong, what passed between the two lately, and what is open.
import { alliance_columns, lately_marks, lately_scale } from './alliances_columns.js';
import { alliances_findings } from './alliances_findings.js';
import { other_rules } from './alliances_rules.js';
import { h, section } from './dom.js';
import { fixed, plural } from './format.js';
import { frame } from './frame.js';
import { sortable } from './sortable.js';
import { strip_drawing } from './strip.js';

// The listing with names and numbers in place, whatever it leaves out.
function listing_of({ listing, name }) {
  const list = (listing.list ?? []).map((one) => {
    const [first, second] = [one.a_name ?? name(one.a), one.b_name ?? name(one.b)];
    return {
      ...one,
      first,
      second,
      names: `${first} and ${second}`,
      age: one.age ?? one.age_days ?? null,
      cooperation: one.recent_cooperation ?? one.cooperation_90d ?? 0,
      conflict: one.recent_conflict ?? one.conflict_90d ?? 0,
    };
  });
  const named = (names) => list.filter((one) => one.names === names).length;
  for (const one of list) one.label = named(one.names) > 1 ? `${one.names} (${one.kind})` : one.names;
  return {
    ...listing,
    list,
    half_life: listing.half_life ?? listing.halflife_days ?? null,
    recent: listing.recent ?? 90,
  };
}

export function alliances(result, source) {
  const { clock } = result;
  const listing = listing_of(result);
  const { list } = listing;
  const top = alliances_findings(result, listing);
  if (list.length === 0) return [top];
  const scale = lately_scale(list);
  const columns = alliance_columns(listing, clock, scale);
  const title = `${plural(list.length, 'alliance')} in force ${clock.on(result.as_of)}${listing.inferred_by ? ', recorded or inferred from events' : ''}`;
  const data = [
    'tie_id',
    'a',
    'b',
    'a_name',
    'b_name',
    'kind',
    'since',
    'age',
    'strength',
    'cooperation',
    'conflict',
    'ledger',
    'open_slights_a',
    'open_slights_b',
    'events_behind',
  ];
  return [
    top,
    section(
      'alliances',
      'Every alliance',
      'Strength is faded net cooperation. The ledger is help given less help received. Open slights are conflict that an actor received and has not returned. The head of a column sorts by it.',
      frame({
        name: `alliances-${listing.as_of}`,
        source,
        title,
        subtitle: listing.half_life
          ? `What was done counts by its intensity and fades by half in ${clock.span(listing.half_life)}${listing.ledger_half_life ? `, in the ledger in ${clock.span(listing.ledger_half_life)}` : ''}`
          : null,
        body: h(
          'div',
          {},
          sortable(list, columns, {
            caption: title,
            first: 'strength',
            row_attributes: (one) => ({ 'data-tie': one.tie_id ?? `${one.a} ${one.b}` }),
          }),
        ),
        table: () => ({
          columns: [...data, 'last_event'],
          rows: list.map((one) => [...data.map((c) => one[c]), one.last_event?.date ?? null]),
        }),
        drawing: () =>
          strip_drawing(
            scale,
            [...list]
              .sort((p, q) => q.strength - p.strength)
              .map((one) => ({
                label: one.names,
                marks: lately_marks(one),
                value: fixed(one.strength, 1),
                note: one.kind,
              })),
            `Last ${clock.span(listing.recent)}: conflict to the left, cooperation to the right; beside it the strength`,
          ),
      }),
    ),
    other_rules(listing, clock, source),
  ];
}
