import type { RouteChatEventInput } from '../../client/route-chat-event-input.ts';
import { startProgressBar } from '../command-line/progress-bar.ts';
import type { Logged } from './log-line.ts';

/** Shows on standard error how far it has come: many events by a bar, of one what it waits for. */
export function startProgress(
  events: readonly RouteChatEventInput[],
  isWaiting: boolean,
  stream: NodeJS.WriteStream = process.stderr,
) {
  const [event, ...more] = events;
  const isOne = more.length === 0;
  const say = (text: string) => void stream.write(`${text}\n`);
  const bar = isOne
    ? undefined
    : startProgressBar(events.length, stream, isWaiting ? 'results' : 'events sent');
  let sent = 0;
  let results = 0;
  const update = () => bar?.update(isWaiting ? results : sent, isWaiting ? `, ${sent} sent` : '');

  return {
    onSent() {
      sent += 1;
      update();
      if (isOne && isWaiting) say('Sent. Waiting for the result …');
    },
    onOutcome() {
      results += 1;
      update();
    },
    onUnderWay({ outcome, error, receiveCount }: Logged) {
      if (!isOne) return;
      const words =
        outcome === 'retry'
          ? `attempt ${receiveCount} ended with ${error ?? 'no result'}, tried again`
          : outcome;
      say(`chat ${event?.chatSessionId}: ${words}`);
    },
    stop: () => bar?.stop(),
  };
}
