import * as v from 'valibot';
import { dateTime } from './date-time.ts';
import { textOf } from './text.ts';

const maxId = 2_147_483_647;
/** IIS refuses these in a path, or takes them for something else. */
const notInPath = String.raw`\u0000-\u001f\u007f/\\%&*:<>?#|"`;
/** Neither what IIS may trim: blanks at either end, dots at the end. */
const namePattern = new RegExp(
  String.raw`^([^${notInPath}\s][^${notInPath}]*)?[^${notInPath}\s.]$`,
  'u',
);
const requestIdPattern = /^[\x21-\x7e]+$/;

const wholeNumber = (from: number, to: number, expected = `an integer from ${from} to ${to}`) =>
  v.pipe(
    v.number(expected),
    v.integer(expected),
    v.minValue(from, expected),
    v.maxValue(to, expected),
  );

const chatSessionId = wholeNumber(1, maxId);

const expectedAssociate =
  `an associate id from 1 to ${maxId}, or a username of 1 to 255 characters that has no blank at ` +
  'either end, no dot at its end, no control characters and none of / \\ % & * : < > ? # | " ' +
  '(use the associate id for such a name)';
const username = v.pipe(textOf(1, 255, expectedAssociate), v.regex(namePattern, expectedAssociate));
const toAssociate = v.union(
  [wholeNumber(1, maxId, expectedAssociate), username],
  expectedAssociate,
);

const mostFallbackAssociates = 10;
const expectedFallbacks = `1 to ${mostFallbackAssociates} associates, each of them once`;
const fallbackAssociates = v.pipe(
  v.array(toAssociate, expectedFallbacks),
  v.minLength(1, expectedFallbacks),
  v.maxLength(mostFallbackAssociates, expectedFallbacks),
  v.check((associates) => new Set(associates).size === associates.length, expectedFallbacks),
  v.metadata({ uniqueItems: true }),
);

const ifNobody = v.picklist(['leave', 'return-to-queue'], 'one of "leave" and "return-to-queue"');
const flag = v.boolean('true or false');

const expectedRequestId = '1 to 128 printable ASCII characters without spaces';
const requestId = v.pipe(
  textOf(1, 128, expectedRequestId),
  v.regex(requestIdPattern, expectedRequestId),
);

/** What each field must be. */
export const eventFields = {
  chatSessionId,
  toAssociate,
  requestId: v.optional(requestId),
  expiresAt: v.optional(dateTime),
  expiresInSeconds: v.optional(wholeNumber(1, 43_200)),
  source: v.optional(textOf(0, 256)),
  reason: v.optional(textOf(0, 1024)),
  acceptWithinSeconds: v.optional(wholeNumber(30, 600)),
  fallbackAssociates: v.optional(fallbackAssociates),
  ifNobody: v.optional(ifNobody),
  pickUp: v.optional(flag),
  dryRun: v.optional(flag),
  yields: v.optional(flag),
};

/** What only an offer may have: each asks for `acceptWithinSeconds` beside it. */
export const fieldsOfAnOffer = ['fallbackAssociates', 'ifNobody', 'pickUp'] as const;
