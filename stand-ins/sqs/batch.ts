import { SqsError } from './sqs-error.ts';

/** An entry of any batch call; what else it has depends on the call. */
export type BatchEntry = { Id: string };

/** A failure of one entry, in an answer that is otherwise 200. */
export type EntryFailure = { code: string; senderFault: boolean; message?: string };

/** Decides which entries fail although nothing is wrong with them; asked before they are applied. */
export type FailEntries = (id: string) => EntryFailure | undefined;

/** Throws `SqsError` where the whole call fails: no entry, too many, or their ids are no ids. */
export function checkBatch<Entry extends BatchEntry>(entries: readonly Entry[] = []): Entry[] {
  if (entries.length === 0)
    throw new SqsError(
      'EmptyBatchRequest',
      'There should be at least one entry in the batch request.',
    );
  if (entries.length > 10)
    throw new SqsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are 10. You have sent ${entries.length}.`,
    );
  const ids = entries.map(({ Id }) => Id);
  if (!ids.every((id) => /^[A-Za-z0-9_-]{1,80}$/.test(id)))
    throw new SqsError(
      'InvalidBatchEntryId',
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
    );
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined)
    throw new SqsError('BatchEntryIdsNotDistinct', `Id ${repeated} repeated.`);
  return [...entries];
}

/** Applies entry by entry, in order; one that is refused does not keep the others back. */
export function applyBatch<Entry extends BatchEntry>(
  entries: readonly Entry[],
  failEntries: FailEntries,
  apply: (entry: Entry) => object,
): { Successful?: object[]; Failed?: object[] } {
  const successful: object[] = [];
  const failed: object[] = [];
  for (const entry of entries) {
    const { Id } = entry;
    const failure = failEntries(Id);
    if (failure) {
      const { code, senderFault, message = 'Failed on purpose.' } = failure;
      failed.push({ Id, Code: code, SenderFault: senderFault, Message: message });
      continue;
    }
    try {
      successful.push({ Id, ...apply(entry) });
    } catch (error) {
      if (!(error instanceof SqsError)) throw error;
      failed.push({ Id, Code: error.code, SenderFault: true, Message: error.message });
    }
  }
  // AWS leaves out an empty list.
  return {
    ...(successful.length > 0 && { Successful: successful }),
    ...(failed.length > 0 && { Failed: failed }),
  };
}
