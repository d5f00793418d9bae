import { setTimeout as sleep } from 'node:timers/promises';

/** A handler a test tells what to do: `event.do`. Loading it leaves a line in the log. */
process.stdout.write('loaded\n');

let handled = 0;

export async function handler(event, context) {
  handled += 1;
  switch (event.do) {
    case 'describe':
      return {
        pid: process.pid,
        handled,
        context,
        remaining: context.getRemainingTimeInMillis(),
        environment: { ...process.env },
      };
    case 'wait':
      await sleep(event.ms);
      return { pid: process.pid };
    case 'hang':
      process.stdout.write('hanging\n');
      return await new Promise(() => setInterval(() => undefined, 1000));
    case 'spin':
      for (;;);
    case 'throw':
      throw new RangeError('too much');
    case 'exit':
      return process.exit(3);
    case 'circular': {
      const answer = {};
      answer.self = answer;
      return answer;
    }
    default:
      return undefined;
  }
}
