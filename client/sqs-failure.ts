import type { SendFailure } from './route-chat-send-error.ts';

/** An error of a call to SQS, as an answer tells it. */
export function toFailure(error: unknown): SendFailure {
  if (error instanceof Error) return { code: error.name, message: error.message };
  return { code: 'Unknown', message: String(error) };
}

/** Whether SQS would answer the same call the same way: a wrong queue, a right that is missing. */
export function isFinal(error: unknown): boolean {
  const { $fault, name = '' } = error as { $fault?: string; name?: string };
  return $fault === 'client' && !/throttl|toomanyrequests|timeout/i.test(name);
}
