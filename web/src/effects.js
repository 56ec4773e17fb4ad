// Effects in words.  The formula stays beside the words, since the words are only a gloss of it.
// x: the trace, tie or attribute it reads; who: whose (the one who acts, the one acted on, or both);
// directed: the effect is read from one actor to the other and not for a tie between two.
const words = {
  inertia: ({ x, directed }) => `past ${x || 'acts'} ${directed ? 'towards the other' : 'between the two'}`,
  reciprocity: ({ x }) => `${x || 'acts'} received from the other`,
  recency: ({ back }) => (back ? 'how recently the other acted' : 'how recently they acted'),
  unanswered_slights: () => 'slights left unanswered',
  ledger: () => 'help given less help received',
  tie: ({ x }) => (x === 'cooperative' || !x ? `a ${x} tie in force`.replace('  ', ' ') : `${x} in force`),
  tie_age: ({ x }) => `age of the ${x || 'tie'}`,
  tie_degree: ({ x, who }) => `ties of ${who} (${x || 'cooperative'})`,
  shared_ties: ({ x }) => `others with whom both have a ${x || 'cooperative'} tie`,
  in_degree: ({ x, who }) => `how much is done towards ${who}${x ? ` (${x})` : ''}`,
  out_degree: ({ x, who }) => `how active ${who} ${who === 'both' ? 'are' : 'is'}${x ? ` (${x})` : ''}`,
  total_degree: ({ x, who }) => `how busy ${who} ${who === 'both' ? 'are' : 'is'}${x ? ` (${x})` : ''}`,
  activity_share: ({ who }) => `the share of all acts by ${who}`,
  attention_share: ({ who }) => `the share of attention on ${who}`,
  total_share: ({ x }) => `the share of all ${x || 'acts'} between the two`,
  degree_min: ({ x }) => `${x || 'acts'} of the less active of the two`,
  degree_max: ({ x }) => `${x || 'acts'} of the more active of the two`,
  degree_difference: ({ x }) => `difference between the two in ${x || 'acts'}`,
  otp: () => 'chains of acts through others',
  itp: () => 'chains of acts that come back through others',
  osp: () => 'others whom both act towards',
  isp: () => 'others who act towards both',
  sp: () => 'others whom both have met',
  four_cycle: () => 'paths of three acts that a tie would close',
  node_transitivity: ({ who }) => `transitive triads that ${who} ${who === 'both' ? 'are' : 'is'} the source of`,
  partner_similarity: ({ x }) => `how alike the partners of the two are${x ? ` (${x})` : ''}`,
  shift: ({ x }) => `whose turn it is (${x})`,
  recency_rank: ({ back }) => `how far up the list of ${back ? 'those who last acted towards it' : 'its last partners'} the other stands`,
  last_act: ({ who }) => `how recent the last act of ${who} is`,
  shared_ally: () => 'allies in common',
  shared_enemy: () => 'enemies in common',
  friend_of_enemy: () => 'cooperation with the other’s rivals',
  enemy_of_friend: () => 'conflict with the other’s friends',
  same: ({ x }) => `same ${x}`,
  abs_difference: ({ x }) => `difference in ${x}`,
  difference: ({ x }) => `${x}, how much more than the other`,
  mean: ({ x }) => `mean ${x} of the two`,
  larger: ({ x }) => `the larger ${x} of the two`,
  smaller: ({ x }) => `the smaller ${x} of the two`,
  product: ({ x }) => `${x} of the one times that of the other`,
  distance: ({ x }) => `distance in ${x}`,
  alignment: ({ x }) => `how alike the two are in ${x}`,
  neighbours_mean: ({ x, who }) => `what the neighbours of ${who} are like (${x})`,
  neighbours_difference: ({ x }) => `how far one is from the neighbours of the other (${x})`,
  of_pair: ({ x }) => `${x} between the two`,
  series: ({ x }) => `${x} at the time`,
  weekday: ({ x }) => `day of the week: ${x}`,
  month: ({ x }) => `month ${x}`,
  time: () => 'the passing of time',
  send: ({ x }) => `${x}, of the one who acts`,
  receive: ({ x }) => `${x}, of the one acted on`,
  baseline: () => 'base rate',
};
const acting = { sender: 'the one who acts', receiver: 'the one acted on', both: 'both', smaller: 'the one with fewer', larger: 'the one with more' };
const transforms = new Set(['log1p', 'sqrt']);

// The base rate is no factor: it is the hazard itself, where all effects are zero.
export const is_baseline = (effect) => /^baseline( \[|$)/.test(effect);

// The parts of an interaction a:b, outside brackets.
function split_interaction(text) {
  const parts = [''];
  let depth = 0;
  for (const c of text) {
    if (c === '(') depth += 1;
    if (c === ')') depth -= 1;
    if (c === ':' && depth === 0) parts.push('');
    else parts[parts.length - 1] += c;
  }
  return parts;
}

function years(days) {
  const count = days / 365.25;
  return Number.isInteger(count) ? (count === 1 ? 'a year' : `${count} years`) : `${Math.round(10 * days) / 10} days`;
}

// A step of the base rate, which a tie has reached or has not.
function age_in_words(from, unit, value) {
  return `the tie is ${value === 0 ? 'younger' : 'older'} than ${unit ? years(Number(from)) : from}`;
}

function one_in_words(text, { value, directed }) {
  const age = /^age >= ([\d.]+)(d?)$/.exec(text);
  if (age) return age_in_words(age[1], age[2], value);
  const call = /^\s*([A-Za-z_]\w*)\s*(?:\((.*)\))?\s*$/.exec(text);
  if (!call) return text;
  const [, name, inside = ''] = call;
  if (transforms.has(name) && inside) return one_in_words(inside, { directed });
  if (!words[name]) return text;
  const given = inside.split(',').map((argument) => argument.trim());
  const of = given
    .find((argument) => /^of\s*=/.test(argument))
    ?.split('=')[1]
    .trim();
  const x = (given.find((argument) => argument && !/^(of|unique|weight|by|way)\s*=/.test(argument)) ?? '')
    .replace(/_/g, ' ')
    .replace(/\s*=\s*/, ' = ');
  const back = given.some((argument) => /^(way\s*=\s*)?back$/.test(argument));
  return words[name]({ x, who: acting[of] ?? 'an actor', directed, back });
}

// The same read for sender and receiver, multiplied, is said once of both.
function paired(parts) {
  if (parts.length !== 2 || parts[0].replace('sender', 'receiver') !== parts[1]) return parts;
  return [parts[0].replace(/of\s*=\s*sender/, 'of=both')];
}

// value: what the effect is here, where that changes the words.  A coefficient of one mark alone names it: "effect [mark]".
export const in_words = (effect, context = {}) => {
  const [, of, mark] = /^(.*?)( \[[^\]]*\])?$/s.exec(effect);
  const said = paired(split_interaction(of)).map((part) => one_in_words(part, context));
  return said.join(', times ') + (mark ?? '');
};
