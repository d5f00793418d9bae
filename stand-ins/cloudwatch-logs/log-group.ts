import type { Matches } from './filter-pattern.ts';

export type LogEvent = { number: number; timestamp: number; message: string };

export type Query = {
  matches: Matches;
  /** Epoch milliseconds, both inclusive. */
  startTime: number;
  endTime: number;
  /** Number of the first event to look at. */
  from: number;
  /** Events to find at most. */
  limit: number;
};

/** The lines of one function, the newest so many. */
export type LogGroup = {
  put(message: string, timestamp: number): void;
  /**
   * What one page holds. It looks at so many lines and no more, so that a page can be empty while
   * there is more: then `next` says from where.
   */
  page(query: Query): { events: LogEvent[]; next?: number };
};

export function createLogGroup(options: { kept: number; lookedAt: number }): LogGroup {
  const events: LogEvent[] = [];
  let count = 0;

  return {
    put(message, timestamp) {
      events.push({ number: count, timestamp, message });
      count += 1;
      if (events.length > options.kept) events.shift();
    },
    page({ matches, startTime, endTime, from, limit }) {
      const oldest = count - events.length;
      let number = Math.max(from, oldest);
      const end = Math.min(number + options.lookedAt, count);
      const found: LogEvent[] = [];
      for (; number < end && found.length < limit; number += 1) {
        const event = events[number - oldest];
        if (!event || event.timestamp < startTime || event.timestamp > endTime) continue;
        if (matches(event.message)) found.push(event);
      }
      return { events: found, ...(number < count && { next: number }) };
    },
  };
}
