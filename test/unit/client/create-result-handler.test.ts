import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { createResultHandler, type ResultHandlers } from '../../../client/create-result-handler.ts';
import { sqsRecord } from '../../support/events.ts';
import { receivedResult } from '../../support/received-result.ts';

/** A record by name; its chat is the name's first letter. */
const record = (name: string, outcome = 'assigned', body?: string) => ({
  messageId: `m-${name}`,
  body: body ?? JSON.stringify(receivedResult('not-applied', { eventMessageId: name, outcome })),
  attributes: { MessageGroupId: name.slice(0, 1) },
});
const records = (names: string) => ({ Records: names.split(' ').map((name) => record(name)) });

function setUp(handlers: Partial<ResultHandlers> = {}) {
  const seen: string[] = [];
  const failures: string[] = [];
  const note = (by: string) => (result: { eventMessageId: string }) =>
    void seen.push(`${by}: ${result.eventMessageId}`);
  const handler = createResultHandler(
    { assigned: note('assigned'), otherwise: note('otherwise'), ...handlers },
    { onFailure: (error, messageId) => failures.push(`${messageId}: ${(error as Error).message}`) },
  );
  const again = async (event: Parameters<typeof handler>[0]) =>
    (await handler(event)).batchItemFailures.map(({ itemIdentifier }) => itemIdentifier).join(' ');
  return { seen, failures, handler, again };
}

describe('createResultHandler', () => {
  it('calls what is named after the outcome, otherwise the other', async () => {
    const { seen, again } = setUp();

    const left = await again({
      Records: [
        record('a'),
        record('b', 'failed'),
        record('c', 'declined-later'),
        record('d', 'constructor'),
      ],
    });

    expect(seen).toEqual(['assigned: a', 'otherwise: b', 'otherwise: c', 'otherwise: d']);
    expect(left).toBe('');
  });

  it('handles a chat in order, and waits for each', async () => {
    const log: string[] = [];
    const { again } = setUp({
      assigned: async ({ eventMessageId }) => {
        log.push(`${eventMessageId} begins`);
        await sleep(2);
        log.push(`${eventMessageId} ends`);
      },
    });

    await again(records('a1 a2'));

    expect(log).toEqual(['a1 begins', 'a1 ends', 'a2 begins', 'a2 ends']);
  });

  it('handles chats side by side', async () => {
    let arrive: () => void = () => undefined;
    const other = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const { again } = setUp({
      assigned: async ({ eventMessageId }) => {
        if (eventMessageId === 'b') arrive();
        // Were they one after the other, the first would wait for ever.
        await other;
      },
    });

    expect(await again(records('a b'))).toBe('');
  });

  it('stops a chat at its first failure, and leaves that and the later ones', async () => {
    const { seen, failures, again } = setUp({
      failed: () => {
        throw new Error('No database.');
      },
    });

    const left = await again({
      Records: [record('a1'), record('a2', 'failed'), record('b1'), record('a3'), record('b2')],
    });

    expect(left).toBe('m-a2 m-a3');
    expect(seen).toHaveLength(3);
    expect(new Set(seen)).toEqual(new Set(['assigned: a1', 'assigned: b1', 'assigned: b2']));
    expect(failures).toEqual(['m-a2: No database.']);
  });

  it('leaves what is no result for the dead-letter queue', async () => {
    const { again, failures } = setUp();

    const left = await again({
      Records: [record('a', '', 'no JSON'), record('b', '', '{}'), record('c')],
    });

    expect(left).toBe('m-a m-b');
    expect(failures).toHaveLength(2);
  });

  it('handles a repeat once, and only what went well', async () => {
    let attempts = 0;
    const { seen, again } = setUp({
      failed: () => {
        attempts += 1;
        if (attempts === 1) throw new Error('No database.');
        seen.push('failed');
      },
    });
    const batch = { Records: [record('a'), record('b', 'failed')] };

    expect(await again(batch)).toBe('m-b');
    expect(await again(batch)).toBe('');
    expect(await again(batch)).toBe('');

    expect(seen).toEqual(['assigned: a', 'failed']);
  });

  it('handles a repeat in the same batch once', async () => {
    const { seen, again } = setUp();

    expect(await again({ Records: [record('a'), { ...record('a'), messageId: 'm-2' }] })).toBe('');
    expect(seen).toEqual(['assigned: a']);
  });

  it('takes what Lambda hands over, and answers as Lambda wants it, by the types of both', async () => {
    const { handler, seen } = setUp();
    const event: SQSEvent = { Records: [sqsRecord({ body: receivedResult('failed') })] };

    const answer: SQSBatchResponse = await handler(event);

    expect(answer).toEqual({ batchItemFailures: [] });
    expect(seen).toHaveLength(1);
  });

  it('narrows the outcome to the key', () => {
    const handlers: ResultHandlers = {
      'not-applied': ({ outcome, cause }) => {
        const word: 'not-applied' = outcome;
        // @ts-expect-error An outcome that it cannot be.
        return [word, cause === 'in-queue', outcome === 'assigned'];
      },
      otherwise: ({ outcome }) => outcome === 'a-later-word',
    };

    expect(handlers.otherwise(receivedResult('failed', { outcome: 'a-later-word' }))).toBe(true);
  });

  it('refuses a misspelt outcome, which does not compile', () => {
    expect(() =>
      createResultHandler({
        // @ts-expect-error A misspelt outcome.
        'not-aplied': () => undefined,
        otherwise: () => undefined,
      }),
    ).toThrow('createResultHandler: expected one of transfer-pending, assigned, not-applied');
  });

  it('refuses to do without otherwise, which does not compile', () => {
    // @ts-expect-error Without `otherwise`.
    expect(() => createResultHandler({ assigned: () => undefined })).toThrow(
      'createResultHandler: otherwise: expected a function, got nothing.',
    );
  });

  it('refuses what is no function, which does not compile', () => {
    expect(() =>
      createResultHandler({
        // @ts-expect-error No function.
        assigned: 'log',
        otherwise: () => undefined,
      }),
    ).toThrow('createResultHandler: assigned: expected a function.');
  });
});
