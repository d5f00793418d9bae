import { describe, expect, it } from '@jest/globals';
import { queueOfSource } from '../../../../functions/route-chat/queue-of-source.ts';

const queues = new Map([
  ['rebalancing', 'queue of rebalancing'],
  ['vip-2', 'queue of vip-2'],
]);

describe('queueOfSource', () => {
  it.each([
    ['rebalancing', 'rebalancing'],
    ['rebalancing:', 'rebalancing'],
    ['rebalancing:night', 'rebalancing'],
    ['rebalancing:night:2', 'rebalancing'],
    ['rebalancing: vip-2', 'rebalancing'],
    ['vip-2:rebalancing', 'vip-2'],
  ])('sends %j to the queue of %s', (source, name) => {
    expect(queueOfSource(source, queues)).toBe(`queue of ${name}`);
  });

  it.each([
    undefined,
    '',
    ':',
    ':rebalancing',
    'Rebalancing',
    'REBALANCING',
    ' rebalancing',
    'rebalancing ',
    'rebalancing :night',
    'rebalancing/night',
    'rebalancing：night',
    'rebalancing\u0000',
    'rebalancin',
    'rebalancing2',
    'vip',
    'rebalancing,vip-2',
    'constructor',
    'size',
    '__proto__',
  ])('leaves %j with the others', (source) => {
    expect(queueOfSource(source, queues)).toBeUndefined();
  });

  it('leaves every source with the others where none has a queue', () => {
    expect(queueOfSource('rebalancing', undefined)).toBeUndefined();
  });
});
