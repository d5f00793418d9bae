import { describe, expect, it } from '@jest/globals';
import { type ExchangeOptions, exchange } from '../../../superoffice/exchange.ts';
import { connectionRefused, connectionReset, fakeFetch, hangs } from '../../support/fake-fetch.ts';
import { createVirtualClock } from '../../support/virtual-clock.ts';

function setUp(respond: (request: Request) => Response | Promise<Response>) {
  const clock = createVirtualClock();
  const { fetch, requests } = fakeFetch(respond);
  const options: ExchangeOptions = {
    url: new URL('https://so.example/api/v1/x'),
    method: 'POST',
    headers: { authorization: 'SOTicket secret-ticket' },
    timeoutMs: 5_000,
    clock,
    fetch,
  };
  return { clock, requests, run: () => exchange(options) };
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

  it('leaves no timer behind', async () => {
    const { run, clock } = setUp(() => new Response('{}'));

    await run();
    await clock.advance(0);

    expect(clock.sleeping()).toBe(0);
  });

  it.each([429, 500, 503])('asks once, whatever the answer: %i', async (status) => {
    const { run, requests } = setUp(
      () => new Response('', { status, headers: { 'retry-after': '0' } }),
    );

    await run();

    expect(requests).toHaveLength(1);
  });

  it('does not follow a redirect', async () => {
    const { run, requests } = setUp(
      () => new Response(null, { status: 302, headers: { location: 'https://evil.example/' } }),
    );

    expect(await run()).toMatchObject({ kind: 'response', status: 302 });
    expect(requests.map(({ redirect }) => redirect)).toEqual(['manual']);
  });

  it('reads a body split within a character', async () => {
    const [first, second] = [Uint8Array.of(0xc3), Uint8Array.of(0xa9)];
    const { run } = setUp(() => new Response(body([first, second], (it) => it.close())));

    expect(await run()).toMatchObject({ body: 'é' });
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
    const { run } = setUp(() => new Response(endless));

    expect(await run()).toEqual({ kind: 'too-large', status: 200 });
    expect(isCancelled).toBe(true);
  });

  it('is a timeout where no answer begins in time', async () => {
    const { run, clock } = setUp(hangs);
    const ended = run();

    await clock.advance(4_999);
    expect(clock.sleeping()).toBe(1);
    await clock.advance(1);

    expect(await ended).toEqual({ kind: 'timeout' });
  });

  it('is a timeout where the body does not end in time', async () => {
    const { run, clock } = setUp(({ signal }) => {
      const chunk = new TextEncoder().encode('{"half":');
      return new Response(
        body([chunk], (controller) =>
          signal.addEventListener('abort', () => controller.error(signal.reason)),
        ),
      );
    });
    const ended = run();

    await clock.advance(5_000);

    expect(await ended).toEqual({ kind: 'timeout' });
  });

  it.each([
    ['the connection is refused', connectionRefused()],
    [
      'the name is unknown',
      new TypeError('fetch failed', {
        cause: Object.assign(new Error('getaddrinfo ENOTFOUND'), {
          syscall: 'getaddrinfo',
          code: 'ENOTFOUND',
        }),
      }),
    ],
    [
      'no connection stands in time',
      new TypeError('fetch failed', {
        cause: Object.assign(new Error('Connect Timeout Error'), {
          code: 'UND_ERR_CONNECT_TIMEOUT',
        }),
      }),
    ],
    [
      'every address is refused',
      new TypeError('fetch failed', {
        cause: new AggregateError(
          [
            Object.assign(new Error('connect ECONNREFUSED'), {
              syscall: 'connect',
              code: 'ECONNREFUSED',
            }),
          ],
          'connect ECONNREFUSED',
        ),
      }),
    ],
    [
      'the certificate is not trusted',
      new TypeError('fetch failed', {
        cause: Object.assign(new Error('self-signed certificate'), {
          code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
        }),
      }),
    ],
  ])('says that nothing was sent where %s', async (_, error) => {
    const { run } = setUp(() => Promise.reject(error));

    expect(await run()).toEqual({ kind: 'unreachable' });
  });

  it.each([
    ['is reset', connectionReset()],
    [
      'is closed',
      new TypeError('fetch failed', {
        cause: Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' }),
      }),
    ],
  ])('allows that something was sent where the connection %s', async (_, error) => {
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

  it('throws what is no failure of the exchange', async () => {
    const { run } = setUp(() => Promise.reject(new RangeError('a bug')));

    await expect(run()).rejects.toThrow('a bug');
  });
});
