/** What an invocation came to: what the function answered (parsed JSON), or how it failed. */
export type InvocationOutcome =
  | { kind: 'answered'; answer: unknown }
  | { kind: 'failed'; error: unknown };

/** What becomes of the messages of a batch, by message id, each in one of the two lists. */
export type Settlement = {
  deleted: string[];
  /** Not touched: they come back when their visibility timeout ends. */
  left: string[];
  /** Why all were left although the function answered. */
  malformed?: string;
};

/**
 * How an event source mapping with `ReportBatchItemFailures` reads an answer.
 *
 * From the table of success and failure conditions in Lambda's developer guide ("Handling errors
 * for an SQS event source"). A list that is no list, and an answer that is no object, are not in
 * it: they are read as bad JSON, which leaves everything.
 */
export function settleBatch(messageIds: readonly string[], outcome: InvocationOutcome): Settlement {
  const all = [...messageIds];
  if (outcome.kind === 'failed') return { deleted: [], left: all };
  const { answer } = outcome;
  if (answer === undefined || answer === null || answer === '') return { deleted: all, left: [] };
  const malformed = (reason: string) => ({ deleted: [], left: all, malformed: reason });
  if (typeof answer !== 'object' || Array.isArray(answer))
    return malformed('the answer is no JSON object');
  const failures: unknown = 'batchItemFailures' in answer ? answer.batchItemFailures : undefined;
  if (failures === undefined || failures === null) return { deleted: all, left: [] };
  if (!Array.isArray(failures)) return malformed('batchItemFailures is no list');
  const left = new Set<string>();
  for (const failure of failures) {
    const id: unknown = failure?.itemIdentifier;
    if (typeof id !== 'string' || !messageIds.includes(id))
      return malformed(`itemIdentifier ${JSON.stringify(id)} is not in the batch`);
    left.add(id);
  }
  return {
    deleted: all.filter((id) => !left.has(id)),
    left: all.filter((id) => left.has(id)),
  };
}
