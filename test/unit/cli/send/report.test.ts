import { describe, expect, it } from '@jest/globals';
import {
  exitCodeOf,
  jsonLineOf,
  linesOf,
  type Sending,
  unsentIn,
} from '../../../../cli/send/report.ts';
import type { RouteChatSendAnswer } from '../../../../client/route-chat-send-error.ts';
import { logged } from '../../../support/logged.ts';

const sent: RouteChatSendAnswer = { kind: 'sent', messageId: 'm-1' };
const aborted: RouteChatSendAnswer = { kind: 'not-sent', why: 'aborted' };
const unconfirmed: RouteChatSendAnswer = {
  kind: 'unconfirmed',
  error: { code: 'AbortError', message: 'Request aborted' },
};
const sending = (given: Partial<Sending> = {}): Sending => ({
  event: { chatSessionId: 648, toAssociate: 'ann' },
  answer: sent,
  ...given,
});
const told = (outcome: string, cause: string | null = null) =>
  sending({ logged: logged({ outcome, cause }) });

describe('exitCodeOf', () => {
  it.each([
    ['sent', [sending()], false, 0],
    ['moved', [told('assigned')], true, 0],
    ['asked', [told('transfer-pending'), told('assigned')], true, 0],
    ['would be', [told('would-transfer')], true, 0],
    ['any other outcome', [told('assigned'), told('not-applied')], true, 1],
    ['an outcome of later', [told('gone-fishing')], true, 1],
    ['no result in time', [told('not-applied'), sending()], true, 3],
    ['not sent', [told('assigned'), sending({ answer: aborted })], true, 2],
    ['perhaps sent', [sending({ answer: unconfirmed })], false, 2],
  ])('%s', (_, sendings, waited, exitCode) => {
    expect(exitCodeOf(sendings, waited)).toBe(exitCode);
  });
});

describe('jsonLineOf', () => {
  it('says all there is to say of an event, the outcome in words, too', () => {
    const { isResult: _, ...line } = logged({ outcome: 'not-applied', cause: 'in-queue' });

    expect(JSON.parse(jsonLineOf(told('not-applied', 'in-queue')))).toEqual({
      chatSessionId: 648,
      toAssociate: 'ann',
      requestId: null,
      answer: 'sent',
      ...line,
      happened: 'nobody has picked it up',
      doNow: "let the queue do its work, or have the credential's associate pick it up",
      lastError: null,
    });
  });

  it('says of an event without a result that it has none', () => {
    const line = JSON.parse(jsonLineOf(sending({ answer: unconfirmed })));

    expect(line).toEqual({
      chatSessionId: 648,
      toAssociate: 'ann',
      requestId: null,
      answer: 'unconfirmed',
      sendError: 'AbortError',
      eventMessageId: null,
    });
  });
});

describe('linesOf', () => {
  it.each([
    ['one that is sent', [sending()], false, ['chat 648 → ann: sent, event message id m-1']],
    [
      'many that are sent',
      [sending(), sending({ answer: aborted })],
      false,
      ['1 of 2 events sent.'],
    ],
    [
      'one that has its result',
      [told('not-applied', 'in-queue')],
      true,
      [
        'chat 648 → ann: not-applied, in-queue',
        '  nobody has picked it up',
        "  What to do now: let the queue do its work, or have the credential's associate pick it up",
      ],
    ],
    [
      'one that needs nothing more',
      [told('assigned')],
      true,
      ['chat 648 → ann: assigned', '  the associate has the chat'],
    ],
    [
      'one without a result',
      [sending()],
      true,
      ['chat 648 → ann: no result in time, event message id m-1'],
    ],
    [
      'many: those that did not go well, and how often what came',
      [told('assigned'), told('superseded'), told('assigned'), sending()],
      true,
      [
        'chat 648 → ann: superseded',
        '  a newer event for the chat came along',
        '  What to do now: nothing: the newer one has its own result',
        'chat 648 → ann: no result in time, event message id m-1',
        '2 assigned, 1 superseded, 1 no result in time',
      ],
    ],
  ])('tells of %s', (_, sendings, waited, lines) => {
    expect(linesOf(sendings, waited)).toEqual(lines);
    expect(linesOf(sendings, waited, 'stopped before its result')).toEqual(
      lines.map((line) => line.replace('no result in time', 'stopped before its result')),
    );
  });
});

describe('unsentIn', () => {
  const many = (answers: RouteChatSendAnswer[]) =>
    answers.map((answer, index) =>
      sending({ answer, event: { chatSessionId: 600 + index, toAssociate: 8 } }),
    );

  it('has nothing to say where all is sent', () => {
    expect(unsentIn(many([sent, sent]))).toEqual([]);
  });

  it('names each event, and which may have been sent', () => {
    expect(unsentIn(many([sent, unconfirmed, aborted]))).toEqual([
      'Perhaps sent: event 2, chat 601 → 8 (AbortError)',
      'Not sent: event 3, chat 602 → 8',
    ]);
    expect(unsentIn([sending({ answer: aborted })])).toEqual(['Not sent: chat 648 → ann']);
  });

  it('names many by their numbers', () => {
    const answers = Array.from({ length: 30 }, (_, index) =>
      index === 17 || index < 4 ? sent : aborted,
    );

    expect(unsentIn(many(answers))).toEqual(['Not sent: events 5 to 17, 19 to 30 (25 of 30)']);
  });
});
