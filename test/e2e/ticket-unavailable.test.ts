import { beforeAll, describe, expect, it } from '@jest/globals';
import type { LambdaFunction } from '../../stand-ins/lambda/lambda-function.ts';
import type { SecretsFault } from '../../stand-ins/secrets-manager.ts';
import { inOneBatch, invokeByHand, receiveAgain, receiveByHand } from '../support/by-hand.ts';
import { type Deployed, deployments } from '../support/deployed.ts';
import { until } from '../support/until.ts';

const event = (chatSessionId: number) => ({ chatSessionId, toAssociate: 'ann' });

const error = (type: Extract<SecretsFault, { kind: 'error' }>['type']) =>
  ({ kind: 'error', type }) as const;

const unreadable: [string, SecretsFault, string][] = [
  ['missing', error('ResourceNotFoundException'), 'ResourceNotFoundException'],
  ['denied', error('AccessDeniedException'), 'AccessDeniedException'],
  ['throttled', error('ThrottlingException'), 'ThrottlingException'],
  ['reset', { kind: 'reset' }, 'could not be read'],
  // By the SDK's own bound or, on a busy machine, by ours.
  ['never answered', { kind: 'hang' }, 'could not be read'],
];

const half = '7T:ZgBhADQAZQA';
const malformed: [string, string, string][] = [
  ['empty', '', 'it is empty'],
  ['no JSON', `ticket=${half}`, 'no JSON object'],
  ['JSON cut in half', `{"ticket":"${half}`, 'no JSON object'],
  ['a ticket alone, as a string', `"${half}"`, 'no JSON object'],
  ['another field', `{"sessionTicket":"${half}"}`, 'lacks its fields'],
  ['no string', '{"ticket":42}', '"ticket"'],
  ['two ways at once', `{"ticket":"${half}","bearerToken":"b"}`, 'one way'],
  ['a line break in the ticket', `{"ticket":"${half}\\nx"}`, 'line break'],
  ['the placeholder', '{"ticket":"REPLACE-ME"}', 'put-secret-value'],
];

describe('a ticket that cannot be had', () => {
  const start = deployments();
  let stack: Deployed;
  /** A failed read is not kept, so one sandbox can meet them all, from its cold start on. */
  let fn: LambdaFunction;

  beforeAll(async () => {
    stack = await start({ cold: true });
    fn = stack.coldFunction();
    stack.deployment.secretsManager.setFault(() => error('ResourceNotFoundException'));
  });

  async function expectUnavailable(reason: string) {
    const messages = receiveByHand(stack, [{ ...event(640), expiresInSeconds: 60 }]);
    expect(await invokeByHand(stack, messages, { fn, hold: true })).toHaveLength(1);
    stack.setClock(60_000);
    await invokeByHand(stack, receiveAgain(stack, messages), { fn });
    stack.setClock(0);

    expect(await stack.result(messages[0]?.messageId)).toMatchObject({
      outcome: 'expired',
      error: { code: 'ticket-unavailable', message: expect.stringContaining(reason) },
    });
    expect(stack.superOffice.calls).toEqual([]);
  }

  it.each(unreadable)('is waited for until the deadline: %s', async (_, fault, reason) => {
    stack.deployment.secretsManager.setFault(() => fault);

    await expectUnavailable(reason);
  });

  it.each(malformed)('is waited for until the deadline: %s', async (_, ticketSecret, reason) => {
    const { secretsManager, ticketSecretArn } = stack.deployment;
    secretsManager.setFault(undefined);
    secretsManager.put(ticketSecretArn, ticketSecret);

    await expectUnavailable(reason);
  });

  it('is used as soon as it is there', async () => {
    stack.deployment.secretsManager.setFault(() => error('ResourceNotFoundException'));
    const [waiting] = await stack.send([event(641)]);
    await until('its first attempt', () => stack.linesOf(waiting).length > 0);
    stack.deployment.secretsManager.setFault(undefined);
    stack.rotate();

    expect(await stack.result(waiting)).toMatchObject({ outcome: 'transfer-pending' });
    expect(stack.transfersOf(641)).toEqual([{ target: 'ann', applied: true }]);
  });

  it('is waited for where it expired and what replaced it is malformed', async () => {
    const other = await start();
    await inOneBatch(other, [event(642)]);
    const { secretsManager, ticketSecretArn } = other.deployment;
    other.superOffice.tenant.expireTickets();
    secretsManager.put(ticketSecretArn, '{"ticket":');

    const { ids } = await inOneBatch(other, [{ ...event(640), expiresInSeconds: 2 }, event(641)]);

    expect(await other.result(ids[0])).toMatchObject({
      outcome: 'expired',
      error: { code: 'unauthorized' },
    });
    other.rotate();
    other.setClock(10_001);
    expect(await other.result(ids[1])).toMatchObject({ outcome: 'transfer-pending' });
  });
});
