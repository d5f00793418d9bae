import { parseRouteChatResult, type ReceivedResult } from '../contract/parse-result.ts';
import { type Outcome, outcomes } from '../contract/result.ts';
import { rememberIds } from './remembered-ids.ts';

/** What to do for results of each outcome; `otherwise` for all that are not named, later ones included. */
export type ResultHandlers = {
  [Known in Outcome]?: (result: ReceivedResult & { outcome: Known }) => unknown;
} & {
  otherwise: (result: ReceivedResult) => unknown;
};

/** As much as is read of what Lambda hands over. */
export type SqsEvent = { Records: SqsRecord[] };
type SqsRecord = {
  messageId: string;
  body: string;
  attributes: { MessageGroupId?: string | undefined };
};

/** What Lambda is answered: the records that are to come again. */
export type SqsBatchResponse = { batchItemFailures: { itemIdentifier: string }[] };

/** Results whose repeats are known, in one sandbox. */
const mostRemembered = 10_000;

/**
 * Makes a Lambda handler for results, to be mapped to the result queue by
 * `routeChat.addResultHandler`. Chats go side by side, each in order. Where a handler throws, that
 * result and its chat's later ones come again, and after ten times go to the dead-letter queue;
 * so does what is no result. A result that was handled well is not handled again in this sandbox.
 * @param options.onFailure told why a record comes again; by default a line in the log
 * @throws TypeError for a key that is no outcome, or without `otherwise`
 */
export function createResultHandler(
  handlers: ResultHandlers,
  { onFailure = logFailure }: { onFailure?: (error: unknown, messageId: string) => void } = {},
): (event: SqsEvent) => Promise<SqsBatchResponse> {
  checkHandlers(handlers);
  const handled = rememberIds(mostRemembered);

  async function handle({ body }: SqsRecord): Promise<void> {
    const result = parseRouteChatResult(body);
    if (handled.has(result.eventMessageId)) return;
    const name = (outcomes as readonly string[]).includes(result.outcome)
      ? (result.outcome as Outcome)
      : 'otherwise';
    const act = (handlers[name] ?? handlers.otherwise) as (result: ReceivedResult) => unknown;
    await act(result);
    handled.add(result.eventMessageId);
  }

  /** The records that are to come again. */
  async function handleChat(records: SqsRecord[]): Promise<SqsRecord[]> {
    for (const [index, record] of records.entries()) {
      try {
        await handle(record);
      } catch (error) {
        onFailure(error, record.messageId);
        return records.slice(index);
      }
    }
    return [];
  }

  return async ({ Records }) => {
    const chats = new Map<string, SqsRecord[]>();
    for (const record of Records) {
      const chat = record.attributes.MessageGroupId ?? record.messageId;
      chats.set(chat, [...(chats.get(chat) ?? []), record]);
    }
    const failed = (await Promise.all([...chats.values()].map(handleChat))).flat();
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };
}

function checkHandlers(handlers: object): void {
  const known: readonly string[] = [...outcomes, 'otherwise'];
  for (const [name, handler] of Object.entries(handlers)) {
    if (!known.includes(name)) {
      throw new TypeError(
        `createResultHandler: expected one of ${known.join(', ')}; got ${JSON.stringify(name)}.`,
      );
    }
    if (typeof handler !== 'function' && handler !== undefined) {
      throw new TypeError(`createResultHandler: ${name}: expected a function.`);
    }
  }
  if (!('otherwise' in handlers) || handlers.otherwise === undefined) {
    throw new TypeError('createResultHandler: otherwise: expected a function, got nothing.');
  }
}

function logFailure(error: unknown, messageId: string): void {
  // biome-ignore lint/suspicious/noConsole: in a Lambda function, the console is the log.
  console.error('A route chat result was not handled and comes again', messageId, error);
}
