import { describe, expect, it } from '@jest/globals';
import { always, inTurn } from '../../stand-ins/superoffice/faults.ts';
import { errorText } from '../../stand-ins/superoffice/personal-data.ts';
import { deployments } from '../support/deployed.ts';

const deployed = deployments();
/** The output that names the function. */
const functionName = 'KeepCredentialFunctionName';
/** What EventBridge sends on schedule; the function does not look at it. */
const scheduled = { 'detail-type': 'Scheduled Event' };

describe('keep-credential', () => {
  it('uses the ticket, and says nothing when all is well', async () => {
    const { deployment, superOffice, logs } = await deployed();

    await deployment.functionBy(functionName).invoke(scheduled);

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
      await expect(deployment.functionBy(functionName).invoke(scheduled)).resolves.toBeNull();
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
