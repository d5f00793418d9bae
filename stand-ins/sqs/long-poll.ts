import type { FifoQueue } from './fifo-queue.ts';
import type { ReceiveOptions } from './fifo-queue-options.ts';
import type { ReceivedMessage } from './message.ts';

/**
 * Receives, and where there is nothing yet, again whenever there may be something, until
 * `waitSeconds` are over. A caller who has hung up (`signal`) receives nothing.
 */
export async function receiveWithin(
  waitSeconds: number,
  queue: FifoQueue,
  options: ReceiveOptions,
  signal: AbortSignal,
): Promise<ReceivedMessage[]> {
  const end = performance.now() + waitSeconds * 1000;
  for (;;) {
    if (signal.aborted) return [];
    const messages = queue.receive(options);
    const left = end - performance.now();
    if (messages.length > 0 || left <= 0) return messages;
    await changeOrTime(queue, left, signal);
  }
}

/** Until the queue changes, its next message becomes visible, or `limitMs` are over. */
function changeOrTime(queue: FifoQueue, limitMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const next = queue.nextVisibleAt();
    // A timer may fire a little early by the queue's clock; at once would then spin.
    const untilVisible = next === undefined ? limitMs : Math.max(next - queue.options.now(), 1);
    const done = () => {
      clearTimeout(timer);
      stopListening();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, Math.min(untilVisible, limitMs));
    const stopListening = queue.onChange(done);
    signal.addEventListener('abort', done);
  });
}
