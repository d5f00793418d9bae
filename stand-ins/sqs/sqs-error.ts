/**
 * Thrown where SQS refuses a call, or one entry of a batch.
 *
 * `code` is the word AWS documents (`InvalidParameterValue`, `QueueDoesNotExist`, …), `reason` its
 * sentence. All of these are the caller's fault.
 */
export class SqsError extends Error {
  override readonly name = 'SqsError';
  readonly code: string;

  constructor(code: string, reason: string) {
    super(reason);
    this.code = code;
  }
}

export const invalidParameter = (reason: string) => new SqsError('InvalidParameterValue', reason);

export const missingParameter = (name: string) =>
  new SqsError('MissingParameter', `The request must contain the parameter ${name}.`);

/**
 * What a code is called on the wire. The JSON protocol names the error in the body; the code of
 * the older query protocol goes along in a header, and the SDK lets it win.
 *
 * From the SQS service model; the two names ending in `Exception` as seen from AWS.
 */
const namesOnTheWire: Record<string, { type?: string; queryCode?: string; status?: number }> = {
  BatchEntryIdsNotDistinct: { queryCode: 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct' },
  BatchRequestTooLong: { queryCode: 'AWS.SimpleQueueService.BatchRequestTooLong' },
  EmptyBatchRequest: { queryCode: 'AWS.SimpleQueueService.EmptyBatchRequest' },
  InvalidBatchEntryId: { queryCode: 'AWS.SimpleQueueService.InvalidBatchEntryId' },
  InvalidParameterValue: { type: 'InvalidParameterValueException' },
  MessageNotInflight: { queryCode: 'AWS.SimpleQueueService.MessageNotInflight' },
  MissingParameter: { type: 'MissingRequiredParameterException' },
  QueueDoesNotExist: { queryCode: 'AWS.SimpleQueueService.NonExistentQueue' },
  ReceiptHandleIsInvalid: { status: 404 },
  TooManyEntriesInBatchRequest: {
    queryCode: 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
  },
  UnsupportedOperation: { queryCode: 'AWS.SimpleQueueService.UnsupportedOperation' },
};

/** Error name in the JSON body, code in the header, and HTTP status of an error code. */
export function toWireNames(code: string): { type: string; queryCode: string; status: number } {
  const { type = code, queryCode = code, status = 400 } = namesOnTheWire[code] ?? {};
  return { type: `com.amazonaws.sqs#${type}`, queryCode, status };
}
