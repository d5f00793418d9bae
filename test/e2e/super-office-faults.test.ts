import { beforeAll, describe, expect, it } from '@jest/globals';
import type { SuperOfficeFault } from '../../stand-ins/superoffice/faults.ts';
import { invokeByHand, receiveAgain, receiveByHand } from '../support/by-hand.ts';
import { type Deployed, deployments } from '../support/deployed.ts';
import { until } from '../support/until.ts';

type Row = [
  name: string,
  fault: SuperOfficeFault,
  /** Of the result once there is no time for another attempt. */
  expected: { outcome: 'expired' | 'unknown'; code: string; httpStatus?: number },
];

const status = (
  code: number,
  more: Omit<Extract<SuperOfficeFault, { kind: 'status' }>, 'kind' | 'status'>,
) => ({ kind: 'status', status: code, ...more }) as const;
const page = { text: '<html>Welcome</html>', type: 'text/html' };
const aspNet = { text: '{"Message":"The request is invalid."}', type: 'application/json' };
const notOurs = (httpStatus: number) =>
  ({ outcome: 'expired', code: 'misdirected', httpStatus }) as const;
const unavailable = (httpStatus: number) =>
  ({ outcome: 'unknown', code: 'unavailable', httpStatus }) as const;
const badResponse = (httpStatus: number) =>
  ({ outcome: 'unknown', code: 'bad-response', httpStatus }) as const;

const rows: Row[] = [
  ['404, a page that the API did not write', { kind: 'html-not-found' }, notOurs(404)],
  ['403 as HTML', status(403, { body: 'html' }), notOurs(403)],
  ['400 in the words of ASP.NET', status(400, { body: aspNet }), notOurs(400)],
  ['410 without a body', status(410, { body: 'empty' }), notOurs(410)],
  ['429', status(429, {}), { outcome: 'expired', code: 'throttled', httpStatus: 429 }],
  ['408', status(408, {}), unavailable(408)],
  ['500 in its own error shape', status(500, { body: 'json' }), unavailable(500)],
  ['502 as HTML', status(502, { body: 'html' }), unavailable(502)],
  ['503 without a body', status(503, { body: 'empty' }), unavailable(503)],
  ['200 as HTML', status(200, { body: page }), badResponse(200)],
  ['200 without a body', status(200, { body: 'empty' }), badResponse(200)],
  ['200 with a list', status(200, { body: { text: '[]' } }), badResponse(200)],
  ['204', status(204, { body: 'empty' }), badResponse(204)],
  ["200 with another session's id", { kind: 'other-session' }, badResponse(200)],
  ['200 with 30 MB', { kind: 'huge-body' }, badResponse(200)],
  ['a redirect', { kind: 'redirect', status: 307 }, badResponse(307)],
  ['a connection reset', { kind: 'reset' }, { outcome: 'unknown', code: 'network' }],
  ['no answer', { kind: 'hang' }, { outcome: 'unknown', code: 'timeout' }],
  [
    'a byte now and then',
    { kind: 'slow-loris', everyMs: 100 },
    { outcome: 'unknown', code: 'timeout' },
  ],
];
const isSlow = ([, { kind }]: Row) => kind === 'hang' || kind === 'slow-loris';

/** Applied, but not said so: nobody may be told `expired`, and nobody's phone rings twice. */
const applied: [string, SuperOfficeFault][] = [
  ['503', { kind: 'apply-then', fault: status(503, {}) }],
  ['a page of a proxy', { kind: 'apply-then', fault: status(504, { body: 'html' }) }],
  ['a connection reset', { kind: 'apply-then', fault: { kind: 'reset' } }],
  ['half a body, then a reset', { kind: 'half-body' }],
  ['30 MB', { kind: 'apply-then', fault: { kind: 'huge-body' } }],
  ['no answer', { kind: 'apply-then', fault: { kind: 'hang' } }],
];

const alwaysId = (index: number) => 3000 + index;
const onceId = (index: number) => 4000 + index;
const appliedId = (index: number) => 5000 + index;
const appliedLateId = (index: number) => 6000 + index;

describe('when SuperOffice fails at a transfer', () => {
  const start = deployments();
  let stack: Deployed;
  const ids = new Map<number, string>();
  const resultOf = (chatSessionId: number) => stack.result(ids.get(chatSessionId));

  async function send(events: { chatSessionId: number; expiresInSeconds: number }[]) {
    for (let at = 0; at < events.length; at += 10) {
      const sent = events.slice(at, at + 10);
      const sentIds = await stack.send(sent.map((event) => ({ ...event, toAssociate: 'ann' })));
      for (const [index, { chatSessionId }] of sent.entries()) {
        ids.set(chatSessionId, sentIds[index] ?? '');
      }
    }
  }

  beforeAll(async () => {
    stack = await start({
      prepare({ tenant, setFault }) {
        const faults = new Map<number, { fault: SuperOfficeFault; times: number }>();
        const plan = (chatSessionId: number, fault: SuperOfficeFault, times: number) => {
          tenant.addSession({ chatSessionId });
          faults.set(chatSessionId, { fault, times });
        };
        for (const [index, [, fault]] of rows.entries()) plan(onceId(index), fault, 1);
        for (const [index, [, fault]] of applied.entries()) {
          plan(appliedId(index), fault, 1);
          plan(appliedLateId(index), fault, 1);
        }
        setFault(({ route, chatSessionId = 0 }) => {
          const planned = faults.get(chatSessionId);
          if (route !== 'transfer' || !planned || planned.times === 0) return undefined;
          planned.times -= 1;
          return planned.fault;
        });
      },
    });
    // What hangs holds up its batch, so it comes last and together.
    const sent = rows.map((row, index) => ({
      row,
      chatSessionId: onceId(index),
      expiresInSeconds: 30,
    }));
    const late = applied.flatMap(([, fault], index) => [
      { row: ['', fault] as unknown as Row, chatSessionId: appliedId(index), expiresInSeconds: 30 },
      {
        row: ['', fault] as unknown as Row,
        chatSessionId: appliedLateId(index),
        expiresInSeconds: 3,
      },
    ]);
    const all = [...sent, ...late].map(({ row, ...event }) => ({ slow: isSlow(row), event }));
    await send(all.filter(({ slow }) => !slow).map(({ event }) => event));
    await until('the answers of what does not hang', () =>
      all.every(({ slow, event }) => slow || stack.callsOf(event.chatSessionId).length > 0),
    );
    await send(all.filter(({ slow }) => slow).map(({ event }) => event));
  });

  it.each(rows.map(([name, , { outcome }], index) => [name, index, outcome] as const))(
    'is tried again, after a look where it may have been applied: %s',
    async (_name, index, atDeadline) => {
      expect(await resultOf(onceId(index))).toMatchObject({
        outcome: 'transfer-pending',
        error: null,
        receiveCount: 2,
      });
      // Another sandbox does not know that it surely was not, and looks.
      const withLook = ['transfer', 'session', 'transfer'];
      const without = atDeadline === 'expired' ? ['transfer', 'transfer'] : withLook;
      expect([withLook, without]).toContainEqual(stack.callsOf(onceId(index)));
    },
  );

  it.each(applied.map(([name], index) => [name, index] as const))(
    'applied it, and answered: %s',
    async (_name, index) => {
      expect(await resultOf(appliedId(index))).toMatchObject({ outcome: 'transfer-pending' });
      expect(await resultOf(appliedLateId(index))).toMatchObject({ outcome: 'transfer-pending' });
      for (const chatSessionId of [appliedId(index), appliedLateId(index)]) {
        expect(stack.transfersOf(chatSessionId)).toEqual([{ target: 'ann', applied: true }]);
      }
    },
  );

  it('is never followed to where it redirects', async () => {
    await resultOf(onceId(rows.findIndex(([name]) => name === 'a redirect')));

    expect(stack.superOffice.followed).toEqual([]);
  });

  it('takes an answer for what it says, not for its content type', async () => {
    stack.superOffice.setFault(() => ({ kind: 'wrong-content-type' }));
    const [id] = await stack.send([{ chatSessionId: 640, toAssociate: 'ann' }]);

    expect(await stack.result(id)).toMatchObject({ outcome: 'transfer-pending', receiveCount: 1 });
  });

  it('does not read an answer to its end that is too large to be one', async () => {
    const { tenant, setFault } = stack.superOffice;
    const answer = { ...tenant.get(641), LastMessage: 'x'.repeat(2_000_000) };
    setFault(() => status(200, { body: { text: JSON.stringify(answer) } }));
    const [id] = await stack.send([
      { chatSessionId: 641, toAssociate: 'ann', expiresInSeconds: 2 },
    ]);

    expect(await stack.result(id)).toMatchObject({
      outcome: 'unknown',
      error: { code: 'bad-response', httpStatus: 200 },
    });
  });
});

describe('when SuperOffice goes on failing at a transfer', () => {
  const start = deployments();
  const ids: string[] = [];
  let stack: Deployed;

  beforeAll(async () => {
    stack = await start({
      prepare({ tenant, setFault }) {
        for (const index of rows.keys()) tenant.addSession({ chatSessionId: alwaysId(index) });
        setFault(({ route, chatSessionId = 0 }) =>
          route === 'transfer' ? rows[chatSessionId - alwaysId(0)]?.[1] : undefined,
        );
      },
    });
    const messages = receiveByHand(
      stack,
      rows.map((_, index) => ({
        chatSessionId: alwaysId(index),
        toAssociate: 'ann',
        expiresInSeconds: 60,
      })),
    );
    ids.push(...messages.map(({ messageId }) => messageId));
    const batches = [messages.slice(0, 10), messages.slice(10)];

    // One after the other to the same sandbox, which remembers them when their time is over.
    for (const batch of batches) await invokeByHand(stack, batch, { hold: true });
    stack.setClock(60_000);
    for (const batch of batches) await invokeByHand(stack, receiveAgain(stack, batch));
  });

  it.each(rows.map((row, index) => [...row, index] as const))(
    'ends at its deadline: %s',
    async (_name, _fault, { outcome, code, httpStatus = null }, index) => {
      expect(await stack.result(ids[index])).toMatchObject({
        outcome,
        error: { code, httpStatus },
        receiveCount: 2,
      });
      // What may have been applied is looked for, but not asked again.
      const looked = outcome === 'unknown' ? ['session'] : [];
      expect(stack.callsOf(alwaysId(index))).toEqual(['transfer', ...looked]);
    },
  );
});
