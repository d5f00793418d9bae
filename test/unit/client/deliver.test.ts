import { describe, expect, it } from '@jest/globals';
import { type DeliverOptions, deliver, type EntryAnswer } from '../../../client/deliver.ts';
import type { OutgoingEvent } from '../../../client/outgoing-event.ts';
import { createVirtualClock } from '../../support/virtual-clock.ts';

/** An event by name; its chat is the name's first letter. */
const outgoing = (name: string): OutgoingEvent => ({
  body: name,
  bytes: name.length,
  groupId: name.slice(0, 1),
  deduplicationId: `id of ${name}`,
});

const sent = (name: string): EntryAnswer => ({ kind: 'sent', messageId: `m-${name}` });
const failed = (code: string, isFinal = false): EntryAnswer => ({
  kind: 'failed',
  error: { code, message: 'On purpose.' },
  isFinal,
});
const throttled = () =>
  Object.assign(new Error('Slow.'), { name: 'RequestThrottled', $fault: 'client' });

type Sqs = (name: string, call: number) => EntryAnswer;

async function run(
  names: string,
  sqs: Sqs,
  options: Partial<Pick<DeliverOptions, 'most' | 'beforeCall' | 'onSent' | 'signal'>> = {},
) {
  const clock = createVirtualClock();
  const startedAt = clock.now();
  const calls: string[] = [];
  const ids = new Set<string>();
  const delivered = await clock.until(
    deliver(names.split(' ').map(outgoing), {
      most: 10,
      clock,
      random: () => 0,
      ...options,
      async sendBatch(events) {
        calls.push(`${clock.now() - startedAt} ms: ${events.map(({ body }) => body).join(' ')}`);
        for (const { deduplicationId } of events) ids.add(deduplicationId);
        return events.map(({ body }) => sqs(body, calls.length));
      },
    }),
  );
  const told = delivered.answers.map((answer) => {
    if (answer.kind === 'unconfirmed') return answer.error.code;
    return answer.kind === 'not-sent' ? answer.why : answer.kind;
  });
  return {
    calls,
    told: told.join(' '),
    cause: delivered.cause,
    ids: ids.size,
    answers: delivered.answers,
  };
}

describe('deliver', () => {
  it('answers with message ids, in order', async () => {
    const { answers, calls } = await run('a b c', sent);

    expect(answers).toEqual(['a', 'b', 'c'].map(sent));
    expect(calls).toEqual(['0 ms: a b c']);
  });

  it('sends again only what SQS failed, with the same id, after a pause', async () => {
    const { calls, told, ids } = await run('a b c', (name, call) =>
      name === 'b' && call === 1 ? failed('InternalError') : sent(name),
    );

    expect(calls).toEqual(['0 ms: a b c', '100 ms: b']);
    expect(told).toBe('sent sent sent');
    expect(ids).toBe(3);
  });

  it('tells of each event once, by its place, when SQS has it', async () => {
    const told: [number, string][] = [];
    const onSent = (index: number, messageId: string) => told.push([index, messageId]);

    await run('a b c', (name, call) => (name === 'a' && call < 3 ? failed('Error') : sent(name)), {
      onSent,
    });

    expect(told).toEqual([
      [1, 'm-b'],
      [2, 'm-c'],
      [0, 'm-a'],
    ]);
  });

  it('gives an event up after four failures, and sends the others', async () => {
    const { calls, told } = await run('a b c d e f g h i j k', (name) =>
      name < 'f' ? failed('InternalError') : sent(name),
    );

    expect(calls).toEqual([
      '0 ms: a b c d e f g h i j',
      '0 ms: k',
      '100 ms: a b c d e',
      '300 ms: a b c d e',
      '700 ms: a b c d e',
    ]);
    expect(told).toBe(`${'InternalError '.repeat(5)}sent sent sent sent sent sent`);
  });

  it('does not repeat what is at fault itself', async () => {
    const { calls, told } = await run('a b', (name) =>
      name === 'a' ? failed('InvalidMessageContents', true) : sent(name),
    );

    expect(calls).toEqual(['0 ms: a b']);
    expect(told).toBe('InvalidMessageContents sent');
  });

  it('lets no event of a chat overtake an earlier one', async () => {
    const { calls, told } = await run('a1 b a2 a3', (name, call) =>
      name === 'a1' && call === 1 ? failed('InternalError') : sent(name),
    );

    expect(calls).toEqual(['0 ms: a1 b', '100 ms: a1', '100 ms: a2', '100 ms: a3']);
    expect(told).toBe('sent sent sent sent');
  });

  it('stops a chat at the event it gives up, and no other chat', async () => {
    const { calls, told } = await run('a1 b1 a2 b2', (name) =>
      name === 'a1' ? failed('InvalidMessageContents', true) : sent(name),
    );

    expect(calls).toEqual(['0 ms: a1 b1', '0 ms: b2']);
    expect(told).toBe('InvalidMessageContents sent sqs-failed sent');
  });

  it('repeats a call that failed as a whole, and none beside it meanwhile', async () => {
    const { calls, told } = await run('a a2', (name, call) => {
      if (call === 1) throw throttled();
      return sent(name);
    });

    expect(calls).toEqual(['0 ms: a', '100 ms: a', '100 ms: a2']);
    expect(told).toBe('sent sent');
  });

  it('ends once four calls in a row have failed: what was tried is unconfirmed, the rest not sent', async () => {
    const { calls, told, cause } = await run('a a2', () => {
      throw throttled();
    });

    expect(calls).toEqual(['0 ms: a', '100 ms: a', '300 ms: a', '700 ms: a']);
    expect(told).toBe('RequestThrottled sqs-failed');
    expect(cause).toEqual(throttled());
  });

  it('bears with failing calls as long as some succeed', async () => {
    const names = 'a b c d e f g h';

    const { told } = await run(
      names,
      (name, call) => {
        if (call % 4 !== 0) throw throttled();
        return sent(name);
      },
      { most: 1 },
    );

    expect(told).toBe(names.replace(/\w/g, 'sent'));
  });

  it('does not repeat a call that SQS refuses', async () => {
    const refusal = Object.assign(new Error('No.'), { name: 'AccessDenied', $fault: 'client' });

    const { calls, told, cause } = await run('a a2', () => {
      throw refusal;
    });

    expect(calls).toHaveLength(1);
    expect(told).toBe('AccessDenied sqs-failed');
    expect(cause).toBe(refusal);
  });

  it('never pauses longer than three seconds', async () => {
    const { calls } = await run('a1 a2 a3 a4 a5 a6 a7 a8 a9', (name, call) =>
      call > 7 ? sent(name) : failed('InternalError', false),
    );
    const moments = calls.map((call) => Number.parseInt(call, 10));

    expect(
      Math.max(...moments.slice(1).map((at, index) => at - (moments[index] ?? 0))),
    ).toBeLessThanOrEqual(3_000);
  });

  it('names what was not sent when the signal aborts', async () => {
    const aborting = new AbortController();

    const { calls, told, cause } = await run(
      'a b c',
      (name, call) => {
        if (call === 2) {
          aborting.abort(new Error('Enough.'));
          throw Object.assign(new Error('Request aborted'), { name: 'AbortError' });
        }
        return sent(name);
      },
      { most: 1, signal: aborting.signal },
    );

    expect(calls).toHaveLength(2);
    expect(told).toBe('sent AbortError aborted');
    expect(cause).toEqual(new Error('Enough.'));
  });

  it('sends nothing where the signal has aborted before', async () => {
    const { calls, told } = await run('a b', sent, { signal: AbortSignal.abort() });

    expect(calls).toEqual([]);
    expect(told).toBe('aborted aborted');
  });

  it('sends nothing where what is waited for ahead of a call fails, and tries that again', async () => {
    let waits = 0;
    const beforeCall = async () => {
      waits += 1;
      throw throttled();
    };

    const { calls, told, cause } = await run('a b', sent, { beforeCall });

    expect(calls).toEqual([]);
    expect(waits).toBe(4);
    expect(told).toBe('sqs-failed sqs-failed');
    expect(cause).toEqual(throttled());
  });
});
