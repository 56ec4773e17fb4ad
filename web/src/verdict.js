// A score beside those of the two simplest forecasts, in words.
import { fixed } from './format.js';

export function verdict(name, model, constant, duration, lower, age = 'age alone', digits = 3) {
  if (![model, constant, duration].every(Number.isFinite)) return `${name} ${fixed(model, digits)}${lower}.`;
  const beats = [constant, duration].map((baseline) => model < baseline);
  const judged = beats.every(Boolean)
    ? 'better than both'
    : beats.some(Boolean)
      ? 'better than one of them only'
      : 'no better than either';
  return `${name} ${fixed(model, digits)} against ${fixed(constant, digits)} for a constant rate and ${fixed(duration, digits)} for ${age}${lower}: ${judged}.`;
}
