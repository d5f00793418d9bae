import { describe, expect, it } from '@jest/globals';
import { ConnectionError } from '../../support/fake-exchange.ts';
import { at, ok, setUpClient, status, ticket } from '../../support/superoffice-client.ts';
import { startOfTime } from '../../support/virtual-clock.ts';

const from = (milliseconds: number) => startOfTime + milliseconds;

describe('createSuperOffice: a call that cannot be made', () => {
  it.each<[string, object, Parameters<typeof setUpClient>[0]]>([
    [
      'there is no credential',
      { kind: 'credential-unavailable', reason: expect.stringContaining('lacks its fields') },
      { secrets: ['{}'] },
    ],
    [
      'the tenant is down',
      { kind: 'tenant-not-running', state: 'Suspended' },
      { addresses: [{ kind: 'not-running', state: 'Suspended' }] },
    ],
    [
      'there is no address',
      { kind: 'tenant-unknown', reason: 'answered 500' },
      { addresses: [{ kind: 'unknown', reason: 'answered 500' }] },
    ],
  ])('takes no slot where %s', async (_, notCalled, given) => {
    const { transfer, look, clock, sent } = setUpClient(given);

    for (const call of [transfer, look]) expect(await clock.until(call())).toEqual(notCalled);
    expect(clock.now()).toBe(startOfTime);
    expect(sent).toEqual([]);
  });

  it('takes no slot where the credential was refused a moment ago', async () => {
    const { transfer, clock, sent } = setUpClient({ answers: [status(401)] });
    await clock.until(transfer());

    expect(await clock.until(transfer())).toEqual({ kind: 'credential-refused' });
    expect(clock.now()).toBe(from(250));
    expect(sent).toHaveLength(1);
  });

  it('asks for neither credential nor address past its latest start', async () => {
    const { transfer, clock } = setUpClient({ secretMs: 5_000 });

    expect(await transfer({ latestStart: from(-1) })).toEqual({ kind: 'out-of-time' });
    expect(clock.now()).toBe(from(0));
  });

  it('is not made when credential and address took until past its latest start', async () => {
    const { transfer, clock, sent } = setUpClient({ secretMs: 1_001 });

    expect(await clock.until(transfer({ latestStart: from(1_000) }))).toEqual({
      kind: 'out-of-time',
    });
    expect(sent).toEqual([]);
  });
});

describe('createSuperOffice: the last moment of a call', () => {
  const late = from(60_000);

  it.each([
    ['is its latest start', { latestStart: from(250), deadline: late }, 'ok'],
    ['has passed after it', { latestStart: from(249), deadline: late }, 'out-of-time'],
    ['is just before its deadline', { latestStart: late, deadline: from(251) }, 'ok'],
    ['has passed at its deadline', { latestStart: late, deadline: from(250) }, 'deadline-passed'],
    [
      'is the deadline’s, where that comes first',
      { latestStart: from(101), deadline: from(101) },
      'deadline-passed',
    ],
    [
      'is the latest start, where that comes first',
      { latestStart: from(100), deadline: from(101) },
      'out-of-time',
    ],
    ['is long past', { latestStart: from(-5_000), deadline: late }, 'out-of-time'],
    [
      'is long past by its deadline',
      { latestStart: late, deadline: from(-5_000) },
      'deadline-passed',
    ],
  ])('%s', async (_, limits, kind) => {
    const { transfer, clock, sent } = setUpClient();

    expect(await clock.until(transfer(limits))).toMatchObject({ kind });
    expect(sent).toHaveLength(kind === 'ok' ? 1 : 0);
  });

  it('is its latest start where there is no deadline', async () => {
    const { look, clock } = setUpClient();

    expect(await look({ latestStart: from(249) })).toEqual({ kind: 'out-of-time' });
    expect(await clock.until(look({ latestStart: from(250) }))).toMatchObject({ kind: 'ok' });
  });
});

describe('createSuperOffice: Retry-After', () => {
  it.each([
    [429, 'throttled'],
    [503, 'unavailable'],
  ])('stops every call for as long as it says: %i', async (code, kind) => {
    const { transfer, look, clock, sent } = setUpClient({ answers: [status(code, '4'), ok] });
    const first = transfer();
    const waiting = [look(), look({ latestStart: from(4_000) })];

    expect(await clock.until(first)).toMatchObject({ kind });
    expect(await clock.until(transfer({ latestStart: from(4_249) }))).toEqual({ kind: 'paused' });
    expect(clock.now()).toBe(from(250));
    expect(await clock.until(Promise.all(waiting))).toMatchObject([
      { kind: 'ok' },
      { kind: 'paused' },
    ]);

    expect(sent.map((one) => one.at)).toEqual([250, 4_250]);
  });

  it('counts a date from when it came', async () => {
    const { look, clock, sent } = setUpClient({
      answers: [status(503, new Date(from(4_000)).toUTCString()), ok],
    });
    await clock.until(look());

    await clock.until(look());

    expect(sent.map((one) => one.at)).toEqual([250, 4_000]);
  });

  it('stops calls no longer than allowed', async () => {
    const answers = [status(429, '86400'), ok];
    const { transfer, clock, sent } = setUpClient({ answers, longestPauseMs: 30_000 });
    await clock.until(transfer());

    await clock.until(transfer());

    expect(sent[1]?.at).toBe(30_250);
  });

  it.each([undefined, '0', 'soon'])('stops nothing where it is %s', async (retryAfter) => {
    const { transfer, clock, sent } = setUpClient({ answers: [status(429, retryAfter), ok] });
    await clock.until(transfer());

    await clock.until(transfer());

    expect(sent[1]?.at).toBe(500);
  });
});

describe('createSuperOffice: a slot', () => {
  it('is used as the credential that another call found meanwhile', async () => {
    const { transfer, clock, sent } = setUpClient({
      secrets: [ticket('a'), ticket('b')],
      answers: [status(401), ok],
    });

    await clock.until(Promise.all([transfer(), transfer()]));

    expect(sent.map(({ as }) => as)).toEqual(['SOTicket a', 'SOTicket b', 'SOTicket b']);
  });

  it('is used at the address that another call found meanwhile', async () => {
    const { transfer, clock, sent } = setUpClient({
      addresses: [at('one'), at('two')],
      answers: [status(421), ok],
    });

    await clock.until(Promise.all([transfer(), transfer()]));

    expect(sent.map(({ to }) => to)).toEqual(['one', 'two', 'two']);
  });

  it('is given back where another call found the tenant down meanwhile', async () => {
    const { transfer, clock, sent } = setUpClient({
      addresses: [at('one'), { kind: 'not-running', state: 'Suspended' }],
      answers: [status(421)],
    });

    const ends = await clock.until(Promise.all([transfer(), transfer()]));

    const down = { kind: 'tenant-not-running', state: 'Suspended' };
    expect(ends).toEqual([down, down]);
    expect(sent).toHaveLength(1);
  });

  it('is used as the credential it was waited for with, where that is no longer fresh', async () => {
    const { transfer, clock, sent, read } = setUpClient({ secrets: [ticket('a'), ticket('b')] });
    await clock.until(transfer());
    await clock.advance(299_700);
    const waiting = [transfer(), transfer()];

    await clock.until(Promise.all(waiting));

    expect(sent.map(({ as }) => as)).toEqual(['SOTicket a', 'SOTicket a', 'SOTicket a']);
    expect(read.secret).toBe(1);
  });

  it('is given back where another call found the credential refused meanwhile', async () => {
    const { transfer, clock, sent } = setUpClient({ answers: [status(401), ok] });

    const ends = await clock.until(Promise.all([transfer(), transfer()]));
    await clock.advance(10_000);
    const next = await clock.until(transfer({ latestStart: clock.now() }));

    expect(ends).toMatchObject([{ kind: 'unauthorized' }, { kind: 'credential-refused' }]);
    expect(next).toMatchObject({ kind: 'ok' });
    expect(sent.map((one) => one.at)).toEqual([250, 10_500]);
  });

  it('is given back where no connection stood', async () => {
    const failures = [new ConnectionError()];
    const connect = async () => {
      const failure = failures.pop();
      if (failure) throw failure;
    };
    const { transfer, clock, sent } = setUpClient({ connect });
    await clock.until(transfer());

    expect(await clock.until(transfer())).toMatchObject({ kind: 'ok' });
    expect(sent).toMatchObject([{ at: 500 }]);
  });

  it('is given back where a bug breaks the call off', async () => {
    const bug = () => Promise.reject(new RangeError('a bug'));
    const { transfer, clock, sent } = setUpClient({ answers: [bug, ok] });

    await expect(clock.until(transfer())).rejects.toThrow('a bug');
    expect(await clock.until(transfer())).toMatchObject({ kind: 'ok' });
    expect(sent.map((one) => one.at)).toEqual([250, 500]);
  });

  it('is not taken for an address that is none', async () => {
    const nowhere = { kind: 'running', webApiUrl: 'nowhere' } as const;
    const { transfer, clock } = setUpClient({ addresses: [nowhere] });

    await expect(clock.until(transfer())).rejects.toThrow('Invalid URL');
    await expect(clock.until(transfer())).rejects.toThrow('Invalid URL');
    expect(clock.now()).toBe(startOfTime);
  });
});
