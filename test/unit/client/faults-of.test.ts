import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { faultsOf } from '../../../client/faults-of.ts';
import { parseRouteChatEvent } from '../../../contract/event.ts';
import { nearlySoundEvents, wildEvents } from '../../support/event-bodies.ts';

/** What the function says of such a body, at most 1,024 characters of it. */
function saidByFunction(event: unknown): string {
  const parsed = parseRouteChatEvent(JSON.stringify(event));
  return parsed.ok ? '' : parsed.message;
}

function saidByClient(event: unknown): string {
  const said = faultsOf(event).map(({ field, message }) => `${field}: ${message}`);
  return said.length === 0 ? '' : `${said.join('; ')}.`;
}

const upTo1024 = (text: string) => (text.length > 1024 ? `${text.slice(0, 1023)}…` : text);

describe('faultsOf', () => {
  it('finds what the function finds, whatever the event', () => {
    fc.assert(
      fc.property(fc.oneof(wildEvents, nearlySoundEvents), (event) => {
        expect(upTo1024(saidByClient(event))).toBe(saidByFunction(event));
      }),
      { numRuns: 1000 },
    );
  });

  it('names every fault by its field', () => {
    const event = {
      chatSessionId: 0,
      toAssociate: 'ben/',
      requestId: 'a b',
      reason: 'r'.repeat(1025),
      fallbackAssociates: [9, 0],
      pickUp: true,
      yields: 1,
      expiresAt: 'tomorrow',
      expiresInSeconds: 0,
    };

    expect(faultsOf(event).map(({ field }) => field)).toEqual([
      'chatSessionId',
      'toAssociate',
      'requestId',
      'expiresAt',
      'expiresInSeconds',
      'reason',
      'fallbackAssociates[1]',
      'yields',
      'expiresInSeconds',
      'fallbackAssociates',
      'pickUp',
    ]);
  });

  it('says of a field that only an offer has what is missing beside it', () => {
    expect(faultsOf({ chatSessionId: 1, toAssociate: 1, ifNobody: 'leave' })).toEqual([
      { field: 'ifNobody', message: 'expected it beside acceptWithinSeconds, got it alone' },
    ]);
  });

  it('goes by what JSON would hold, not by what an object inherits', () => {
    const event = Object.assign(Object.create({ chatSessionId: 648 }), { toAssociate: 9 });

    expect(faultsOf(event).map(({ field }) => field)).toEqual(['chatSessionId']);
  });

  it('quotes nothing where people write freely', () => {
    expect(faultsOf({ chatSessionId: 1, toAssociate: 1, reason: 7, source: [] })).toEqual([
      { field: 'source', message: 'expected a string of at most 256 characters, got an array' },
      { field: 'reason', message: 'expected a string of at most 1024 characters, got a number' },
    ]);
  });

  it.each([
    [null, 'null'],
    [undefined, 'nothing'],
    ['648', 'a string of 3 characters'],
    [[], 'an array'],
  ])('takes %j for no event', (event, found) => {
    expect(faultsOf(event)).toEqual([
      { field: 'body', message: `expected an object, got ${found}` },
    ]);
  });
});
