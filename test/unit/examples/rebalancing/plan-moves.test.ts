import { describe, expect, it } from '@jest/globals';
import { type Person, planMoves } from '../../../../examples/rebalancing/plan-moves.ts';

const me = 7;
const [ann, ben, cho] = [8, 9, 10] as const;

const person = (
  associateId: number,
  ongoingChats: number,
  given: Partial<Person> = {},
): Person => ({
  associateId,
  ongoingChats,
  isPresent: true,
  topics: [3],
  ...given,
});
const chats = (...ids: number[]) => ids.map((chatSessionId) => ({ chatSessionId, topicId: 3 }));
const limits = (byDefault: number, byAssociateId: Record<string, number> = {}) => ({
  byDefault,
  byAssociateId,
});
const plan = (
  people: Person[],
  myChats: { chatSessionId: number; topicId: number }[],
  given = limits(2),
) =>
  planMoves({ me, myChats, people }, given).map(({ chatSessionId, toAssociate }) => [
    chatSessionId,
    toAssociate,
  ]);

describe('planMoves', () => {
  it.each<[fact: string, people: Person[], given: ReturnType<typeof limits>, moves: number[][]]>([
    ['moves what is beyond the limit, the newest first', [person(ann, 0)], limits(2), [[1, ann]]],
    ['moves nothing within the limit', [person(ann, 0)], limits(3), []],
    [
      'heeds a limit of one’s own',
      [person(ann, 0)],
      limits(3, { [me]: 1 }),
      [
        [1, ann],
        [2, ann],
      ],
    ],
    ['hands no more than there is room for', [person(ann, 1)], limits(2, { [me]: 0 }), [[1, ann]]],
    ['hands nothing to who is at the limit', [person(ann, 2)], limits(2), []],
    [
      'hands nothing to who is over the limit',
      [person(ann, 5), person(ben, 1)],
      limits(2),
      [[1, ben]],
    ],
    ['asks nobody who is away', [person(ann, 0, { isPresent: false })], limits(2), []],
    ['asks nobody who does not answer the topic', [person(ann, 0, { topics: [4] })], limits(2), []],
    ['asks not oneself', [person(me, 0)], limits(2), []],
    ['asks nobody where nobody is there', [], limits(0), []],
    [
      'asks who has most room, and counts what was handed already',
      [person(ann, 1), person(ben, 0), person(cho, 1)],
      limits(2, { [me]: 0 }),
      [
        [1, ben],
        [2, ann],
        [3, ben],
      ],
    ],
    [
      'lets somebody have more than others',
      [person(ann, 1), person(ben, 2)],
      limits(2, { [ben]: 5 }),
      [[1, ben]],
    ],
    ['lets somebody have none', [person(ann, 0)], limits(2, { [ann]: 0 }), []],
  ])('%s', (_, people, given, moves) => {
    expect(plan(people, chats(1, 2, 3), given)).toEqual(moves);
  });

  it('leaves a chat that nobody may have, and moves the next', () => {
    const myChats = [{ chatSessionId: 1, topicId: 4 }, ...chats(2, 3)];

    expect(plan([person(ann, 0)], myChats)).toEqual([[2, ann]]);
  });

  it('decides the same of the same, so that a minute later the same is asked for', () => {
    const people = [person(ben, 0), person(ann, 0)];

    expect(plan(people, chats(1, 2, 3), limits(1))).toEqual(
      plan(people, chats(1, 2, 3), limits(1)),
    );
  });
});
