import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createReportedCredentials } from '../../../runtime/credential-secret.ts';
import { createReport } from '../../../runtime/report.ts';
import { createSecretReader } from '../../../runtime/secret-reader.ts';
import { type LoopbackServer, startServer } from '../../support/loopback-server.ts';
import { createVirtualClock } from '../../support/virtual-clock.ts';

const secretArn = 'arn:aws:secretsmanager:eu-north-1:000000000000:secret:ticket-a1b2c3';
const before = { ...process.env };
let server: LoopbackServer | undefined;

afterEach(() => {
  process.env = { ...before };
  server?.close();
});

/** A reader before a Secrets Manager that answers like this, and what it was asked. */
async function readerBefore(answer: (response: ServerResponse) => void) {
  const asked: unknown[] = [];
  server = await startServer((request, response) => {
    request.setEncoding('utf8').on('data', (chunk: string) => asked.push(JSON.parse(chunk)));
    request.on('end', () => answer(response));
  });
  Object.assign(process.env, {
    AWS_REGION: 'eu-north-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_SECRETS_MANAGER: server.url().origin,
  });
  return { asked, readSecret: createSecretReader(secretArn) };
}

describe('createSecretReader', () => {
  it('reads the string of the secret, and which version it is', async () => {
    const CreatedDate = 1_764_000_000.5;
    const { readSecret, asked } = await readerBefore((response) =>
      response.end(
        JSON.stringify({ SecretString: '{"ticket":"a"}', VersionId: 'v1', CreatedDate }),
      ),
    );

    expect(await readSecret()).toEqual({
      secretString: '{"ticket":"a"}',
      versionId: 'v1',
      createdAt: CreatedDate * 1000,
    });
    expect(asked).toEqual([{ SecretId: secretArn }]);
  });

  it('reads a binary secret as an empty string', async () => {
    const { readSecret } = await readerBefore((response) =>
      response.end(JSON.stringify({ ARN: secretArn, SecretBinary: 'e30=' })),
    );

    expect(await readSecret()).toMatchObject({ secretString: '' });
  });

  it('rejects with AWS’s error', async () => {
    const { readSecret } = await readerBefore((response) =>
      response.writeHead(400).end(JSON.stringify({ __type: 'AccessDeniedException' })),
    );

    await expect(readSecret()).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it('asks twice at most', async () => {
    const { readSecret, asked } = await readerBefore((response) =>
      response.writeHead(500).end(JSON.stringify({ __type: 'InternalServiceError' })),
    );

    await expect(readSecret()).rejects.toThrow();
    expect(asked).toHaveLength(2);
  });
});

describe('createReportedCredentials', () => {
  function setUp(secret: string) {
    const clock = createVirtualClock();
    const lines: Record<string, unknown>[] = [];
    const report = createReport({
      service: 'routing',
      namespace: 'RouteChat',
      now: clock.now,
      write: (line) => lines.push(JSON.parse(line) as Record<string, unknown>),
    });
    const refusedVersions: string[] = [];
    const credentials = createReportedCredentials({
      readSecret: async () => ({ secretString: secret, versionId: 'v1', createdAt: 0 }),
      report,
      timeoutMs: 5_000,
      askForAnother: async (versionId) => void refusedVersions.push(versionId),
      clock,
    });
    const reported = () => {
      report.flush();
      return lines;
    };
    return { credentials, reported, refusedVersions };
  }

  it('reports nothing of a credential that can be used', async () => {
    const { credentials, reported } = setUp('{"ticket":"a"}');

    expect(await credentials.current()).toMatchObject({
      credential: { authorization: 'SOTicket a' },
    });
    expect(reported()).toEqual([]);
  });

  it('logs and counts a secret that cannot be used', async () => {
    const { credentials, reported } = setUp('{}');

    await credentials.current();

    expect(reported()).toMatchObject([
      {
        level: 'ERROR',
        message: 'the credential secret could not be used',
        reason: expect.stringContaining('lacks its fields'),
      },
      { TicketUnavailable: 1 },
    ]);
  });

  it('logs and counts a credential that SuperOffice refused', async () => {
    const { credentials, reported, refusedVersions } = setUp('{"ticket":"a"}');
    const held = await credentials.current();
    if (held.kind !== 'credential') throw new Error(held.kind);

    await credentials.renew(held.credential, 401);

    expect(reported()).toMatchObject([
      { level: 'ERROR', message: expect.stringContaining('refused the newest credential') },
      { TicketRefused: 1 },
    ]);
    expect(JSON.stringify(reported())).not.toContain('SOTicket');
    expect(refusedVersions).toEqual(['v1']);
  });
});
