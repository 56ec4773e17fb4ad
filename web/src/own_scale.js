// A scale for one panel: round ends and steps about the values that it must hold.
import { known } from './format.js';

export function own_scale(values, { zero = false } = {}) {
  const all = values.filter(known);
  if (zero) all.push(0);
  let low = all.length ? Math.min(...all) : 0;
  let high = all.length ? Math.max(...all) : 1;
  if (high - low < 1e-12 * Math.max(1, Math.abs(high))) {
    const room = Math.abs(high) * 0.1 || 1;
    [low, high] = [low >= 0 && low < room ? 0 : low - room, high + room];
  }
  const rough = (high - low) / 3;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough * (1 - 1e-9));
  const round = (x) => Number(x.toPrecision(12));
  return {
    low: round(Math.floor(low / step + 1e-9) * step),
    high: round(Math.ceil(high / step - 1e-9) * step),
    step,
  };
}
