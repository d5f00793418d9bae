import { Agent, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import { appToken } from '../../stand-ins/superoffice/authorize.ts';
import {
  always,
  firstOf,
  inTurn,
  onRoute,
  type SuperOfficeFault,
} from '../../stand-ins/superoffice/faults.ts';
import { personalData } from '../../stand-ins/superoffice/personal-data.ts';
import { type SuperOfficeStandIn, startSuperOffice } from '../../stand-ins/superoffice/server.ts';

const running: SuperOfficeStandIn[] = [];

const start = async (
  fault?: SuperOfficeFault,
  options: Parameters<typeof startSuperOffice>[0] = {},
) => {
  const standIn = await startSuperOffice({
    ...options,
    ...(fault === undefined ? {} : { fault: always(fault) }),
  });
  running.push(standIn);
  return standIn;
};

afterEach(async () => {
  await Promise.all(running.splice(0).map((standIn) => standIn.close()));
});

const transfer = (standIn: SuperOfficeStandIn, init: RequestInit = {}) =>
  fetch(`${standIn.webApiUrl}/v1/ChatSession/648/TransferTo/ann`, {
    method: 'POST',
    headers: {
      authorization: `SOTicket ${standIn.tenant.issueTicket('router')}`,
      'so-apptoken': appToken,
    },
    ...init,
  });

const applied = (standIn: SuperOfficeStandIn) => standIn.tenant.peek(648)?.pending === 8;

/** Waits for what the server does by itself, on the clock of the event loop. */
const until = async (condition: () => boolean) => {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
};

describe('faults (not documented by SuperOffice)', () => {
  it.each<[Extract<SuperOfficeFault, { kind: 'status' }>['body'], RegExp]>([
    ['json', /"ErrorType":"SoException"/],
    ['html', /^<!DOCTYPE html>/],
    ['empty', /^$/],
    [{ text: '<Error/>', type: 'application/xml' }, /^<Error\/>$/],
  ])('status: 503 with the body %j', async (body = 'json', expected) => {
    const standIn = await start({ kind: 'status', status: 503, body });

    const response = await transfer(standIn);

    expect(response.status).toBe(503);
    expect(await response.text()).toMatch(expected);
    expect(applied(standIn)).toBe(false);
  });

  it('status: carries any Retry-After', async () => {
    const headers = { 'Retry-After': 'Wed, 21 Oct 2026 07:28:00 GMT' };
    const standIn = await start({ kind: 'status', status: 429, headers });

    const response = await transfer(standIn);

    expect(response.headers.get('retry-after')).toBe(headers['Retry-After']);
    expect(await response.text()).toContain(personalData.at(-1));
  });

  it('delay: goes on afterwards, well or with another fault', async () => {
    const standIn = await start();
    standIn.setFault(
      inTurn({ kind: 'delay', delayMs: 30, next: { kind: 'status', status: 500 } }, undefined),
    );
    const from = performance.now();

    expect((await transfer(standIn)).status).toBe(500);
    expect(performance.now() - from).toBeGreaterThanOrEqual(29);
    expect((await transfer(standIn)).status).toBe(200);
  });

  it('delayMs: slows every call, and applies it though the caller has hung up', async () => {
    const standIn = await start(undefined, { delayMs: 50 });

    await expect(transfer(standIn, { signal: AbortSignal.timeout(20) })).rejects.toThrow();

    await until(() => applied(standIn));
    expect(standIn.calls[0]?.status).toBeUndefined();
  });

  it('hang: never answers, and closing works all the same', async () => {
    const standIn = await start({ kind: 'hang' });

    const pending = expect(transfer(standIn)).rejects.toThrow('fetch failed');
    await until(() => standIn.calls.length === 1);
    await standIn.close();

    await pending;
    expect(applied(standIn)).toBe(false);
  });

  it('reset: breaks the connection without a byte', async () => {
    const standIn = await start({ kind: 'reset' });

    await expect(transfer(standIn)).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
    expect(applied(standIn)).toBe(false);
    expect(standIn.calls[0]).not.toHaveProperty('status');
  });

  it('apply-then: the call took, whatever comes back', async () => {
    const standIn = await start({ kind: 'apply-then', fault: { kind: 'reset' } });

    await expect(transfer(standIn)).rejects.toThrow('fetch failed');
    expect(applied(standIn)).toBe(true);

    standIn.setFault(always({ kind: 'apply-then', fault: { kind: 'status', status: 503 } }));
    expect((await transfer(standIn)).status).toBe(503);

    standIn.setFault(always({ kind: 'apply-then', fault: { kind: 'half-body' } }));
    await expect((await transfer(standIn)).text()).rejects.toThrow('terminated');
    expect(standIn.tenant.history).toHaveLength(3);
  });

  it('half-body: the head arrives, the rest does not', async () => {
    const standIn = await start({ kind: 'half-body' });

    const response = await transfer(standIn);

    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow('terminated');
    expect(applied(standIn)).toBe(true);
  });

  it('slow-loris: bytes keep coming and never end', async () => {
    const standIn = await start({ kind: 'slow-loris', everyMs: 5 });

    const response = await transfer(standIn);
    const reader = response.body?.getReader();
    const first = await reader?.read();
    const second = await reader?.read();

    expect([first?.done, second?.done]).toEqual([false, false]);
    await reader?.cancel();
  });

  it('redirect: notes who follows and what they carry', async () => {
    const standIn = await start({ kind: 'redirect' });

    const kept = await transfer(standIn, { redirect: 'manual' });
    expect(kept.status).toBe(302);
    expect(standIn.followed).toEqual([]);

    standIn.setFault(onRoute('transfer', always({ kind: 'redirect', status: 307 })));
    await transfer(standIn);
    expect(standIn.followed).toEqual([{ method: 'POST', carried: ['so-apptoken'] }]);
  });

  it('wrong-content-type: the true body under a wrong name', async () => {
    const standIn = await start({ kind: 'wrong-content-type' });

    const response = await transfer(standIn);

    expect(response.headers.get('content-type')).toBe('text/plain');
    expect(await response.json()).toMatchObject({ TransferTo: { Name: 'ann' } });
    expect(applied(standIn)).toBe(true);
  });

  it('body-null: 200 null, and nothing happened', async () => {
    const standIn = await start({ kind: 'body-null' });

    expect(await (await transfer(standIn)).text()).toBe('null');
    expect(applied(standIn)).toBe(false);
  });

  it('other-session: all that was hoped for, of another session', async () => {
    const standIn = await start({ kind: 'other-session' });

    const hoped = { ChatSessionId: 649, TransferTo: { AssociateId: 8 } };
    expect(await (await transfer(standIn)).json()).toMatchObject(hoped);
    expect(applied(standIn)).toBe(false);
  });

  it('huge-body: 30 MB of well-formed JSON, which a reader may leave', async () => {
    const standIn = await start({ kind: 'huge-body' });

    expect((await (await transfer(standIn)).text()).length).toBeGreaterThan(30_000_000);

    const left = await transfer(standIn);
    await left.body?.cancel();
    expect(left.status).toBe(200);
  });

  it('html-not-found: a page of the web server', async () => {
    const standIn = await start({ kind: 'html-not-found' });

    const response = await transfer(standIn);

    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('text/html');
  });

  it('truncate-keep-alive: the next call on the connection meets a dead one', async () => {
    const standIn = await start();
    standIn.setFault(inTurn({ kind: 'truncate-keep-alive' }));
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const get = () =>
      new Promise<string>((resolve, reject) => {
        const sent = request(standIn.stateUrl, { agent }, (response: IncomingMessage) => {
          text(response).then(resolve, reject);
        });
        sent.once('error', reject).end();
      });

    await expect(get()).resolves.toContain('Running');
    await expect(get()).rejects.toMatchObject({ code: 'ECONNRESET' });
    await expect(get()).resolves.toContain('Running');
    agent.destroy();
  });

  it('can be put together', async () => {
    const standIn = await start();
    const failing = always({ kind: 'status', status: 500 });
    standIn.setFault(firstOf(onRoute('state', failing), inTurn(undefined, { kind: 'body-null' })));

    expect((await fetch(standIn.stateUrl)).status).toBe(500);
    expect(await (await transfer(standIn)).text()).toBe('null');
    expect((await transfer(standIn)).status).toBe(200);
  });
});
