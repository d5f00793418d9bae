import { invalidParameter, SqsError } from './sqs-error.ts';

/** Which receive of which message a receipt handle stands for. Opaque to clients, as in AWS. */
export type Receipt = { queueName: string; messageId: string; receiveCount: number };

export function toReceiptHandle({ queueName, messageId, receiveCount }: Receipt): string {
  return Buffer.from(JSON.stringify([queueName, messageId, receiveCount])).toString('base64url');
}

/** Throws for anything that queue never handed out. */
export function readReceiptHandle(receiptHandle: string, queueName: string): Receipt {
  const [name, messageId, receiveCount] = parts(receiptHandle);
  if (name !== queueName || typeof messageId !== 'string' || typeof receiveCount !== 'number')
    throw new SqsError(
      'ReceiptHandleIsInvalid',
      `The input receipt handle "${receiptHandle}" is not a valid receipt handle.`,
    );
  return { queueName, messageId, receiveCount };
}

export const unusableHandle = (receiptHandle: string, reason: string) =>
  invalidParameter(
    `Value ${receiptHandle} for parameter ReceiptHandle is invalid. Reason: ${reason}`,
  );

function parts(receiptHandle: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(receiptHandle, 'base64url').toString());
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
