import { readFileSync } from 'node:fs';

/*
 * The process a contestant runs in. Plain JavaScript, so that nothing is loaded for the bench's own
 * sake. It loads the handler's file, its one argument, and handles what it is sent, one by one.
 */

const now = () => Number(process.hrtime.bigint()) / 1e6;

/** The kernel's high-water mark: unlike getrusage's, it knows nothing of the parent process. */
const peakMemoryKb = () =>
  Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);

process.once('disconnect', () => process.exit());

const { handler } = await import(process.argv[2]);
process.on('message', async ({ event, deadlineMs }) => {
  const context = {
    awsRequestId: 'bench',
    functionName: 'bench',
    getRemainingTimeInMillis: () => deadlineMs - Date.now(),
  };
  const cpu = process.cpuUsage();
  const startedAt = now();
  const answer = await handler(event, context);
  const endedAt = now();
  const { user, system } = process.cpuUsage(cpu);
  process.send({
    answer,
    endedAt,
    durationMs: endedAt - startedAt,
    cpuMs: (user + system) / 1000,
    peakMemoryKb: peakMemoryKb(),
  });
});
const { user, system } = process.cpuUsage();
process.send({ readyAt: now(), readyCpuMs: (user + system) / 1000 });
