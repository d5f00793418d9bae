import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { MetricName } from './metric-name.ts';

/** Where the function says what it does. Lines carry chosen fields, never a whole error. */
export type Report = {
  /** One line an event and receive. */
  event(line: EventLine): void;
  /** Something that went wrong outside a single event. */
  problem(message: string, fields?: Record<string, string | number | null>): void;
  count(name: MetricName): void;
  /** Writes out what was counted. */
  flush(): void;
};

export type EventLine = {
  requestId: string;
  eventMessageId: string;
  chatSessionId: number | null;
  /** Of the result; `retry` where there is none yet. */
  outcome: string;
  cause: string | null;
  /** Code of the error, if any. */
  error: string | null;
  httpStatus: number | null;
  durationMs: number;
  receiveCount: number;
};

export function createReport(): Report {
  const logger = new Logger();
  const metrics = new Metrics();
  return {
    event: (line) => logger.info('event', { ...line }),
    problem: (message, fields = {}) => logger.error(message, { ...fields }),
    count: (name) => metrics.addMetric(name, MetricUnit.Count, 1),
    flush() {
      // With nothing to write out, Powertools prints a warning instead, and not in JSON.
      if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
    },
  };
}

/** What may be said of an unknown error: its name. Messages and stacks can quote anything. */
export const nameOf = (error: unknown) => (error instanceof Error ? error.name : typeof error);
