import { beforeAll, describe, expect, it } from '@jest/globals';
import { inTurn } from '../../stand-ins/superoffice/faults.ts';
import { invokeByHand, receiveByHand } from '../support/by-hand.ts';
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

    // By one sandbox, which has the connection.
    const fn = stack.coldFunction();
    const invoke = async (chatSessionId: number) => {
      const messages = receiveByHand(stack, [{ chatSessionId, toAssociate: 'ann' }]);
      await invokeByHand(stack, messages, { fn });
      return await stack.result(messages[0]?.messageId);
    };

    await invoke(640);
    expect(await invoke(641)).toMatchObject({ outcome: 'transfer-pending', receiveCount: 2 });
    expect(stack.transfersOf(641)).toEqual([{ target: 'ann', applied: true }]);
    expect(stack.callsOf(641)).toEqual(['transfer', 'session', 'transfer']);
  });
});
