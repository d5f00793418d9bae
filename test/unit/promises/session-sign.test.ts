import { describe, expect, it } from '@jest/globals';
import { causeFits, mayBeMoved, routerId, signOf } from '../../../promises/session-sign.ts';
import { sessionState } from '../../support/run-records.ts';

type Changes = Parameters<typeof sessionState>[0];

/** A chat of the router's, in which nobody is asked. */
const chat = (changes: Changes = {}) => sessionState({ pending: null, ...changes }).session;
const ended: Changes = { status: 'Closed', endedAt: 1 };

describe('signOf', () => {
  it.each([
    ['who is asked', chat({ pending: 8 }), 'transfer-pending'],
    ['who is asked for what they have', chat({ pending: 8, owner: 8 }), 'transfer-pending'],
    ['who has it', chat({ owner: 8 }), 'assigned'],
    ['who has it while somebody else is asked', chat({ owner: 8, pending: 9 }), 'none'],
    ['who is not asked', chat({ pending: 9 }), 'none'],
    ['who was asked when it ended', chat({ ...ended, pending: 8 }), 'none'],
    ['anybody where there is no chat', null, 'none'],
  ])('reads off a chat the sign of %s', (_, session, sign) => {
    expect(signOf(session, 8)).toBe(sign);
  });
});

describe('mayBeMoved', () => {
  it.each([
    ["the router's", chat(), true],
    ["the router's, whom somebody else is to take over", chat({ pending: 9 }), true],
    ["the router's, in no status of the queue", chat({ status: 'UserLast' }), true],
    ['one in the queue', chat({ owner: null, status: 'InQueue' }), true],
    ["somebody else's", chat({ owner: 9 }), false],
    ["nobody's, outside the queue", chat({ owner: null }), false],
    ["a chatbot's", chat({ chatbotIsActive: true }), false],
    ['one that is pending to the same associate', chat({ pending: 8 }), false],
    ['one that has ended', chat(ended), false],
    ['one that ended in the queue', chat({ ...ended, owner: null, status: 'InQueue' }), false],
    ['none', null, false],
  ])('judges %s', (_, session, expected) => {
    expect(mayBeMoved(session, { associateId: 8 })).toBe(expected);
  });

  it.each([
    ['a pending transfer', chat({ pending: 9 }), false],
    ['nobody', chat(), true],
  ])('lets one that yields go over %s: %s', (_, session, expected) => {
    expect(mayBeMoved(session, { associateId: 8, yields: true })).toBe(expected);
  });
});

describe('causeFits', () => {
  const mixed = { chatbotIsActive: true, owner: null };

  it.each([
    ['no-session', null, [chat()]],
    ['ended', chat(ended), [chat(), null]],
    ['chatbot-active', chat({ chatbotIsActive: true }), [chat(), null]],
    ['in-queue', chat({ owner: null }), [chat(), null]],
    ['other-transfer-pending', chat({ pending: 9 }), [chat(), null]],
    ['owned-by-another', chat({ owner: 9 }), [chat({ owner: routerId }), chat({ owner: null })]],
    [
      'unclear',
      chat(),
      [ended, { chatbotIsActive: true }, { owner: null }, { pending: 9 }, mixed].map(chat),
    ],
  ] as const)('tells "%s" where it is so, and nowhere else', (cause, session, others) => {
    expect(causeFits(cause, session)).toBe(true);
    expect(others.map((other) => causeFits(cause, other))).toEqual(others.map(() => false));
  });

  it('knows no other cause', () => {
    expect(causeFits(null, chat())).toBe(false);
    expect(causeFits('taken-by-another', chat({ owner: 9 }))).toBe(false);
  });
});
