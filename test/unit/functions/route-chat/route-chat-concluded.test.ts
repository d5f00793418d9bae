import { describe, expect, it } from '@jest/globals';
import type { SQSRecord } from 'aws-lambda';
import type { Queues } from '../../../../functions/route-chat/queues.ts';
import type { SuperOffice } from '../../../../superoffice/client.ts';
import { outcomesOf, takesAll, takesNone } from '../../../support/fake-queues.ts';
import { answered, refused } from '../../../support/fake-super-office.ts';
import { again, event, sandbox } from '../../../support/sandbox.ts';
import { startOfTime } from '../../../support/virtual-clock.ts';

const inASecond = new Date(startOfTime + 1_000).toISOString();
const inThePast = new Date(startOfTime - 1_000).toISOString();

/** A sandbox that has had its first batch; from now on SQS takes results. */
async function sandboxAfter(
  records: SQSRecord[],
  {
    superOffice = {},
    sendResults = takesAll,
  }: { superOffice?: Partial<SuperOffice>; sendResults?: Queues['sendResults'] } = {},
) {
  const faults = { sendResults };
  const one = sandbox({ superOffice, queues: faults });
  const goBack = await one.receive(...records);
  const told = one.queues.batches.splice(0).flat();
  one.superOffice.calls.length = 0;
  faults.sendResults = takesAll;
  return { ...one, goBack, told };
}

const isNone = async () => answered(null);
const isRefused = async () => refused(404);

describe('createRouteChat, of an event that was concluded', () => {
  it.each([
    ['SQS took its result, and it comes as if never received', takesAll, 1],
    ['SQS took its result, and it comes again', takesAll, 2],
    ['SQS did not take its result', takesNone, 2],
    ['receives in between are missing', takesNone, 5],
  ])('tells the same again, without a call, where %s', async (_, sendResults, receiveCount) => {
    const record = event('a');
    const { receive, queues, superOffice, ...first } = await sandboxAfter([record], {
      sendResults,
    });
    expect(first.goBack).toEqual(sendResults === takesAll ? [] : ['a']);

    expect(await receive(again(record, receiveCount))).toEqual([]);

    expect(superOffice.calls).toEqual([]);
    expect(queues.batches.flat()).toEqual([
      { ...first.told[0], result: { ...first.told[0]?.result, receiveCount } },
    ]);
  });

  it.each<[string, Partial<SuperOffice>]>([
    ['not-applied', { transferTo: isNone }],
    ['failed', { transferTo: isRefused }],
    ['transfer-pending', {}],
  ])('tells the same again, whatever it was: %s', async (outcome, superOffice) => {
    const record = event('a');
    const { receive, queues, ...one } = await sandboxAfter([record], { superOffice });

    await receive(again(record, 2));

    expect(one.superOffice.calls).toEqual([]);
    expect(outcomesOf(queues)).toEqual([`a: ${outcome}`]);
  });

  it('tells superseded again, also once the newer one is gone', async () => {
    const [older, newer] = [event('older'), event('newer')];
    const { receive, queues, superOffice } = await sandboxAfter([older, newer]);

    await receive(again(older, 2));

    expect(superOffice.calls).toEqual([]);
    expect(outcomesOf(queues)).toEqual(['older: superseded']);
  });

  it('tells again, past its deadline, what was concluded before', async () => {
    const record = event('a', { expiresAt: inASecond });
    const { receive, queues, clock } = await sandboxAfter([record], { sendResults: takesNone });
    await clock.advance(60_000);

    await receive(again(record, 2));

    expect(outcomesOf(queues)).toEqual(['a: transfer-pending']);
  });

  it('lets one that expired take no older one’s place', async () => {
    const [older, late] = [event('older'), event('late', { expiresAt: inThePast })];
    const { receive, queues } = await sandboxAfter([late], { sendResults: takesNone });

    await receive(older, again(late, 2));

    expect(outcomesOf(queues).toSorted()).toEqual(['late: expired', 'older: transfer-pending']);
  });

  it('lets any other one stand before the older ones, which are not tried over it', async () => {
    const [older, newer] = [event('older'), event('newer')];
    const { receive, queues, superOffice } = await sandboxAfter([newer]);

    await receive(older, again(newer, 1));

    expect(superOffice.calls).toEqual([]);
    expect(outcomesOf(queues)).toEqual(['older: superseded', 'newer: transfer-pending']);
  });
});

describe('createRouteChat, of an event that another sandbox may have concluded', () => {
  it('looks first', async () => {
    const { receive, superOffice } = sandbox();

    await receive(event('a', { receiveCount: 2 }));

    expect(superOffice.calls).toEqual(['look 648', 'transfer 648 to 8']);
  });
});
