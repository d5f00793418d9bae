/** What a shell makes of a process that ended at Ctrl-C: its exit code. */
export const interrupted = 130;

/** npm passes Ctrl-C on to a process that the terminal has told already. */
const sameKeyPressMs = 1_000;

/** Aborted at Ctrl-C, or when the process is asked to end, or nobody reads its output any more. */
export function stopOnSignal(): AbortSignal {
  const stopping = new AbortController();
  let stoppedAt = 0;
  const stop = () => {
    if (stopping.signal.aborted) return;
    stoppedAt = Date.now();
    stopping.abort();
  };
  const insist = () => {
    // Who presses Ctrl-C again means it. The sandboxes end when this process does.
    if (stopping.signal.aborted && Date.now() > stoppedAt + sameKeyPressMs) {
      process.exit(interrupted);
    }
    stop();
  };
  process.on('SIGINT', insist);
  process.on('SIGTERM', insist);
  // A terminal that is gone says so at every write: nobody insists.
  process.on('SIGHUP', stop);
  for (const stream of [process.stdout, process.stderr]) stream.on('error', stop);
  return stopping.signal;
}
