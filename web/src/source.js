// The line under every exported picture.
import { whole } from './format.js';

export function source_of(result) {
  const { record, version } = result.provenance ?? {};
  const parts = [`Détente ${version ?? ''}`.trim()];
  if (record) parts.push(`estimated from ${whole(result.used)} recorded events (${record.path})`);
  if (result.forecast) parts.push(`as of ${result.clock.long(result.as_of)}`);
  return `${parts.join(', ')}. Estimates of recorded behaviour, not judgements of people.`;
}
