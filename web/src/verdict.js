// A score beside those of the two simplest forecasts, in words.
import { fixed } from './format.js';

export function verdict(name, model, constant, duration, lower, age = 'age alone') {
  if (![model, constant, duration].every(Number.isFinite)) return `${name} ${fixed(model, 3)}${lower}.`;
  const beats = [constant, duration].map((baseline) => model < baseline);
  const judged = beats.every(Boolean)
    ? 'better than both'
    : beats.some(Boolean)
      ? 'better than one of them only'
      : 'no better than either';
  return `${name} ${fixed(model, 3)} against ${fixed(constant, 3)} for a constant rate and ${fixed(duration, 3)} for ${age}${lower}: ${judged}.`;
}
