import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { afterEach, describe, expect, it } from '@jest/globals';
import { always } from '../../stand-ins/superoffice/faults.ts';
import { type SuperOfficeStandIn, startSuperOffice } from '../../stand-ins/superoffice/server.ts';
import { certificateFile } from '../../stand-ins/superoffice/tls.ts';

const setUpMs = 60;
const running: SuperOfficeStandIn[] = [];
const agent = new Agent({ keepAlive: true, ca: readFileSync(certificateFile) });

const start = async (given: Parameters<typeof startSuperOffice>[0] = {}) => {
  const standIn = await startSuperOffice({ connectionSetUpMs: setUpMs, ...given });
  running.push(standIn);
  return standIn;
};

/** `GET /api`, and what it comes to: the status, or the error's code. */
function ask({ webApiUrl }: SuperOfficeStandIn) {
  const asking = request(webApiUrl, { agent }).end();
  const outcome = once(asking, 'response').then(
    async ([response]: IncomingMessage[]) => {
      await once(response?.resume() ?? asking, 'end');
      return response?.statusCode;
    },
    ({ code }: NodeJS.ErrnoException) => code,
  );
  return { asking, outcome };
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((standIn) => standIn.close()));
});

describe('connectionSetUpMs', () => {
  it('passes before the first request of a connection arrives, and the next ones use it', async () => {
    const standIn = await start();
    const startedAt = performance.now();

    const first = ask(standIn);
    expect(await first.outcome).toBe(200);
    const second = ask(standIn);
    expect(await second.outcome).toBe(200);

    expect([first, second].map(({ asking }) => asking.reusedSocket)).toEqual([false, true]);
    expect((standIn.calls[0]?.at ?? 0) - startedAt).toBeGreaterThanOrEqual(setUpMs - 1);
  });

  it('passes for every connection by itself', async () => {
    const standIn = await start({ delayMs: 30 });
    const startedAt = performance.now();

    await Promise.all([ask(standIn).outcome, ask(standIn).outcome]);

    const arrivals = standIn.calls.map(({ at }) => at - startedAt);
    expect(arrivals).toHaveLength(2);
    expect(Math.min(...arrivals)).toBeGreaterThanOrEqual(setUpMs - 1);
  });

  it('ends with the stand-in, and what was asked of it with it', async () => {
    const standIn = await start({ connectionSetUpMs: 3_600_000 });
    const { asking, outcome } = ask(standIn);
    const [socket] = await once(asking, 'socket');
    await once(socket, 'connect');

    await standIn.close();

    expect(await outcome).toBe('ECONNRESET');
    expect(standIn.calls).toEqual([]);
  });

  it('goes with the faults that break a connection', async () => {
    const standIn = await start({ fault: always({ kind: 'reset' }) });

    expect(await ask(standIn).outcome).toBe('ECONNRESET');
    expect(standIn.calls).toHaveLength(1);
  });
});
