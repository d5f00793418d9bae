import { describe, expect, it } from '@jest/globals';
import { causeOf, isEnded, isTarget, signOf } from '../../../../functions/route-chat/outcome.ts';
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

describe('isEnded', () => {
  it.each(endings)('is so for %s', (status) => {
    expect(isEnded(chatSession({ status }))).toBe(true);
  });

  it.each([...goingOn, null, 'closed', 'a status of tomorrow'])('is not so for %s', (status) => {
    expect(isEnded(chatSession({ status }))).toBe(false);
  });
});

describe('isTarget', () => {
  it.each([
    ['8', true],
    ['008', true],
    ['9', false],
    ['108', false],
    ['80', false],
    ['08x', false],
    ['0', false],
    ['ANN', true],
    ['ann', true],
    ['aNN', true],
    ['ann@example.com', true],
    ['ANN@EXAMPLE.COM', true],
    ['an', false],
    [' ann ', true],
    [' 8', true],
    ['a nn', false],
    ['ann8', false],
    ['8ann', false],
    ['8.0', false],
    ['', false],
  ])('%j is ann: %s', (toAssociate, isAnn) => {
    expect(isTarget(ann, toAssociate)).toBe(isAnn);
  });

  it.each(['ann2', '2ann', 'a2n', '2-2'])(
    'knows somebody by the name %s, which is no id',
    (name) => {
      expect(isTarget({ ...ben, name }, name)).toBe(true);
      expect(isTarget({ ...ben, userName: name }, name)).toBe(true);
    },
  );

  it.each(['8', '008'])('knows nobody by a name of digits: %s', (digits) => {
    expect(isTarget({ ...ben, name: digits, userName: digits }, digits)).toBe(false);
  });

  it('knows an id with zeros in it from the one without', () => {
    expect(isTarget({ ...ann, associateId: 15 }, '1005')).toBe(false);
    expect(isTarget({ ...ann, associateId: 1005 }, '1005')).toBe(true);
  });

  it('knows an id longer than a double holds from its neighbour', () => {
    expect(isTarget({ ...ann, associateId: 2 ** 53 }, '9007199254740993')).toBe(false);
  });

  it('knows a name however its accents are composed', () => {
    expect(isTarget({ ...ann, name: 'Jos\u00e9' }, 'jose\u0301')).toBe(true);
  });

  it('knows nobody by ejUser id', () => {
    expect(isTarget(ben, String(ben.ejUserId))).toBe(false);
  });

  it('knows nobody by a name that SuperOffice did not give', () => {
    expect(isTarget({ ...ben, name: null, userName: null }, 'null')).toBe(false);
  });

  it('is so of nobody', () => {
    expect(isTarget(null, '8')).toBe(false);
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
