import { afterAll, describe, expect, it } from '@jest/globals';
import { peopleOf } from '../../../../local/prompt/superoffice-control.ts';
import { startSuperOffice } from '../../../../stand-ins/superoffice/server.ts';

const superOffice = await startSuperOffice();
afterAll(() => superOffice.close());
const people = peopleOf(superOffice);

describe('peopleOf', () => {
  it('lists chats with who has them and who is asked, and of one that is over nobody', () => {
    expect(people.chats([640, 652, 654, 659, 999])).toEqual([
      '  640  CustomerLast     router',
      '  652  UserLast         a chatbot',
      '  654  CustomerLast     router, cho is asked',
      '  659  Closed           router',
    ]);
  });

  it('lists who is there, by associate id', () => {
    const [first, second] = people.associates();

    expect(first).toBe('    7  router  whose credential the function has');
    expect(second).toBe('    8  ann     ann.fake@stand-in.example');
  });

  it('lets an owner pass a chat on, and take the question back', () => {
    expect([
      people.pass(641, 'cho'),
      people.pass(641, 'cho'),
      people['cancel-transfer'](641),
      people['cancel-transfer'](641),
      people.pass(641, 'zoe'),
      people.pass(651, 'cho'),
      people.pass(653, 'cho'),
      people['cancel-transfer'](1),
    ]).toEqual([
      'router asks cho to take chat 641.',
      'Nothing came of that: chat 641 is over, or cho has it or is asked already.',
      'router asks cho no more to take chat 641.',
      'Nobody is asked to take chat 641.',
      'There is no associate zoe.',
      'Nobody has chat 651.',
      'Nothing came of that: chat 653 is over, or cho has it or is asked already.',
      'There is no chat 1.',
    ]);
  });

  it('says what an answer came to', () => {
    expect([people.reject(640), people.reject(654), people.accept(659), people.close(1)]).toEqual([
      'Nobody is asked to take chat 640.',
      'cho has rejected chat 654: router keeps it.',
      'Chat 659 is over: too late.',
      'There is no chat 1.',
    ]);
  });
});
