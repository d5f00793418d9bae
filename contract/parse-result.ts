import * as v from 'valibot';
import { instantOf } from './date-time.ts';
import type { RouteChatResult } from './result.ts';

const integer = v.pipe(v.number(), v.integer());
const text = v.string();
const instant = v.pipe(
  text,
  v.check((value) => instantOf(value) !== undefined, 'Expected an RFC 3339 date and time'),
);
const nullable = v.nullable;

const associate = v.looseObject({
  associateId: integer,
  ejUserId: nullable(integer),
  name: nullable(text),
});

const session = v.looseObject({
  chatSessionId: integer,
  topicId: nullable(integer),
  user: nullable(associate),
  transferTo: nullable(associate),
  chatbotIsActive: nullable(v.boolean()),
  whenRequested: nullable(instant),
  whenStarted: nullable(instant),
  whenEnded: nullable(instant),
  whenIdle: nullable(instant),
});

const error = v.looseObject({
  code: text,
  message: v.pipe(
    text,
    v.check((value) => [...value].length <= 1024, 'Expected at most 1,024 characters'),
  ),
  httpStatus: nullable(integer),
});

const shortName = v.pipe(
  text,
  v.check((value) => [...value].length <= 64, 'Expected at most 64 characters'),
);

const result = v.looseObject({
  version: v.literal(1),
  requestId: text,
  eventMessageId: text,
  eventSequenceNumber: nullable(text),
  chatSessionId: nullable(integer),
  toAssociate: nullable(text),
  outcome: text,
  cause: nullable(text),
  sessionStatus: nullable(text),
  session: nullable(session),
  actingAs: nullable(associate),
  error: nullable(error),
  source: nullable(text),
  reason: nullable(text),
  ignoredFields: v.pipe(v.array(shortName), v.maxLength(10)),
  receiveCount: v.pipe(integer, v.minValue(1)),
  sentAt: instant,
  completedAt: instant,
});

/** A result as its reader meets it: outcomes and causes are open sets of words. */
export type ReceivedResult = Omit<RouteChatResult, 'outcome' | 'cause'> & {
  outcome: string;
  cause: string | null;
};

/**
 * Reads the body of a message on the result queue.
 * @throws Error that names the first field that breaks route-chat-result.schema.json.
 */
export function parseRouteChatResult(body: string): ReceivedResult {
  const parsed = v.safeParse(result, JSON.parse(body));
  if (parsed.success) return parsed.output;
  const issue = parsed.issues[0];
  throw new Error(`Not a route chat result: ${v.getDotPath(issue) ?? 'body'}: ${issue.message}.`);
}
