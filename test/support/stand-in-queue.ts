import { FifoQueue } from '../../stand-ins/sqs/fifo-queue.ts';
import type { FifoQueueOptions } from '../../stand-ins/sqs/fifo-queue-options.ts';

/** A queue on a clock that moves only when told to; visibility timeout 30 s. */
export function queueOnClock(options: Partial<FifoQueueOptions> = {}) {
  let time = 1_700_000_000_000;
  let ids = 0;
  const now = () => time;
  const create = (name: string, more: Partial<FifoQueueOptions> = {}) =>
    new FifoQueue({
      name,
      now,
      visibilityTimeoutSeconds: 30,
      contentBasedDeduplication: true,
      createId: () => `${name.replace('.fifo', '')}-${++ids}`,
      ...more,
    });
  const queue = create('events.fifo', options);
  return {
    queue,
    create,
    now,
    pass(seconds: number) {
      time += seconds * 1000;
    },
    /** Sends `groupId:text` each; the whole is the body. */
    send(...bodies: string[]) {
      return bodies.map((body) => queue.send({ body, groupId: body.split(':')[0] ?? '' }));
    },
    /** Bodies of what one receive hands out. */
    bodies(max = 10) {
      return queue.receive({ max }).map(({ body }) => body);
    },
  };
}
