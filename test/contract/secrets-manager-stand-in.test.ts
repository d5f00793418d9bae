import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  type SecretsManagerStandIn,
  startSecretsManager,
} from '../../stand-ins/secrets-manager.ts';

const arn = 'arn:aws:secretsmanager:eu-north-1:000000000000:secret:so-ticket-AbCdEf';
const get = new GetSecretValueCommand({ SecretId: arn });
const running: { standIn: SecretsManagerStandIn; client: SecretsManagerClient }[] = [];

const start = async () => {
  const standIn = await startSecretsManager({ secrets: { [arn]: 'first', plain: 'named' } });
  const client = new SecretsManagerClient({
    region: 'eu-north-1',
    endpoint: standIn.endpoint,
    credentials: { accessKeyId: 'fake', secretAccessKey: 'fake' },
    maxAttempts: 1,
  });
  running.push({ standIn, client });
  return { standIn, client };
};

afterEach(async () => {
  for (const { standIn, client } of running.splice(0)) {
    client.destroy();
    await standIn.close();
  }
});

describe('startSecretsManager', () => {
  it('gives the secret by ARN or name', async () => {
    const { standIn, client } = await start();

    const byArn = await client.send(get);
    const byName = await client.send(new GetSecretValueCommand({ SecretId: 'so-ticket' }));
    const named = await client.send(new GetSecretValueCommand({ SecretId: 'plain' }));

    expect(byArn).toMatchObject({ ARN: arn, Name: 'so-ticket', SecretString: 'first' });
    expect(byArn.CreatedDate).toBeInstanceOf(Date);
    expect(byName.VersionId).toBe(byArn.VersionId);
    expect(named.ARN).toMatch(/:secret:plain-\w{6}$/);
    expect(standIn.reads).toBe(3);
  });

  it('gives the value put last, by the stand-in or by the client', async () => {
    const { standIn, client } = await start();

    standIn.put(arn, 'second');
    const second = await client.send(get);
    const put = await client.send(
      new PutSecretValueCommand({ SecretId: arn, SecretString: 'third' }),
    );
    const third = await client.send(get);
    const previous = await client.send(
      new GetSecretValueCommand({ SecretId: arn, VersionStage: 'AWSPREVIOUS' }),
    );

    expect(second.SecretString).toBe('second');
    expect(third).toMatchObject({ SecretString: 'third', VersionId: put.VersionId });
    expect(previous.SecretString).toBe('second');
  });

  it('describes a secret without its value', async () => {
    const { standIn, client } = await start();

    const described = await client.send(new DescribeSecretCommand({ SecretId: arn }));

    expect(described).toMatchObject({ ARN: arn, Name: 'so-ticket', RotationEnabled: false });
    expect(Object.values(described.VersionIdsToStages ?? {})).toEqual([['AWSCURRENT']]);
    expect(JSON.stringify(described)).not.toContain('first');
    expect(standIn.reads).toBe(0);
  });

  it('knows no other secret, and makes none by PutSecretValue', async () => {
    const { client } = await start();
    const input = { SecretId: 'nothing', SecretString: 'x' };
    const notFound = { name: 'ResourceNotFoundException' };

    await expect(client.send(new GetSecretValueCommand(input))).rejects.toMatchObject(notFound);
    await expect(client.send(new PutSecretValueCommand(input))).rejects.toMatchObject(notFound);
  });

  it.each([
    ['ResourceNotFoundException', 400],
    ['AccessDeniedException', 400],
    ['ThrottlingException', 400],
    ['InternalServiceError', 500],
  ] as const)('answers %s, and recovers', async (type, httpStatusCode) => {
    const { standIn, client } = await start();
    standIn.setFault((operation) =>
      operation === 'GetSecretValue' ? { kind: 'error', type } : undefined,
    );

    await expect(client.send(get)).rejects.toMatchObject({
      name: type,
      $metadata: { httpStatusCode },
    });

    standIn.setFault(undefined);
    await expect(client.send(get)).resolves.toMatchObject({ SecretString: 'first' });
    expect(standIn.reads).toBe(2);
  });

  it('resets the connection, and does nothing', async () => {
    const { standIn, client } = await start();
    const put = new PutSecretValueCommand({ SecretId: arn, SecretString: 'second' });
    standIn.setFault(() => ({ kind: 'reset' }));

    await expect(client.send(get)).rejects.toThrow('ECONNRESET');
    await expect(client.send(put)).rejects.toThrow('ECONNRESET');
    expect(standIn.read(arn)).toBe('first');
  });

  it('hangs until it is closed', async () => {
    const { standIn, client } = await start();
    standIn.setFault(() => ({ kind: 'hang' }));

    const hanging = expect(client.send(get)).rejects.toThrow();
    while (standIn.reads === 0) await new Promise((resolve) => setImmediate(resolve));
    await standIn.close();

    await hanging;
  });

  it('answers late', async () => {
    const { standIn, client } = await start();
    standIn.setFault(() => ({ kind: 'delay', delayMs: 30 }));
    const from = performance.now();

    await client.send(get);

    expect(performance.now() - from).toBeGreaterThanOrEqual(29);
  });
});
