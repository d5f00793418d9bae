import type { Queues, VisibilityChange } from '../../functions/route-chat/queues.ts';
import type { EventLine, Report } from '../../functions/route-chat/report.ts';
import type { EntryFate, OutgoingResult } from '../../functions/route-chat/result-outbox.ts';

export type FakeQueues = Queues & {
  /** Each call's results. */
  batches: OutgoingResult[][];
  deleted: string[];
  changed: VisibilityChange[];
};

/** Both queues in memory; `given` puts faults in their place. */
export function fakeQueues(
  given: {
    sendResults?: (results: OutgoingResult[]) => Promise<EntryFate[]>;
    deleteEvents?: Queues['deleteEvents'];
    changeVisibility?: Queues['changeVisibility'];
  } = {},
): FakeQueues {
  const batches: OutgoingResult[][] = [];
  const deleted: string[] = [];
  const changed: VisibilityChange[] = [];
  return {
    batches,
    deleted,
    changed,
    async sendResults(results) {
      batches.push(results);
      return (await given.sendResults?.(results)) ?? results.map(() => 'sent');
    },
    async deleteEvents(events) {
      await given.deleteEvents?.(events);
      deleted.push(...events.map(({ messageId }) => messageId));
    },
    async changeVisibility(changes, withinMs) {
      await given.changeVisibility?.(changes, withinMs);
      changed.push(...changes);
    },
  };
}

/** The outcomes sent, by message id; a message told twice shows twice. */
export const outcomesOf = ({ batches }: FakeQueues) =>
  batches.flat().map(({ result }) => `${result.eventMessageId}: ${result.outcome}`);

export type FakeReport = Report & { lines: EventLine[]; problems: string[]; counts: string[] };

export function fakeReport(): FakeReport {
  const lines: EventLine[] = [];
  const problems: string[] = [];
  const counts: string[] = [];
  return {
    lines,
    problems,
    counts,
    event: (line) => void lines.push(line),
    problem: (message, fields) => void problems.push(`${message} ${JSON.stringify(fields ?? {})}`),
    count: (name) => void counts.push(name),
    flush: () => {},
  };
}
