import { describe, expect, it } from '@jest/globals';
import type { Queues } from '../../../../functions/route-chat/queues.ts';
import { ann } from '../../../support/associates.ts';
import { chatSession } from '../../../support/chat-session.ts';
import { outcomesOf, takesAll, takesAllBut, takesNone } from '../../../support/fake-queues.ts';
import { answered } from '../../../support/fake-super-office.ts';
import { again, event, sandbox } from '../../../support/sandbox.ts';

describe('createRouteChat, of several events for one chat', () => {
  it('tells and deletes the older ones before it tries the newest', async () => {
    const before: string[][] = [];
    const { receive, queues } = sandbox({
      superOffice: {
        async transferTo() {
          before.push(outcomesOf(queues), [...queues.deleted]);
          return answered(chatSession({ transferTo: ann }));
        },
      },
    });

    expect(await receive(event('first'), event('second'), event('third'))).toEqual([]);
    expect(before).toEqual([
      ['first: superseded', 'second: superseded'],
      ['first', 'second'],
    ]);
    expect(outcomesOf(queues)).toContain('third: transfer-pending');
  });

  it('does not try the newest while one of the older is not told, and deletes none', async () => {
    const { receive, queues, superOffice, report } = sandbox({
      queues: { sendResults: takesAllBut('second') },
    });

    const goBack = await receive(event('first'), event('second'), event('third'));

    expect(goBack.toSorted()).toEqual(['second', 'third']);
    expect(superOffice.calls).toEqual([]);
    expect(queues.deleted).toEqual([]);
    expect(report.lines).toContainEqual(
      expect.objectContaining({ eventMessageId: 'third', error: 'superseded-not-settled' }),
    );
  });

  it('does not try the newest where the older could not be deleted', async () => {
    const { receive, superOffice } = sandbox({
      queues: { deleteEvents: () => Promise.reject(new Error('x')) },
    });

    // The older was told: Lambda deletes it, since it is not among the failures.
    expect(await receive(event('older'), event('newer'))).toEqual(['newer']);
    expect(superOffice.calls).toEqual([]);
  });

  it('deletes nothing where there is no older one', async () => {
    const { receive, queues } = sandbox({
      queues: { deleteEvents: () => Promise.reject(new Error('x')) },
    });

    expect(await receive(event('only'))).toEqual([]);
    expect(outcomesOf(queues)).toEqual(['only: transfer-pending']);
  });

  it('tells an older one the same again that comes back although it was to be deleted', async () => {
    const faults: Partial<Queues> = { deleteEvents: () => Promise.reject(new Error('x')) };
    const { receive, queues, superOffice } = sandbox({ queues: faults });
    const [older, newer] = [event('older'), event('newer')];
    await receive(older, newer);
    faults.deleteEvents = async () => {};

    expect(await receive(again(older, 2), again(newer, 2))).toEqual([]);
    expect(superOffice.calls).toEqual(['transfer 648 to 8']);
    expect(outcomesOf(queues)).toEqual([
      'older: superseded',
      'older: superseded',
      'newer: transfer-pending',
    ]);
    expect(queues.deleted).toEqual(['older']);
  });

  it('goes on with other chats meanwhile', async () => {
    const { receive, superOffice } = sandbox({ queues: { sendResults: takesAllBut('older') } });

    await receive(event('older'), event('newer'), event('other', { chatSessionId: 2 }));

    expect(superOffice.calls).toEqual(['transfer 2 to 8']);
  });

  it('tries the newest as never tried, once the older are told', async () => {
    const faults = { sendResults: takesNone };
    const { receive, superOffice, queues } = sandbox({ queues: faults });
    const [older, newer] = [event('older'), event('newer')];
    await receive(older, newer);
    faults.sendResults = takesAll;
    queues.batches.length = 0;

    expect(await receive(again(older, 2), again(newer, 2))).toEqual([]);
    expect(superOffice.calls).toEqual(['transfer 648 to 8']);
    expect(outcomesOf(queues)).toEqual(['older: superseded', 'newer: transfer-pending']);
  });

  it('tells of an older one what was concluded, where its result is still owed', async () => {
    const faults = { sendResults: takesNone };
    const { receive, queues } = sandbox({ queues: faults });
    const older = event('older');
    await receive(older);
    faults.sendResults = takesAll;
    queues.batches.length = 0;

    await receive(again(older, 2), event('newer'));

    expect(outcomesOf(queues)).toEqual(['older: transfer-pending', 'newer: transfer-pending']);
    expect(queues.deleted).toEqual(['older']);
  });
});
