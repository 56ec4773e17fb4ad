// The line under every exported picture.
export function source_of(result) {
  const { record, version } = result.provenance ?? {};
  const parts = [`Détente ${version ?? ''}`.trim()];
  if (record) parts.push(`estimated from ${result.evidence} (${record.path})`);
  if (result.forecast) parts.push(`as of ${result.clock.long(result.as_of)}`);
  return `${parts.join(', ')}. Estimates of recorded behaviour, not judgements of people.`;
}
