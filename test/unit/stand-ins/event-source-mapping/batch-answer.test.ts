import { describe, expect, it } from '@jest/globals';
import { settleBatch } from '../../../../stand-ins/event-source-mapping/batch-answer.ts';

const failures = (...itemIdentifiers: unknown[]) => ({
  batchItemFailures: itemIdentifiers.map((itemIdentifier) => ({ itemIdentifier })),
});

const settle = (answer: unknown) => {
  const { deleted, left } = settleBatch(['1', '2', '3'], { kind: 'answered', answer });
  return { deleted: deleted.join(), left: left.join() };
};

describe('settleBatch', () => {
  it.each([
    ['some messages', failures('2'), { deleted: '1,3', left: '2' }],
    [
      'all messages, one of them twice',
      failures('3', '2', '1', '1'),
      { deleted: '', left: '1,2,3' },
    ],
  ])('leaves the messages reported as failed: %s', (_, answer, expected) => {
    expect(settle(answer)).toEqual(expected);
  });

  it.each([
    ['an empty list', { batchItemFailures: [] }],
    ['a null list', { batchItemFailures: null }],
    ['an empty answer', {}],
    ['an empty text', ''],
    ['a null answer', null],
    ['no answer', undefined],
  ])('deletes all on %s', (_, answer) => {
    expect(settle(answer)).toEqual({ deleted: '1,2,3', left: '' });
  });

  it.each([
    ['an empty itemIdentifier', failures('1', '')],
    ['a null itemIdentifier', failures(null)],
    ['an itemIdentifier that is not in the batch', failures('1', '4')],
    ['an itemIdentifier that is a number', failures(1)],
    ['a wrong key', { batchItemFailures: [{ messageId: '1' }] }],
    ['a null entry', { batchItemFailures: [null] }],
    ['a list that is none', { batchItemFailures: '1' }],
    ['a text', 'OK'],
    ['a list', []],
  ])('leaves all on %s', (_, answer) => {
    expect(settle(answer)).toEqual({ deleted: '', left: '1,2,3' });
  });

  it('leaves all when the function failed', () => {
    const settlement = settleBatch(['1', '2'], { kind: 'failed', error: new Error('no') });

    expect(settlement).toEqual({ deleted: [], left: ['1', '2'] });
  });
});
