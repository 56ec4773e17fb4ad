// Numbers as people write them.  Null is an en dash; a number and its sign stay on one line.
const none = '–';
export const known = (value) => value !== null && value !== undefined && Number.isFinite(value);

export function fixed(value, digits = 2) {
  if (!known(value)) return none;
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `\u2212${text}` : text;
}

// 0.314 → "31 %"; small chances keep a digit, and none is rounded to nought or to certainty.
export function percent(value) {
  if (!known(value)) return none;
  const p = 100 * value;
  if (p === 0 || p === 100) return `${p}\u00a0%`;
  if (p < 0.1) return 'below 0.1\u00a0%';
  if (p > 99.9) return 'above 99.9\u00a0%';
  return `${p < 9.95 || p > 99 ? p.toFixed(1) : p.toFixed(0)}\u00a0%`;
}

export function percent_range(low, high) {
  if (!known(low) || !known(high)) return none;
  return `${percent(low).replace(/\u00a0%$/, '')}\u2060–\u2060${percent(high)}`;
}

// A part of the whole that may be negative: 0.052 → "5.2 %", −0.04 → "−4.0 %".
export const part = (value) => (known(value) ? `${fixed(100 * value, 1)}\u00a0%` : none);

// "from to to", with the unit of the second alone.
export const span_of = (interval, write) =>
  known(interval?.[0]) && known(interval?.[1])
    ? `${write(interval[0]).replace(/\u00a0%$/, '')} to ${write(interval[1])}`
    : none;

// A ratio as a factor: ×1.9, or ×0.45.
export const times = (value) =>
  known(value)
    ? value > 1e4
      ? 'above ×10,000'
      : value < 1e-4
        ? 'below ×0.0001'
        : `×${value >= 99.5 ? value.toFixed(0) : value >= 9.95 ? value.toFixed(1) : value.toFixed(2)}`
    : none;

export const whole = (value) => (known(value) ? Math.round(value).toLocaleString('en-GB') : none);

export const plural = (count, one, many = `${one}s`) => `${whole(count)} ${count === 1 ? one : many}`;

const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
export const counted = (count, one, many = `${one}s`) => `${words[count] ?? whole(count)} ${count === 1 ? one : many}`;

export function ordinal(n) {
  const tail = n % 100 >= 11 && n % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${tail}`;
}

export function listed(items) {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;
}

export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

// Text broken into lines of at most `width` characters.
export function wrapped(text, width) {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines[lines.length - 1];
    if (line && line.length + word.length >= width) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  return lines;
}
