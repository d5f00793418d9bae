import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { inOneBatch } from '../support/by-hand.ts';
import { deployments } from '../support/deployed.ts';
import { until } from '../support/until.ts';

/** From then on the address is asked for again, whatever was said of how long it holds. */
const askedAnewMs = 10_001;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

const event = (chatSessionId: number) => ({ chatSessionId, toAssociate: 'ann' });
const soon = (chatSessionId: number) => ({ ...event(chatSessionId), expiresInSeconds: 5 });

describe('a tenant of SuperOffice Online', () => {
  const start = deployments();

  it.concurrent('is waited for in maintenance, and not called', async () => {
    const stack = await start({
      online: true,
      prepare: ({ state }) =>
        Object.assign(state, { IsRunning: false, State: 'OfflineMaintenance' }),
    });
    // One after the other, so that one sandbox knows all that became of each.
    const [late] = await stack.send([soon(641)]);
    expect(await stack.result(late)).toMatchObject({
      outcome: 'expired',
      error: { code: 'tenant-not-running', message: expect.stringContaining('OfflineMaintenance') },
    });
    const [waiting] = await stack.send([event(640)]);
    await until('a retry', () => stack.linesOf(waiting).length > 0);
    expect([...stack.callsOf(640), ...stack.callsOf(641)]).toEqual([]);

    Object.assign(stack.superOffice.state, { IsRunning: true, State: 'Running' });
    stack.setClock(askedAnewMs);
    expect(await stack.result(waiting)).toMatchObject({ outcome: 'transfer-pending' });
    expect(stack.callsOf(640)).toEqual(['transfer']);
  });

  it.concurrent('is followed to where it moved, within one attempt', async () => {
    const stack = await start({ online: true });
    await inOneBatch(stack, [event(640)]);
    stack.setClock(askedAnewMs);
    await stack.superOffice.move();

    const { ids } = await inOneBatch(stack, [event(641)]);

    expect(await stack.result(ids[0])).toMatchObject({
      outcome: 'transfer-pending',
      receiveCount: 1,
    });
    expect(stack.transfersOf(641)).toEqual([{ target: 'ann', applied: true }]);
  });

  it.concurrent('is looked for once, however many events find that it moved', async () => {
    const stack = await start({ online: true, environment: { CALL_SPACING_MS: '20' } });
    await inOneBatch(stack, [event(640)]);
    const asked = () => stack.superOffice.calls.filter(({ route }) => route === 'state').length;
    stack.setClock(askedAnewMs);
    await stack.superOffice.move();
    const earlier = asked();

    const { ids } = await inOneBatch(stack, [641, 642, 643, 644, 645, 646].map(event));

    for (const id of ids) {
      expect(await stack.result(id)).toMatchObject({ outcome: 'transfer-pending' });
    }
    expect(asked() - earlier).toBe(1);
  });

  it.concurrent('is given up where the address stays wrong', async () => {
    const stack = await start({ online: true });
    stack.superOffice.setFault(({ route }) =>
      route === 'transfer' ? { kind: 'status', status: 421, body: 'html' } : undefined,
    );

    const [id] = await stack.send([soon(640)]);

    expect(await stack.result(id)).toMatchObject({
      outcome: 'expired',
      error: { code: 'misdirected', httpStatus: 421 },
    });
  });

  it.concurrent.each<[string, (api: string) => string]>([
    ['in the clear', () => 'http://192.0.2.1/api'],
    ['into a query', (api) => `${api}?for=/api`],
    ['with credentials of its own', (api) => api.replace('://', '://me:pw@')],
    ['to what else the host serves', (api) => api.replace(/api$/, '')],
  ])('is not called at an address that would carry the credential %s', async (_, wrong) => {
    const stack = await start({
      online: true,
      prepare: ({ state }) => Object.assign(state, { Api: wrong(state.Api) }),
    });

    const [id] = await stack.send([soon(640)]);

    expect(await stack.result(id)).toMatchObject({
      outcome: 'expired',
      error: { code: 'network', message: expect.stringContaining('state service') },
    });
    expect(new Set(stack.superOffice.calls.map(({ route }) => route))).toEqual(new Set(['state']));
  });

  it.concurrent.each([
    ['reset', 2],
    ['html-not-found', 2],
    ['hang', 6],
  ] as const)(
    'is waited for while the state service answers with %s, then found',
    async (kind, expiresInSeconds) => {
      const stack = await start({
        online: true,
        prepare: ({ setFault }) =>
          setFault(({ route }) => (route === 'state' ? { kind } : undefined)),
      });
      // One after the other, so that one sandbox knows all that became of each.
      const [late] = await stack.send([{ ...event(641), expiresInSeconds }]);
      expect(await stack.result(late)).toMatchObject({
        outcome: 'expired',
        error: { code: 'network' },
      });
      const [waiting] = await stack.send([event(640)]);
      await until('a retry', () => stack.linesOf(waiting).length > 0);
      stack.superOffice.setFault(undefined);

      expect(stack.transfersOf(641)).toEqual([]);
      stack.setClock(askedAnewMs);
      expect(await stack.result(waiting)).toMatchObject({ outcome: 'transfer-pending' });
      expect(stack.transfersOf(640)).toEqual([{ target: 'ann', applied: true }]);
    },
  );

  it.concurrent('stays where it was while the state service cannot be reached', async () => {
    const stack = await start({
      online: true,
      prepare: ({ state }) => (state.validForSeconds = 1),
    });
    await inOneBatch(stack, [event(640)]);
    stack.setClock(askedAnewMs);
    stack.superOffice.setFault(({ route }) => (route === 'state' ? { kind: 'reset' } : undefined));

    const { ids } = await inOneBatch(stack, [event(641)]);

    expect(await stack.result(ids[0])).toMatchObject({
      outcome: 'transfer-pending',
      receiveCount: 1,
    });
  });
});

describe('an address that was given', () => {
  const start = deployments();

  it.concurrent.each([
    ['nobody knows the host', async () => 'https://no-such-host.invalid/api'],
    ['nobody listens', async () => `http://127.0.0.1:${await freePort()}/api`],
  ])('is waited for where %s', async (_, address) => {
    const stack = await start({ environment: { WEB_API_URL: await address() } });

    const [id] = await stack.send([soon(640)]);

    expect(await stack.result(id)).toMatchObject({
      outcome: 'expired',
      error: { code: 'network', message: expect.stringContaining('no connection') },
    });
  });
});
