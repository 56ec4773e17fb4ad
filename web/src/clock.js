// Dates of a record as numbers on an axis and as text.  A calendar counts milliseconds; a number clock its own unit.
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

// "2016-11" stands at the end of that month and "2016" at the end of that year, as in the record.
function calendar_time(text) {
  const found = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:[T ](\d\d):(\d\d)(?::(\d\d))?)?/.exec(text);
  if (!found) return NaN;
  const [year, month, day, hour, minute, second] = found.slice(1).map((part) => (part ? Number(part) : undefined));
  if (month === undefined) return Date.UTC(year, 12, 0);
  if (day === undefined) return Date.UTC(year, month, 0);
  return Date.UTC(year, month - 1, day, hour ?? 0, minute ?? 0, second ?? 0);
}

const unknown = 'an unknown date';

const calendar = {
  kind: 'calendar',
  unit: 86400000,
  time: calendar_time,
  axis: 'time',
  long(time) {
    if (!Number.isFinite(time)) return unknown;
    const d = new Date(time);
    return `${d.getUTCDate()}\u00a0${months[d.getUTCMonth()]} ${d.getUTCFullYear()}`;
  },
  short(time) {
    if (!Number.isFinite(time)) return unknown;
    const d = new Date(time);
    return `${d.getUTCDate()}\u00a0${months[d.getUTCMonth()].slice(0, 3)} ${d.getUTCFullYear()}`;
  },
  dated(text, precision) {
    const d = new Date(calendar_time(text));
    if (precision === 'year') return String(d.getUTCFullYear());
    if (precision === 'month') return `${months[d.getUTCMonth()].slice(0, 3)} ${d.getUTCFullYear()}`;
    return this.short(d.getTime());
  },
  on(time) {
    return `on ${this.long(time)}`;
  },
  span: (days) => `${Math.round(10 * days) / 10} days`,
};

const numbers = {
  kind: 'number',
  unit: 1,
  time: Number,
  axis: 'value',
  long: (time) => `time ${Number(time.toPrecision(6))}`,
  short: (time) => String(Number(time.toPrecision(6))),
  dated: (text) => String(text),
  on(time) {
    return `at ${this.long(time)}`;
  },
  span: (units) => `${units} time units`,
};

// A result says which clock its record has; one that does not is known by how it writes its dates.
export function clock_of(result) {
  const told =
    result.forecast ?? result.backtest ?? result.profile ?? result.alliances ?? result.simulation ?? result.whatif;
  const kind = told?.clock ?? (/^-?\d+(\.\d*)?$/.test(told?.as_of ?? told?.from ?? '') ? 'number' : 'calendar');
  return /^num/.test(kind) ? numbers : calendar;
}
