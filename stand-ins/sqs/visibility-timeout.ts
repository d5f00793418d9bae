import type { StoredMessage } from './message.ts';
import { invalidParameter } from './sqs-error.ts';

/** 12 hours. */
const maxSeconds = 43_200;

export function checkVisibilityTimeout(seconds: number): void {
  if (Number.isInteger(seconds) && seconds >= 0 && seconds <= maxSeconds) return;
  throw invalidParameter(
    `Value ${seconds} for parameter VisibilityTimeout is invalid. Reason: Must be between 0 and ${maxSeconds}.`,
  );
}

/** The moment a change made now leads to; throws beyond 12 hours from the receive. */
export function changedVisibility(
  { receivedAt }: StoredMessage,
  seconds: number,
  now: number,
): number {
  const visibleAt = now + seconds * 1000;
  if (visibleAt <= receivedAt + maxSeconds * 1000) return visibleAt;
  throw invalidParameter(
    `Value ${seconds} for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is beyond the limit [${maxSeconds} seconds].`,
  );
}
