// The line under every exported picture.
export const not_judgements = 'These are simulations of a model fitted to a public record, not judgements of people.';

function of_simulation({ scenario }, { record }, made_by) {
  const fitted = record?.path ? `, with a model fitted to ${record.path}` : '';
  return `${made_by}, simulated from ${scenario}${fitted}. ${record?.path ? not_judgements : 'A simulation of a model.'}`;
}

export function source_of(result) {
  const { record, version } = result.provenance ?? {};
  const made_by = `Détente ${version ?? ''}`.trim();
  const simulated = result.simulation ?? result.whatif;
  if (simulated) return of_simulation(simulated, result.provenance ?? {}, made_by);
  const parts = [made_by];
  if (record) parts.push(`estimated from ${result.evidence} (${record.path})`);
  if (result.forecast) parts.push(`as of ${result.clock.long(result.as_of)}`);
  return `${parts.join(', ')}. Estimates of recorded behaviour, not judgements of people.`;
}
