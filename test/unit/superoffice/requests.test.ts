import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { look, type Request, transferTo, whoAmI } from '../../../superoffice/requests.ts';
import { router } from '../../support/associates.ts';
import { associateCarrier, chatSession, chatSessionEntity } from '../../support/chat-session.ts';

/** Where a request ends up below a tenant's address. */
const pathOf = ({ path }: Request<unknown>) =>
  new URL(`https://online2.superoffice.example/Cust12345/api/v1/${path}`).pathname;

describe('transferTo', () => {
  it('posts to the session, and names the associate', () => {
    expect(transferTo(648, '8')).toMatchObject({
      method: 'POST',
      path: 'ChatSession/648/TransferTo/8',
    });
  });

  it.each([
    ['ann@example.com', 'ann%40example.com'],
    ['a b', 'a%20b'],
    ['a/../b?c#d', 'a%2F..%2Fb%3Fc%23d'],
    ['..\\..', '..%5C..'],
    ['é𝒜', '%C3%A9%F0%9D%92%9C'],
    ['\ud800', '%EF%BF%BD'],
    ['100%', '100%25'],
  ])('keeps %j inside its path segment', (toAssociate, segment) => {
    expect(pathOf(transferTo(648, toAssociate))).toBe(
      `/Cust12345/api/v1/ChatSession/648/TransferTo/${segment}`,
    );
  });

  it('never leaves the path of the transfer, whatever the associate is called', () => {
    const names = fc
      .string({ unit: 'binary', minLength: 1 })
      .filter((name) => name !== '.' && name !== '..');

    fc.assert(
      fc.property(names, (name) => {
        const segments = pathOf(transferTo(648, name)).split('/');
        expect(segments.slice(0, -1).join('/')).toBe(
          '/Cust12345/api/v1/ChatSession/648/TransferTo',
        );
        expect(decodeURIComponent(segments.at(-1) ?? '')).toBe(name.toWellFormed());
      }),
    );
  });
});

describe('look', () => {
  it('gets the session', () => {
    expect(look(648)).toMatchObject({ method: 'GET', path: 'ChatSession/648' });
  });
});

describe.each([
  ['transferTo', transferTo(648, '8')],
  ['look', look(648)],
])('%s', (_, { read }) => {
  it('reads the session', () => {
    expect(read(chatSessionEntity())).toEqual({ ok: true, value: chatSession() });
  });

  it('takes null for an answer: there is no such session', () => {
    expect(read(null)).toEqual({ ok: true, value: null });
  });

  it.each([
    ['another session', chatSessionEntity({ ChatSessionId: 649 })],
    ['something else', { Message: 'hello' }],
    ['a word', 'true'],
  ])('does not take %s for an answer', (__, json) => {
    expect(read(json)).toEqual({ ok: false, lacks: 'ChatSessionId' });
  });
});

describe('whoAmI', () => {
  it('gets whose credential it is', () => {
    expect(whoAmI).toMatchObject({ method: 'GET', path: 'User/currentPrincipal' });
  });

  it('reads the associate', () => {
    const { Name, ...carrier } = associateCarrier(router);

    expect(whoAmI.read({ ...carrier, Associate: Name })).toEqual({ ok: true, value: router });
  });

  it.each([null, {}, 'router'])('does not take %j for an answer', (json) => {
    expect(whoAmI.read(json)).toEqual({ ok: false, lacks: 'AssociateId' });
  });
});
