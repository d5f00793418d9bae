import type { Report } from '../../runtime/report.ts';

export type FakeReport = Report & {
  lines: object[];
  problems: string[];
  /** The names counted since the last flush. */
  counts: string[];
  /** The names counted before each flush. */
  flushed: string[][];
};

/** Keeps what was reported; a problem as its message and fields. */
export function fakeReport(): FakeReport {
  const lines: object[] = [];
  const problems: string[] = [];
  const counts: string[] = [];
  const flushed: string[][] = [];
  return {
    lines,
    problems,
    counts,
    flushed,
    info: (message, fields) => void lines.push({ message, ...fields }),
    problem: (message, fields = {}) => void problems.push(`${message} ${JSON.stringify(fields)}`),
    count: (name) => void counts.push(name),
    flush: () => void flushed.push(counts.splice(0)),
  };
}
