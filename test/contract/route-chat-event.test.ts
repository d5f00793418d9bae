import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseRouteChatEvent } from '../../contract/event.ts';
import { dateTimes, nearlySoundEvents, wildEvents } from '../support/event-bodies.ts';
import { examples, isEventBySchema } from '../support/schemas.ts';

/** Both read the text: JSON is what a producer and we have in common. */
function verdicts(body: string) {
  return { ours: parseRouteChatEvent(body).ok, schema: isEventBySchema(JSON.parse(body)) };
}

const idsTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

describe('parseRouteChatEvent and route-chat-event.schema.json', () => {
  it.each(examples('event-'))('both accept %s', (_, body) => {
    expect(verdicts(body)).toEqual({ ours: true, schema: true });
  });

  it('agree on an event that is sound but for one field', () => {
    const seen = new Set<boolean>();

    fc.assert(
      fc.property(nearlySoundEvents, (event) => {
        const { ours, schema } = verdicts(JSON.stringify(event));
        seen.add(ours);
        expect(ours).toBe(schema);
      }),
      { numRuns: 3000 },
    );

    expect(seen).toEqual(new Set([true, false]));
  });

  it('agree on an event in which anything may be wrong', () => {
    fc.assert(
      fc.property(wildEvents, (event) => {
        const { ours, schema } = verdicts(JSON.stringify(event));
        expect(ours).toBe(schema);
      }),
      { numRuns: 1000 },
    );
  });

  it('agree on any JSON', () => {
    fc.assert(
      fc.property(fc.json(), (body) => {
        const { ours, schema } = verdicts(body);
        expect(ours).toBe(schema);
      }),
    );
  });

  it('agree on date and time', () => {
    fc.assert(
      fc.property(dateTimes, (expiresAt) => {
        const { ours, schema } = verdicts(
          JSON.stringify({ chatSessionId: 1, toAssociate: 1, expiresAt }),
        );
        expect({ expiresAt, ours }).toEqual({ expiresAt, ours: schema });
      }),
      { numRuns: 3000 },
    );
  });

  // ajv-formats takes these although RFC 3339 does not; the schema's own words are RFC 3339's.
  it.each(['2026-11-22 09:15:00Z', '2026-11-22T09:15:00+0100', '2026-11-22T09:15:00+01'])(
    'part only where ajv-formats is laxer than RFC 3339: %s',
    (expiresAt) => {
      const body = JSON.stringify({ chatSessionId: 1, toAssociate: 1, expiresAt });

      expect(verdicts(body)).toEqual({ ours: false, schema: true });
    },
  );

  it.each([
    ['the least id', { chatSessionId: 1, toAssociate: 1 }, true],
    ['the greatest id', { chatSessionId: 2_147_483_647, toAssociate: 2_147_483_647 }, true],
    ['an id beyond int32', { chatSessionId: 2_147_483_648, toAssociate: 1 }, false],
    ['255 astral characters', { chatSessionId: 1, toAssociate: '𝒜'.repeat(255) }, true],
    ['256 astral characters', { chatSessionId: 1, toAssociate: '𝒜'.repeat(256) }, false],
    ['half a surrogate pair', { chatSessionId: 1, toAssociate: '\ud800' }, true],
    ['a request id with a space', { chatSessionId: 1, toAssociate: 1, requestId: 'a b' }, false],
    ['a source of 256', { chatSessionId: 1, toAssociate: 1, source: '𝒜'.repeat(256) }, true],
    ['a source of 257', { chatSessionId: 1, toAssociate: 1, source: '𝒜'.repeat(257) }, false],
    ['a reason of 1,025', { chatSessionId: 1, toAssociate: 1, reason: 'a'.repeat(1025) }, false],
    ['twelve hours', { chatSessionId: 1, toAssociate: 1, expiresInSeconds: 43_200 }, true],
    [
      'more than twelve hours',
      { chatSessionId: 1, toAssociate: 1, expiresInSeconds: 43_201 },
      false,
    ],
    ['a field that is null', { chatSessionId: 1, toAssociate: 1, source: null }, false],
    ['a field it does not know', { chatSessionId: 1, toAssociate: 1, priority: {} }, true],
    [
      'a past moment',
      { chatSessionId: 1, toAssociate: 1, expiresAt: '1999-01-01T00:00:00Z' },
      true,
    ],
    [
      'a leap second',
      { chatSessionId: 1, toAssociate: 1, expiresAt: '2016-12-31T23:59:60Z' },
      true,
    ],
    [
      'a leap second at noon',
      { chatSessionId: 1, toAssociate: 1, expiresAt: '2016-12-31T12:00:60Z' },
      false,
    ],
    [
      'the 30th of February',
      { chatSessionId: 1, toAssociate: 1, expiresAt: '2026-02-30T00:00:00Z' },
      false,
    ],
    ['no offset', { chatSessionId: 1, toAssociate: 1, expiresAt: '2026-11-22T09:15:00' }, false],
    [
      'two deadlines',
      { chatSessionId: 1, toAssociate: 1, expiresAt: '2026-11-22T09:15:00Z', expiresInSeconds: 9 },
      false,
    ],
  ])('say the same of %s', (_, event, isSound) => {
    expect(verdicts(JSON.stringify(event))).toEqual({ ours: isSound, schema: isSound });
  });

  it.each([
    ['an offer of the shortest time', { acceptWithinSeconds: 30 }, true],
    ['an offer of the longest time', { acceptWithinSeconds: 600 }, true],
    ['a shorter one', { acceptWithinSeconds: 29 }, false],
    ['a longer one', { acceptWithinSeconds: 601 }, false],
    ['nobody as the next ones', { acceptWithinSeconds: 60, fallbackAssociates: [] }, false],
    ['ten next ones', { acceptWithinSeconds: 60, fallbackAssociates: idsTo(10) }, true],
    ['eleven next ones', { acceptWithinSeconds: 60, fallbackAssociates: idsTo(11) }, false],
    ['one of them twice', { acceptWithinSeconds: 60, fallbackAssociates: [9, 8, 9] }, false],
    ['an id, and a name like it', { acceptWithinSeconds: 60, fallbackAssociates: [9, '9'] }, true],
    ['a word that is none', { acceptWithinSeconds: 60, ifNobody: 'stay' }, false],
    ['next ones without a time', { fallbackAssociates: [9] }, false],
    ['picking up without a time', { pickUp: true }, false],
    ['an end without a time', { ifNobody: 'leave' }, false],
    ['a dry run without a time', { dryRun: true }, true],
    ['yielding without a time', { yields: true }, true],
  ])('say the same of an event with %s', (_, fields, isSound) => {
    const event = { chatSessionId: 1, toAssociate: 1, ...fields };

    expect(verdicts(JSON.stringify(event))).toEqual({ ours: isSound, schema: isSound });
  });

  it.each(['.', '..', '...', '.. ', ' ', '\u00a0', 'ben.', 'ben..', 'ben ', ' ben', 'ben. .'])(
    'both refuse a username that IIS may trim: %j',
    (toAssociate) => {
      const body = JSON.stringify({ chatSessionId: 1, toAssociate });

      expect(verdicts(body)).toEqual({ ours: false, schema: false });
    },
  );

  it.each(['b', '.ben', 'ben e', 'b. e', 'a.b'])('both accept the username %j', (toAssociate) => {
    const body = JSON.stringify({ chatSessionId: 1, toAssociate });

    expect(verdicts(body)).toEqual({ ours: true, schema: true });
  });

  it.each([...'\u0000\u0001\t\n\r\u001f\u007f/\\%&*:<>?#|"'])(
    'both refuse a username that holds %j',
    (character) => {
      const body = JSON.stringify({ chatSessionId: 1, toAssociate: `a${character}b` });

      expect(verdicts(body)).toEqual({ ours: false, schema: false });
    },
  );
});
