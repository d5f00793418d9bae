import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from '@jest/globals';
import { standInSystemUser } from '../../local/stack/stand-in-credential.ts';
import { credentials, region } from '../../stand-ins/aws-account.ts';
import { always, inTurn } from '../../stand-ins/superoffice/faults.ts';
import { errorText } from '../../stand-ins/superoffice/personal-data.ts';
import { type Deployed, deployments } from '../support/deployed.ts';
import { until } from '../support/until.ts';

const deployed = deployments();
/** The output that names the function. */
const functionName = 'KeepCredentialFunctionName';
/** What EventBridge sends on schedule; the function does not look at it. */
const scheduled = { 'detail-type': 'Scheduled Event' };

describe('keep-credential', () => {
  it('uses the ticket, says whose it is, and logs nothing when all is well', async () => {
    const { deployment, superOffice, logs } = await deployed();

    expect(await deployment.functionBy(functionName).invoke(scheduled)).toEqual({
      credential: 'usable',
      actingAs: { associateId: 7, name: 'router' },
    });

    expect(superOffice.calls.map(({ route, status }) => [route, status])).toEqual([
      ['principal', 200],
    ]);
    expect(logs).toEqual([]);
  });

  it('fails, and counts it for the alarm, when SuperOffice refuses the newest ticket', async () => {
    const { deployment, superOffice, logs } = await deployed();
    superOffice.tenant.expireTickets();

    const invoked = deployment.functionBy(functionName).invoke(scheduled);

    await expect(invoked).rejects.toThrow('unauthorized');
    expect(logs.filter((line) => line.includes('"TicketRefused":1'))).toHaveLength(1);
  });

  it('goes on with the ticket that has taken the refused one’s place', async () => {
    const { deployment, superOffice, rotate } = await deployed();
    await deployment.functionBy(functionName).invoke(scheduled);
    superOffice.tenant.expireTickets();
    rotate();

    await deployment.functionBy(functionName).invoke(scheduled);

    expect(superOffice.calls.map(({ status }) => status)).toEqual([200, 401, 200]);
  });

  it.each([
    ['in maintenance', { kind: 'status', status: 503, body: 'html' }, 'unavailable'],
    ['cut off', { kind: 'reset' }, 'network'],
    ['at a wrong address', { kind: 'html-not-found' }, 'misdirected'],
  ] as const)(
    'fails, so that Lambda tries again, when SuperOffice is %s',
    async (_, fault, code) => {
      const { deployment, superOffice } = await deployed();
      superOffice.setFault(inTurn(fault));

      await expect(deployment.functionBy(functionName).invoke(scheduled)).rejects.toThrow(code);
      await expect(deployment.functionBy(functionName).invoke(scheduled)).resolves.toMatchObject({
        credential: 'usable',
      });
    },
  );

  it('never says more of an error than SuperOffice’s own type', async () => {
    const { deployment, superOffice } = await deployed();
    superOffice.setFault(always({ kind: 'status', status: 403 }));

    const said = await deployment.functionBy(functionName).invoke(scheduled).catch(String);

    expect(said).toContain('http-403');
    expect(said).not.toContain(errorText);
  });

  it('says which secret field is wrong when the ticket cannot be read', async () => {
    const { deployment, logs } = await deployed({
      cold: true,
      ticketSecret: '{"tikcet":"x"}',
    });

    const invoked = deployment.functionBy(functionName).invoke(scheduled);

    await expect(invoked).rejects.toThrow('ticket-unavailable');
    expect(logs.filter((line) => line.includes('"TicketUnavailable":1'))).toHaveLength(1);
  });
});

describe('keep-credential, with a system user', () => {
  const systemUser = () => deployed({ credential: 'system-user', cold: true });
  const versionOf = ({ deployment }: Deployed) =>
    JSON.parse(deployment.secretsManager.read(deployment.ticketSecretArn));

  it('fills the placeholder of a new deployment, with a key in XML, too', async () => {
    const stack = await deployed({
      credential: 'system-user',
      cold: true,
      ticketSecret: '{"ticket":"REPLACE-ME"}',
    });
    const { deployment, loginService } = stack;
    deployment.secretsManager.put(
      standInSystemUser.systemUserSecretArn,
      JSON.stringify(loginService?.keyMaterial('xml')),
    );

    expect(await deployment.functionBy(functionName).invoke(scheduled)).toEqual({
      credential: 'minted',
      actingAs: { associateId: 7, name: 'router' },
    });
    expect(versionOf(stack)).toEqual({
      ticket: expect.stringMatching(/^7T:/),
      appToken: expect.any(String),
    });
    expect(await deployment.functionBy(functionName).invoke(scheduled)).toMatchObject({
      credential: 'usable',
    });
  });

  it('says in words what the login service refused, and counts it', async () => {
    const stack = await systemUser();
    stack.superOffice.tenant.expireTickets();
    stack.loginService?.refuseSystemUser('NeedsReapproval');
    const before = versionOf(stack);

    const invoked = stack.deployment.functionBy(functionName).invoke(scheduled);

    await expect(invoked).rejects.toThrow(
      /The login service refused the system user: .{30,}\(NeedsReapproval\)\./,
    );
    await until('the count', () => stack.logs.some((line) => line.includes('"TicketNotMinted":1')));
    expect(versionOf(stack)).toEqual(before);
  });

  it('makes no ticket in the place of one that it has just made', async () => {
    const stack = await systemUser();
    const invoke = () => stack.deployment.functionBy(functionName).invoke(scheduled);
    stack.superOffice.tenant.expireTickets();
    expect(await invoke()).toMatchObject({ credential: 'minted' });
    stack.superOffice.tenant.expireTickets();
    stack.setClock(10_001);

    await expect(invoke()).rejects.toThrow('younger than ten minutes');
    expect(stack.loginService?.calls).toHaveLength(1);
  });

  it('says why it makes no ticket to those whose events wait for it, too', async () => {
    const stack = await systemUser();
    const { deployment, superOffice } = stack;
    const keepCredential = deployment.functionBy(functionName);
    superOffice.tenant.expireTickets();
    await keepCredential.invoke(scheduled);
    superOffice.tenant.expireTickets();
    stack.setClock(10_001);
    const body = JSON.stringify({ refusedVersionId: await newestVersionId(deployment) });

    await expect(keepCredential.invoke({ Records: [{ body }] })).rejects.toThrow(
      'younger than ten minutes',
    );
  });

  it('puts one ticket in the place of one, though two are made at a time', async () => {
    const stack = await systemUser();
    const { secretsManager, ticketSecretArn } = stack.deployment;
    const invoke = () => stack.deployment.functionBy(functionName).invoke(scheduled);
    const refused = secretsManager.read(ticketSecretArn);
    stack.superOffice.tenant.expireTickets();
    // Both have read what was refused before either puts.
    secretsManager.setFault((operation) =>
      operation === 'PutSecretValue' ? { kind: 'delay', delayMs: 500 } : undefined,
    );

    await Promise.all([invoke(), invoke()]);

    expect(stack.loginService?.calls).toHaveLength(2);
    expect(secretsManager.read(ticketSecretArn)).not.toBe(refused);
    expect(secretsManager.read(ticketSecretArn, 'AWSPREVIOUS')).toBe(refused);
  });

  it('leaves another version alone that somebody put in the place of the refused one', async () => {
    const stack = await systemUser();
    const body = JSON.stringify({ refusedVersionId: 'an-older-one' });

    expect(await stack.deployment.functionBy(functionName).invoke({ Records: [{ body }] })).toEqual(
      { credential: 'replaced' },
    );
    expect(stack.superOffice.calls).toEqual([]);
  });
});

async function newestVersionId({ secretsManager, ticketSecretArn }: Deployed['deployment']) {
  const client = new SecretsManagerClient({
    endpoint: secretsManager.endpoint,
    region,
    credentials,
  });
  const { VersionId } = await client.send(new GetSecretValueCommand({ SecretId: ticketSecretArn }));
  client.destroy();
  return VersionId;
}
