import type { Breach } from './breach.ts';
import type { RunRecord } from './run-record.ts';

export function isMalformed(line: string): boolean {
  try {
    const said: unknown = JSON.parse(line);
    return typeof said !== 'object' || said === null;
  } catch {
    return true;
  }
}

/** What the function says where an attempt threw. */
export const isUnexpectedError = (line: string) => line.includes('broke off unexpectedly');

/** Every log line can be read by a machine. */
export const malformedLogLines = ({
  malformedLogLines: lines,
}: Pick<RunRecord, 'malformedLogLines'>): Breach[] =>
  lines.map((line) => ({ says: `no JSON: ${line}` }));
