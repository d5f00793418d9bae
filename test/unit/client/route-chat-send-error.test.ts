import { describe, expect, it } from '@jest/globals';
import { RouteChatSendError } from '../../../client/route-chat-send-error.ts';

const fault = (field: string) => ({ field, message: 'expected one thing, got another' });

describe('RouteChatSendError', () => {
  it('says which events are not surely sent, and why', () => {
    const { message } = new RouteChatSendError([
      { kind: 'sent', messageId: 'm-1' },
      { kind: 'unconfirmed', error: { code: 'InternalError', message: 'Try again.' } },
      { kind: 'not-sent', why: 'sqs-failed' },
    ]);

    expect(message).toBe(
      '2 of 3 events are not surely sent. events[1]: unconfirmed, InternalError: Try again.; events[2]: not sent, sqs-failed',
    );
  });

  it('says every fault of an event, and nothing of those beside it', () => {
    const { message } = new RouteChatSendError([
      { kind: 'not-sent', why: 'other-refused' },
      { kind: 'refused', faults: [fault('toAssociate'), fault('reason')] },
    ]);

    expect(message).toBe(
      '2 of 2 events are not surely sent. events[1]: toAssociate: expected one thing, got another, reason: expected one thing, got another',
    );
  });

  it('stays short, however many there are', () => {
    const answers = Array.from(
      { length: 1000 },
      () => ({ kind: 'not-sent', why: 'aborted' }) as const,
    );

    expect(new RouteChatSendError(answers).message).toMatch(
      /^1000 of 1000 .{100,160}\(and 997 more\)$/,
    );
  });
});
