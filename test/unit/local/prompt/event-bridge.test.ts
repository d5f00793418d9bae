import { beforeEach, describe, expect, it } from '@jest/globals';
import { putOnBus, rebalance } from '../../../../local/prompt/event-bridge.ts';
import { createEventBridge, type Rule } from '../../../../stand-ins/eventbridge/event-bridge.ts';

const entry = { Source: 'us', DetailType: 'Wish', Detail: '{}' };

describe('what the prompt puts in', () => {
  let sent: { messageId: string; body: string }[];
  beforeEach(() => {
    sent = [];
  });

  const run = (answer: unknown, { buses = ['ours'], rule = {} as Partial<Rule> } = {}) => {
    const invoke = async () => {
      if (answer instanceof Error) throw answer;
      return answer;
    };
    const wishes = {
      name: 'Wishes',
      busName: 'ours',
      eventPattern: { 'detail-type': ['Wish'] },
      targets: [{ invoke }],
    };
    const schedule = { name: 'RebalanceNow', busName: 'default', targets: [{ invoke }], ...rule };
    return {
      deployment: {
        eventBridge: createEventBridge([wishes, schedule], Date.now),
        eventBusNames: buses,
      },
      session: {
        noteSent: (event: { messageId: string; body: string }) => void sent.push(event),
      },
    };
  };

  it('goes onto the only bus there is, and what was sent on is counted', async () => {
    expect(await putOnBus(entry, run({ messageIds: ['a', 'b'] }))).toEqual(['Wishes: 2 sent.']);
    expect(sent).toEqual([
      { messageId: 'a', body: 'sent by Wishes' },
      { messageId: 'b', body: 'sent by Wishes' },
    ]);
  });

  it.each([
    ['another answer', entry, run({ done: true }), 'Wishes: {"done":true}'],
    ['a failure', entry, run(new Error('no')), 'Wishes: no'],
    ['no rule', { ...entry, DetailType: 'x' }, run({}), 'No rule on ours is for this event'],
    ['no bus', entry, run({}, { buses: [] }), 'expected a bus of this stack (it has none)'],
    ['two buses', entry, run({}, { buses: ['a', 'b'] }), 'expected a bus of this stack (a,b)'],
    ['a faulty entry', { ...entry, Detail: '[]' }, run({}), 'MalformedDetail'],
  ])('says what came of it: %s', async (_, given, localRun, says) => {
    expect((await putOnBus(given, localRun)).join()).toContain(says);
    expect(sent).toEqual([]);
  });

  it('sets off the schedule that rebalances, and no other', async () => {
    expect(await rebalance(run({ messageIds: ['a'] }))).toEqual(['RebalanceNow: 1 sent.']);
    expect((await rebalance(run({}, { rule: { name: 'KeepAlive' } }))).join()).toContain(
      'Nothing rebalances',
    );
  });
});
