import type { RouteChatEventFault } from './faults-of.ts';

/** SQS has the event. */
export type SentAnswer = { kind: 'sent'; messageId: string };

/** Why SQS did not confirm an event, in its words. */
export type SendFailure = { code: string; message: string };

/** What became of one event that was to be sent. */
export type RouteChatSendAnswer =
  | SentAnswer
  /** It breaks its schema, and was not sent. */
  | { kind: 'refused'; faults: RouteChatEventFault[] }
  /** SQS may have it, and may not. With a request id it can be sent again within five minutes. */
  | { kind: 'unconfirmed'; error: SendFailure }
  /**
   * SQS surely does not have it: another event was refused, the signal aborted, or SQS failed
   * before its turn came.
   */
  | { kind: 'not-sent'; why: 'other-refused' | 'aborted' | 'sqs-failed' };

const mostNamed = 3;

/**
 * Thrown where SQS does not have all events. `answers` has one answer per event, in their order;
 * `cause` is the error of the last call to SQS that failed, or the signal's reason.
 */
export class RouteChatSendError extends Error {
  override readonly name = 'RouteChatSendError';
  readonly answers: readonly RouteChatSendAnswer[];

  constructor(answers: readonly RouteChatSendAnswer[], options?: ErrorOptions) {
    super(describe(answers), options);
    this.answers = answers;
  }
}

function describe(answers: readonly RouteChatSendAnswer[]): string {
  const named = answers.flatMap((answer, index) => {
    const words = wordsOf(answer);
    return words === undefined ? [] : [`events[${index}]: ${words}`];
  });
  const unsent = answers.filter(({ kind }) => kind !== 'sent').length;
  const more = named.length > mostNamed ? ` (and ${named.length - mostNamed} more)` : '';
  return `${unsent} of ${answers.length} events are not surely sent. ${named.slice(0, mostNamed).join('; ')}${more}`;
}

function wordsOf(answer: RouteChatSendAnswer): string | undefined {
  switch (answer.kind) {
    case 'sent':
      return undefined;
    case 'refused':
      return answer.faults.map(({ field, message }) => `${field}: ${message}`).join(', ');
    case 'unconfirmed':
      return `unconfirmed, ${answer.error.code}: ${answer.error.message}`;
    case 'not-sent':
      // Said by the one that was refused.
      return answer.why === 'other-refused' ? undefined : `not sent, ${answer.why}`;
  }
}
