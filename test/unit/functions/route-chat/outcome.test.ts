import { describe, expect, it } from '@jest/globals';
import { causeOf, isPendingToAnother, signOf } from '../../../../functions/route-chat/outcome.ts';
import { readChatSession } from '../../../../superoffice/chat-session.ts';
import { ann, ben, router } from '../../../support/associates.ts';
import { chatSession } from '../../../support/chat-session.ts';

const toAnn = String(ann.associateId);
const endings = ['Finished', 'Deleted', 'Closed', 'RequestPosted', 'ClosedFromQueue'];
const goingOn = [
  'Invalid',
  'PreChatForm',
  'Faq',
  'OfflineForm',
  'InQueue',
  'CustomerLast',
  'UserLast',
  'OnHold',
];

describe('signOf', () => {
  it.each(goingOn)(
    'is transfer-pending where the target is asked, whatever the status: %s',
    (status) => {
      expect(signOf(chatSession({ status, transferTo: ann }), toAnn)).toBe('transfer-pending');
    },
  );

  it.each(goingOn)('is assigned where the target has it, whatever the status: %s', (status) => {
    expect(signOf(chatSession({ status, user: ann }), toAnn)).toBe('assigned');
  });

  it('is assigned also where a chatbot is active', () => {
    expect(signOf(chatSession({ user: ann, chatbotIsActive: true }), toAnn)).toBe('assigned');
  });

  it('is no sign where the target has it but somebody else is asked', () => {
    expect(signOf(chatSession({ user: ann, transferTo: ben }), toAnn)).toBeUndefined();
  });

  it('is transfer-pending where the target has it and is asked, too', () => {
    expect(signOf(chatSession({ user: ann, transferTo: ann }), toAnn)).toBe('transfer-pending');
  });

  it.each(endings)('is no sign once the session is %s', (status) => {
    expect(signOf(chatSession({ status, transferTo: ann }), toAnn)).toBeUndefined();
    expect(signOf(chatSession({ status, user: ann }), toAnn)).toBeUndefined();
  });

  it('is no sign where there is no session, or nobody on it', () => {
    expect(signOf(null, toAnn)).toBeUndefined();
    expect(signOf(chatSession(), toAnn)).toBeUndefined();
    expect(signOf(chatSession({ user: null }), toAnn)).toBeUndefined();
  });

  it('is given by a session without any status', () => {
    expect(signOf(chatSession({ status: null, transferTo: ann }), toAnn)).toBe('transfer-pending');
  });
});

describe('the target', () => {
  it.each([
    ['8', true],
    ['008', true],
    ['9', false],
    ['108', false],
    ['80', false],
    ['ANN', true],
    ['ann', true],
    ['aNN', true],
    ['ann@example.com', true],
    ['ANN@EXAMPLE.COM', true],
    ['an', false],
    [' ann ', true],
    [' 8', true],
    ['a nn', false],
    ['108x', false],
    ['8.0', false],
    ['', false],
  ])('%j is ann: %s', (toAssociate, isAnn) => {
    const sign = isAnn ? 'transfer-pending' : undefined;

    expect(signOf(chatSession({ transferTo: ann }), toAssociate)).toBe(sign);
  });

  it('is found however its accents are composed', () => {
    const session = chatSession({ transferTo: { ...ann, name: 'Jos\u00e9' } });

    expect(signOf(session, 'jose\u0301')).toBe('transfer-pending');
  });

  it('is never found by ejUser id', () => {
    expect(signOf(chatSession({ transferTo: ben }), String(ben.ejUserId))).toBeUndefined();
  });

  it('is never found by a name of digits', () => {
    const named = { ...ben, name: '8', userName: '8' };

    expect(signOf(chatSession({ transferTo: named }), '8')).toBeUndefined();
  });

  it('has no name where SuperOffice gave none', () => {
    const nameless = { ...ben, name: null, userName: null };

    expect(signOf(chatSession({ transferTo: nameless }), 'null')).toBeUndefined();
  });
});

describe('causeOf', () => {
  it('is no-session for null', () => {
    expect(causeOf(null, router)).toBe('no-session');
  });

  it.each(endings)('is ended for %s, whatever else the session shows', (status) => {
    const session = chatSession({ status, user: null, transferTo: ben, chatbotIsActive: true });

    expect(causeOf(session, router)).toBe('ended');
  });

  it('is chatbot-active before all that follows', () => {
    expect(
      causeOf(chatSession({ chatbotIsActive: true, user: null, transferTo: ben }), router),
    ).toBe('chatbot-active');
  });

  it('is in-queue where nobody has the session, whatever its status', () => {
    expect(
      causeOf(chatSession({ user: null, status: 'CustomerLast', transferTo: ben }), router),
    ).toBe('in-queue');
  });

  it('is other-transfer-pending before owned-by-another', () => {
    expect(causeOf(chatSession({ user: ben, transferTo: ann }), router)).toBe(
      'other-transfer-pending',
    );
  });

  it('is owned-by-another where the ticket is not the owner’s', () => {
    expect(causeOf(chatSession({ user: ben }), router)).toBe('owned-by-another');
  });

  it('is unclear where it is the ticket’s own session, or nobody knows whose the ticket is', () => {
    expect(causeOf(chatSession({ user: router }), router)).toBe('unclear');
    expect(causeOf(chatSession({ user: ben }), null)).toBe('unclear');
  });

  it('is unclear where SuperOffice does not say whether a chatbot is active', () => {
    expect(causeOf(chatSession({ chatbotIsActive: null }), router)).toBe('unclear');
  });

  it('is ended for SuperOffice’s own sample response', () => {
    const sample = {
      ChatSessionId: 648,
      TopicId: 458,
      User: null,
      Status: 'Closed',
      WhenRequested: '2001-11-23T14:13:48.3820714+01:00',
      WhenEnded: '2009-03-05T14:13:48.3820714+01:00',
      TransferTo: null,
      ChatbotIsActive: false,
      FieldProperties: {
        fieldName: { FieldRight: null, FieldType: 'System.Int32', FieldLength: 384 },
      },
    };
    const read = readChatSession(sample, 648);
    const session = read.ok ? read.value : null;

    expect(signOf(session, 'jte')).toBeUndefined();
    expect(causeOf(session, router)).toBe('ended');
    expect(session?.whenEnded).toBe('2009-03-05T13:13:48.382Z');
  });
});

describe('isPendingToAnother', () => {
  it.each([
    ['nobody is asked', chatSession(), false],
    ['somebody else is asked', chatSession({ transferTo: ben }), true],
    ['the target is asked', chatSession({ transferTo: ann }), false],
    [
      'somebody else was asked and the session ended',
      chatSession({ transferTo: ben, status: 'Closed' }),
      false,
    ],
    ['there is no session', null, false],
  ])('where %s', (_, session, isPending) => {
    expect(isPendingToAnother(session, toAnn)).toBe(isPending);
  });
});
