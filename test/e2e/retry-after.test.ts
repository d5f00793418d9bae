import { beforeAll, describe, expect, it } from '@jest/globals';
import { invokeByHand, receiveAgain, receiveByHand } from '../support/by-hand.ts';
import { type Deployed, deployments } from '../support/deployed.ts';

type Row = [name: string, header: () => string, status: number, longerThanMs: number];

const inSeconds = (seconds: number) => () => new Date(Date.now() + seconds * 1000).toUTCString();

const heeded: Row[] = [
  ['seconds', () => '1', 429, 1000],
  ['seconds, beside a 503', () => '1', 503, 1000],
  // Whole seconds: of two, more than one is left.
  ['a date', inSeconds(2), 429, 900],
  // Bounded by the time to live, which is two seconds here.
  ['absurdly many seconds', () => '1e300', 429, 1900],
  ['a date in another century', () => 'Fri, 01 Jan 2117 00:00:00 GMT', 429, 1900],
];

const ignored: Row[] = [
  ['negative', () => '-3600', 429, 0],
  ['a date that is over', inSeconds(-3600), 429, 0],
  ['no number', () => 'soon', 429, 0],
  ['empty', () => '', 503, 0],
  ['NaN', () => 'NaN', 503, 0],
];

describe('Retry-After', () => {
  const start = deployments();
  let stack: Deployed;
  const rows = [...heeded, ...ignored];
  const first = (index: number) => 3000 + 2 * index;
  const second = (index: number) => first(index) + 1;
  /** How long after the answer with Retry-After the next call of the same sandbox came. */
  const pauses = new Map<string, number>();

  beforeAll(async () => {
    stack = await start({
      prepare({ tenant, setFault }) {
        for (const index of rows.keys()) {
          tenant.addSession({ chatSessionId: first(index) });
          tenant.addSession({ chatSessionId: second(index) });
        }
        const asked = new Set<number>();
        setFault(({ chatSessionId = 0 }) => {
          const [, header, status] = rows[(chatSessionId - 3000) / 2] ?? [];
          if (!header || !status || asked.has(chatSessionId)) return undefined;
          asked.add(chatSessionId);
          return { kind: 'status', status, headers: { 'retry-after': header() } };
        });
      },
    });
    // A pause is a sandbox's own; started first, so that nobody waits for that.
    const cold = (environment = {}) =>
      stack.coldFunction({ environment: { EVENT_TIME_TO_LIVE_SECONDS: '2', ...environment } });
    const shared = cold();
    // Ends half a second after its call: the second event then outlives the pause by as much.
    const patient = () => cold({ CALL_SPACING_MS: '500' });
    const functions = rows.map((row) => (heeded.includes(row) ? patient() : shared));
    await Promise.all([...new Set(functions)].map((fn) => fn.invoke({ Records: [] })));
    const at = (chatSessionId: number) =>
      stack.superOffice.calls.find((call) => call.chatSessionId === chatSessionId)?.at ?? 0;
    async function measure([name]: Row, index: number) {
      for (const chatSessionId of [first(index), second(index)]) {
        const messages = receiveByHand(stack, [{ chatSessionId, toAssociate: 'ann' }]);
        await invokeByHand(stack, messages, { fn: functions[index] });
      }
      pauses.set(name, at(second(index)) - at(first(index)));
    }
    await Promise.all(heeded.map(measure));
    for (const row of ignored) await measure(row, rows.indexOf(row));
  });

  it.each(heeded)('is heeded: %s', (name, _header, _status, longerThanMs) => {
    expect(pauses.get(name)).toBeGreaterThanOrEqual(longerThanMs);
    expect(pauses.get(name)).toBeLessThan(longerThanMs + 1500);
  });

  it.each(ignored)('does not hold anything up: %s', (name) => {
    expect(pauses.get(name)).toBeGreaterThan(0);
    expect(pauses.get(name)).toBeLessThan(800);
  });

  it('says so of an event whose time ends before the pause, without a call', async () => {
    const fn = stack.coldFunction();
    stack.superOffice.setFault(() => ({
      kind: 'status',
      status: 429,
      headers: { 'retry-after': '3600' },
    }));
    const receive = (chatSessionId: number) =>
      receiveByHand(stack, [{ chatSessionId, toAssociate: 'ann', expiresInSeconds: 60 }]);
    await fn.invoke({ Records: [] });
    const [told, waiting] = [receive(640), receive(641)];

    await invokeByHand(stack, told, { fn, hold: true });
    await invokeByHand(stack, waiting, { fn, hold: true });
    stack.setClock(60_000);
    await invokeByHand(stack, receiveAgain(stack, [...told, ...waiting]), { fn });

    expect(await stack.result(told[0]?.messageId)).toMatchObject({
      outcome: 'expired',
      error: { code: 'throttled', httpStatus: 429 },
    });
    expect(await stack.result(waiting[0]?.messageId)).toMatchObject({
      outcome: 'expired',
      error: { code: 'throttled', httpStatus: null },
    });
    expect(stack.callsOf(641)).toEqual([]);
  });
});
