import type { Logged } from '../../cli/send/log-line.ts';

/** What the log says of an event: the associate is asked. */
export const logged = (given: Partial<Logged> = {}): Logged => ({
  eventMessageId: 'm-1',
  isResult: true,
  outcome: 'transfer-pending',
  cause: null,
  error: null,
  httpStatus: 200,
  actingAsId: null,
  userId: null,
  transferToId: null,
  receiveCount: 1,
  ...given,
});
