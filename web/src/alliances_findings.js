// Which alliances are strong, strained, one-sided or quiet, in sentences.
import { h, strong } from './dom.js';
import { capital, counted, fixed, listed, plural } from './format.js';

const first = (list, count, said) =>
  listed([...list.slice(0, count).map(said), ...(list.length > count ? [counted(list.length - count, 'other')] : [])]);
const by = (list, value) => [...list].sort((p, q) => value(q) - value(p));

function findings_of(list, lately) {
  const strained = by(
    list.filter((one) => one.conflict > one.cooperation),
    (one) => one.conflict - one.cooperation,
  );
  const quiet = by(
    list.filter((one) => one.conflict + one.cooperation === 0),
    (one) => one.age ?? 0,
  );
  const uneven = by(
    list.filter((one) => Math.abs(one.ledger ?? 0) >= 0.05),
    (one) => Math.abs(one.ledger),
  );
  const open = by(
    list.filter((one) => one.open_slights_a > 0 || one.open_slights_b > 0),
    (one) => (one.open_slights_a ?? 0) + (one.open_slights_b ?? 0),
  );
  const strongest = by(list, (one) => one.strength ?? -Infinity);
  return [
    ['Strongest. ', `${first(strongest, 3, (one) => `${one.label} (${fixed(one.strength, 1)})`)}.`],
    [
      'Under strain. ',
      strained.length
        ? `More conflict than cooperation in the last ${lately}: ${first(strained, 3, (one) => `${one.label} (${one.conflict} against ${one.cooperation})`)}.`
        : `In none was there more conflict than cooperation in the last ${lately}.`,
    ],
    uneven.length
      ? [
          'One-sided. ',
          `The ledger leans most between ${first(uneven.slice(0, 2), 2, (one) => `${one.label} (${one.ledger > 0 ? one.first : one.second} gave ${fixed(Math.abs(one.ledger), 1)} more)`)}.`,
        ]
      : null,
    [
      'Open slights. ',
      open.length
        ? `${capital(counted(open.length, 'alliance has', 'alliances have'))} conflict that was received and not returned: ${first(open, 3, (one) => one.label)}.`
        : 'No conflict was left without an answer.',
    ],
    quiet.length
      ? ['Quiet. ', `Nothing is recorded in the last ${lately} between ${first(quiet, 2, (one) => one.label)}.`]
      : null,
  ].filter(Boolean);
}

const words_for = (count) => counted(count, '', '').trim();

export function alliances_findings(result, { list, recent, inferred_by }) {
  const { clock } = result;
  const strained = list.filter((one) => one.conflict > one.cooperation).length;
  const title =
    list.length === 0
      ? `No alliance in force ${clock.on(result.as_of)}`
      : `${plural(list.length, 'alliance')} in force${strained ? `, ${words_for(strained)} under strain` : ''}`;
  return h(
    'section',
    { id: 'findings', 'aria-labelledby': 'findings-title' },
    h('p', { class: 'kicker' }, `Alliances as of ${clock.long(result.as_of)}`),
    h('h1', { id: 'findings-title', tabindex: '-1' }, title),
    h(
      'p',
      { class: 'standfirst' },
      `What ${result.evidence} say of them.${inferred_by ? ` Where no tie is recorded, an alliance is inferred: it begins when faded net cooperation reaches ${fixed(inferred_by.start, 1)} and ends when it falls below ${fixed(inferred_by.end, 1)}.` : ''}`,
    ),
    list.length
      ? h(
          'ol',
          { class: 'findings' },
          findings_of(list, clock.span(recent)).map(([head, text]) => h('li', {}, h('p', {}, strong(head), text))),
        )
      : null,
  );
}
