import { describe, expect, it, jest } from '@jest/globals';
import { createSuperOffice } from '../../../superoffice/client.ts';
import type { TenantAddress } from '../../../superoffice/tenant-address.ts';
import { createVirtualClock } from '../../support/virtual-clock.ts';

function setUp(address: TenantAddress) {
  const held = {
    kind: 'credential',
    credential: { authorization: 'SOTicket 7T:secret', appToken: 'secret' },
  } as const;
  const openConnection = jest.fn(async (_origin: string) => undefined);
  const exchange = jest.fn(async () => ({ kind: 'unreachable' }) as const);
  const current = jest.fn(async () => held);
  const superOffice = createSuperOffice({
    credentials: { current, atHand: () => held, renew: async () => false },
    tenantAddress: {
      current: async () => address,
      atHand: () => address,
      renew: async () => address,
    },
    callSpacingMs: 100,
    callTimeoutMs: 5_000,
    longestPauseMs: 0,
    clock: createVirtualClock(),
    exchange,
    openConnection,
  });
  return { superOffice, openConnection, exchange, current };
}

describe('createSuperOffice: prepare', () => {
  it('fetches the credential and opens a connection to the origin, which is told nothing else', async () => {
    const { superOffice, openConnection, exchange, current } = setUp({
      kind: 'running',
      webApiUrl: 'https://crm.example.com/SuperOffice/api',
    });

    await superOffice.prepare();

    expect(current).toHaveBeenCalledTimes(1);
    expect(openConnection.mock.calls).toEqual([['https://crm.example.com']]);
    expect(exchange).not.toHaveBeenCalled();
  });

  it('opens none where the tenant is not running', async () => {
    const { superOffice, openConnection } = setUp({ kind: 'not-running', state: 'Suspended' });

    await superOffice.prepare();

    expect(openConnection).not.toHaveBeenCalled();
  });
});
