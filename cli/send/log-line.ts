/** What the function's log says of an event, at the end of an attempt. */
export type Logged = {
  eventMessageId: string;
  /** Whether it has its result, and not only an attempt or a question to somebody behind it. */
  isResult: boolean;
  /** Of its result; else what came of the attempt, such as `retry`. */
  outcome: string;
  cause: string | null;
  /** Code of the error. */
  error: string | null;
  httpStatus: number | null;
  /** Whose credential it was, who has the chat, who is asked: associate ids. */
  actingAsId: number | null;
  userId: number | null;
  transferToId: number | null;
  receiveCount: number | null;
};

/** undefined for a line about something else. */
export function readLogLine(line: string): Logged | undefined {
  let fields: Record<string, unknown>;
  try {
    fields = JSON.parse(line) ?? {};
  } catch {
    return undefined;
  }
  const { eventMessageId, outcome } = fields;
  if (typeof eventMessageId !== 'string' || typeof outcome !== 'string') return undefined;
  const text = (name: string) => (typeof fields[name] === 'string' ? fields[name] : null);
  const number = (name: string) => (typeof fields[name] === 'number' ? fields[name] : null);
  return {
    eventMessageId,
    // Only a result says whose credential it was, if but null.
    isResult: Object.hasOwn(fields, 'actingAsId'),
    outcome,
    cause: text('cause'),
    error: text('error'),
    httpStatus: number('httpStatus'),
    actingAsId: number('actingAsId'),
    userId: number('userId'),
    transferToId: number('transferToId'),
    receiveCount: number('receiveCount'),
  };
}

/** A pattern holds 1,024 characters; beyond so many, all lines about events are looked through. */
const mostNamed = 10;

/** What CloudWatch Logs is asked for: the lines of these events, and perhaps of others. */
export function filterPatternFor(eventMessageIds: readonly string[]): string {
  if (eventMessageIds.length > mostNamed) return '{ $.eventMessageId = "*" }';
  const terms = eventMessageIds.map((id) => `($.eventMessageId = "${id}")`);
  return `{ ${terms.join(' || ')} }`;
}
