import { beforeAll, describe, expect, it } from '@jest/globals';
import { inTurn } from '../../stand-ins/superoffice/faults.ts';
import { type Deployed, deployments } from '../support/deployed.ts';

describe('a connection that the peer closed while the function was frozen', () => {
  const start = deployments();
  let stack: Deployed;

  beforeAll(async () => {
    stack = await start();
  });

  it('is met by the next call, which is tried again after a look', async () => {
    // Answers in full; whatever comes next on that connection meets a dead one.
    stack.superOffice.setFault(inTurn({ kind: 'truncate-keep-alive' }));

    const [first] = await stack.send([{ chatSessionId: 640, toAssociate: 'ann' }]);
    await stack.result(first);
    const [second] = await stack.send([{ chatSessionId: 641, toAssociate: 'ann' }]);

    expect(await stack.result(second)).toMatchObject({
      outcome: 'transfer-pending',
      receiveCount: 2,
    });
    expect(stack.transfersOf(641)).toEqual([{ target: 'ann', applied: true }]);
    expect(stack.callsOf(641)).toEqual(['transfer', 'session', 'transfer']);
  });
});
