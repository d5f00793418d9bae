import { describe, expect, it } from '@jest/globals';
import type { SecretsFault } from '../../local/stand-ins/secrets-manager.ts';
import { inOneBatch } from '../support/by-hand.ts';
import { deployments, ticketSecretOf } from '../support/deployed.ts';
import { until } from '../support/until.ts';

const event = (chatSessionId: number) => ({ chatSessionId, toAssociate: 'ann' });

const error = (type: Extract<SecretsFault, { kind: 'error' }>['type']) =>
  ({ kind: 'error', type }) as const;

const unreadable: [string, SecretsFault, string][] = [
  ['missing', error('ResourceNotFoundException'), 'ResourceNotFoundException'],
  ['denied', error('AccessDeniedException'), 'AccessDeniedException'],
  ['throttled', error('ThrottlingException'), 'ThrottlingException'],
  ['reset', { kind: 'reset' }, 'could not be read'],
  ['never answered', { kind: 'hang' }, 'TimeoutError'],
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

  /** An event that has no time, and one that waits until all is well. */
  async function expectWaiting(
    stack: Awaited<ReturnType<typeof start>>,
    reason: string,
    heal: () => void,
    expiresInSeconds = 2,
  ) {
    const [late, waiting] = await stack.send([
      { ...event(640), expiresInSeconds },
      { ...event(641), source: 'waits' },
    ]);
    expect(await stack.result(late)).toMatchObject({
      outcome: 'expired',
      error: { code: 'ticket-unavailable', message: expect.stringContaining(reason) },
    });
    await until('a retry', () => stack.linesOf(waiting).length > 0);
    expect([...stack.callsOf(640), ...stack.callsOf(641)]).toEqual([]);

    heal();

    // A failed read is not kept.
    expect(await stack.result(waiting)).toMatchObject({ outcome: 'transfer-pending' });
    expect(stack.transfersOf(641)).toEqual([{ target: 'ann', applied: true }]);
  }

  it.each(unreadable)('at cold start: %s', async (_, fault, reason) => {
    const stack = await start();
    const { secretsManager } = stack.deployment;
    secretsManager.setFault(() => fault);

    const seconds = fault.kind === 'hang' ? 4 : 2;
    await expectWaiting(stack, reason, () => secretsManager.setFault(undefined), seconds);
  });

  it.each(malformed)('at cold start: %s', async (_, ticketSecret, reason) => {
    const stack = await start({ ticketSecret });

    const [late] = await stack.send([{ ...event(640), expiresInSeconds: 2 }]);

    expect(await stack.result(late)).toMatchObject({
      outcome: 'expired',
      error: { code: 'ticket-unavailable', message: expect.stringContaining(reason) },
    });
    expect(stack.superOffice.calls).toEqual([]);
  });

  it('later: it expired, and what replaced it is malformed', async () => {
    const stack = await start();
    await inOneBatch(stack, [event(642)]);
    const { secretsManager, ticketSecretArn } = stack.deployment;
    stack.superOffice.tenant.expireTickets();
    secretsManager.put(ticketSecretArn, '{"ticket":');

    const [late, waiting] = await stack.send([{ ...event(640), expiresInSeconds: 2 }, event(641)]);

    expect(await stack.result(late)).toMatchObject({
      outcome: 'expired',
      error: { code: 'unauthorized' },
    });
    secretsManager.put(ticketSecretArn, ticketSecretOf(stack.superOffice));
    stack.setClock(10_001);
    expect(await stack.result(waiting)).toMatchObject({ outcome: 'transfer-pending' });
  });
});
