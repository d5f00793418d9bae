import { describe, expect, it } from '@jest/globals';
import { type ExchangeOptions, exchange } from '../../../superoffice/exchange.ts';
import { connectionRefused, connectionReset, fakeFetch, hangs } from '../../support/fake-fetch.ts';
import { createVirtualClock, startOfTime, type VirtualClock } from '../../support/virtual-clock.ts';

type Respond = (request: Request, clock: VirtualClock) => Response | Promise<Response>;

function setUp(
  respond: Respond,
  given: Partial<ExchangeOptions> & { connectMs?: number; connectError?: Error } = {},
) {
  const clock = createVirtualClock();
  const { connectMs = 0, connectError, ...options } = given;
  const connect = async () => {
    await clock.sleep(connectMs);
    if (connectError) throw connectError;
  };
  const { fetch, requests } = fakeFetch((request) => respond(request, clock), connect);
  const sentAt: number[] = [];
  const run = () =>
    exchange({
      url: new URL('https://so.example/api/v1/x'),
      method: 'POST',
      headers: { authorization: 'SOTicket secret-ticket' },
      timeoutMs: 5_000,
      onSent: () => sentAt.push(clock.now() - startOfTime),
      clock,
      fetch,
      ...options,
    });
  return { clock, requests, sentAt, run: () => clock.until(run()) };
}

/** A body that comes chunk by chunk, and then fails or never ends. */
const body = (chunks: Uint8Array[], end: (controller: ReadableStreamDefaultController) => void) =>
  new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      end(controller);
    },
  });

const mebibyte = 1_048_576;

describe('exchange', () => {
  it('hands back status, headers and body', async () => {
    const { run } = setUp(() => new Response('{}', { status: 404, headers: { 'x-a': 'b' } }));

    const ended = await run();

    expect(ended).toMatchObject({ kind: 'response', status: 404, body: '{}' });
    expect(ended.kind === 'response' && ended.headers.get('x-a')).toBe('b');
  });

  it('hands back no body as an empty one', async () => {
    const { run } = setUp(() => new Response(null, { status: 204 }));

    expect(await run()).toMatchObject({ kind: 'response', status: 204, body: '' });
  });

  it('leaves no timer behind', async () => {
    const { run, clock } = setUp(() => new Response('{}'), { sendBefore: startOfTime + 1_000 });

    await run();

    expect(clock.sleeping()).toBe(0);
  });

  it('sends method and headers', async () => {
    const { run, requests } = setUp(() => new Response('{}'));

    await run();

    expect(requests[0]).toMatchObject({ method: 'POST', url: 'https://so.example/api/v1/x' });
    expect(requests[0]?.headers.get('authorization')).toBe('SOTicket secret-ticket');
  });

  it('reads a body split within a character', async () => {
    const [first, second] = [Uint8Array.of(0xc3), Uint8Array.of(0xa9)];
    const { run } = setUp(() => new Response(body([first, second], (it) => it.close())));

    expect(await run()).toMatchObject({ body: 'é' });
  });

  it('reads a body broken off within a character', async () => {
    const { run } = setUp(() => new Response(body([Uint8Array.of(0xc3)], (it) => it.close())));

    expect(await run()).toMatchObject({ body: '\ufffd' });
  });

  it('reads a body up to a mebibyte', async () => {
    const { run } = setUp(() => new Response('x'.repeat(mebibyte)));

    expect(await run()).toMatchObject({ kind: 'response' });
  });

  it('reads no further than a mebibyte', async () => {
    let isCancelled = false;
    const endless = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(65_536)),
      cancel() {
        isCancelled = true;
      },
    });
    const { run } = setUp(() => new Response(endless, { status: 500 }));

    expect(await run()).toEqual({ kind: 'too-large', status: 500 });
    expect(isCancelled).toBe(true);
  });

  it('throws what is no failure of the exchange', async () => {
    const { run, clock } = setUp(() => Promise.reject(new RangeError('a bug')));

    await expect(run()).rejects.toThrow('a bug');
    expect(clock.sleeping()).toBe(0);
  });

  it('throws a TypeError that is not fetch’s', async () => {
    const { run } = setUp(() => Promise.reject(new TypeError('x is not a function')));

    await expect(run()).rejects.toThrow('x is not a function');
  });
});

describe('exchange: timeoutMs', () => {
  it.each<[string, Respond]>([
    ['no answer begins by then', hangs],
    [
      'the body does not end by then',
      ({ signal }) =>
        new Response(
          body([new TextEncoder().encode('{"half":')], (controller) =>
            signal.addEventListener('abort', () => controller.error(signal.reason)),
          ),
        ),
    ],
    [
      'the body ends as it passes',
      ({ signal }) =>
        new Response(
          body([], (controller) => signal.addEventListener('abort', () => controller.close())),
        ),
    ],
  ])('is a timeout where %s', async (_, respond) => {
    const { run, clock } = setUp(respond);

    expect(await run()).toEqual({ kind: 'timeout' });
    expect(clock.now()).toBe(startOfTime + 5_000);
  });

  it('counts the time a connection takes', async () => {
    const { run, clock, sentAt } = setUp(hangs, { connectMs: 4_000 });

    expect(await run()).toEqual({ kind: 'timeout' });
    expect(sentAt).toEqual([4_000]);
    expect(clock.now()).toBe(startOfTime + 5_000);
  });

  it('sends nothing where no connection stands by then', async () => {
    const { run, clock, requests } = setUp(() => new Response('{}'), { connectMs: 5_001 });

    expect(await run()).toEqual({ kind: 'unreachable' });
    expect(clock.now()).toBe(startOfTime + 5_000);
    expect(requests).toEqual([]);
  });
});

describe('exchange: sendBefore', () => {
  const sendBefore = startOfTime + 1_000;

  it('lets a request leave just before', async () => {
    const { run, sentAt } = setUp(() => new Response('{}'), { sendBefore, connectMs: 999 });

    expect(await run()).toMatchObject({ kind: 'response' });
    expect(sentAt).toEqual([999]);
  });

  it('lets no request leave after', async () => {
    const { run, clock, requests } = setUp(() => new Response('{}'), {
      sendBefore,
      connectMs: 1_001,
    });

    expect(await run()).toEqual({ kind: 'unreachable' });
    expect(clock.now()).toBe(sendBefore);
    expect(requests).toEqual([]);
  });

  it.each([0, -1_000])('lets no request leave where it has passed by %i ms', async (ms) => {
    const { run, requests } = setUp(() => new Response('{}'), { sendBefore: startOfTime + ms });

    expect(await run()).toEqual({ kind: 'unreachable' });
    expect(requests).toEqual([]);
  });

  it('leaves a request that has left its whole time', async () => {
    const { run, clock } = setUp(hangs, { sendBefore, connectMs: 999 });

    expect(await run()).toEqual({ kind: 'timeout' });
    expect(clock.now()).toBe(startOfTime + 5_000);
  });

  it.each([4_999, 5_000, 5_001])('gives no more time than the timeout: %i ms', async (ms) => {
    const { run, clock } = setUp(() => new Response('{}'), {
      sendBefore: startOfTime + ms,
      connectMs: 60_000,
    });

    expect(await run()).toEqual({ kind: 'unreachable' });
    expect(clock.now()).toBe(startOfTime + Math.min(ms, 5_000));
  });

  it('holds for the request that fetch repeats', async () => {
    const misdirected = () => new Response('', { status: 421 });
    const { run, sentAt } = setUp(misdirected, { sendBefore, connectMs: 600 });

    expect(await run()).toEqual({ kind: 'unreachable' });
    expect(sentAt).toEqual([600]);
  });

  it('holds for the request that fetch would repeat later', async () => {
    const { run, requests } = setUp(
      async (_, clock) => {
        await clock.sleep(2_000);
        return new Response('', { status: 421 });
      },
      { sendBefore },
    );

    expect(await run()).toEqual({ kind: 'unreachable' });
    expect(requests).toHaveLength(1);
  });
});

describe('exchange: a failure of fetch', () => {
  it('is unreachable before the request has left', async () => {
    const { run, requests } = setUp(() => new Response('{}'), {
      connectError: connectionRefused(),
    });

    expect(await run()).toEqual({ kind: 'unreachable' });
    expect(requests).toEqual([]);
  });

  it.each([
    ['the connection is reset', connectionReset()],
    [
      'the connection is closed',
      new TypeError('fetch failed', {
        cause: Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' }),
      }),
    ],
  ])('is a lost connection once the request has left: %s', async (_, error) => {
    const { run } = setUp(() => Promise.reject(error));

    expect(await run()).toEqual({ kind: 'connection-lost' });
  });

  it('is a lost connection where the body breaks off', async () => {
    const broken = new TypeError('terminated', { cause: new Error('other side closed') });
    const { run } = setUp(
      () => new Response(body([new Uint8Array(3)], (controller) => controller.error(broken))),
    );

    expect(await run()).toEqual({ kind: 'connection-lost' });
  });

  it('is a lost connection where fetch publishes nothing: the request may have left', async () => {
    const { run, sentAt } = setUp(() => new Response('{}'), {
      fetch: () => Promise.reject(connectionRefused()),
    });

    expect(await run()).toEqual({ kind: 'connection-lost' });
    expect(sentAt).toEqual([]);
  });
});
