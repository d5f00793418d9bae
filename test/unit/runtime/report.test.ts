import { afterEach, describe, expect, it } from '@jest/globals';
import { createReport, nameOf, type Report } from '../../../runtime/report.ts';

const start = Date.parse('2026-11-22T09:15:00.000Z');
const anyTrace = process.env._X_AMZN_TRACE_ID;

afterEach(() => {
  if (anyTrace === undefined) delete process.env._X_AMZN_TRACE_ID;
  else process.env._X_AMZN_TRACE_ID = anyTrace;
});

/** What is written while `act` reports, line by line. */
function written(act: (report: Report) => void, now = () => start): string[] {
  const lines: string[] = [];
  const write = (line: string) => void lines.push(line);
  act(createReport({ service: 'routing', namespace: 'RouteChat', now, write }));
  return lines;
}

const parsed = (lines: string[]) => lines.map((line) => JSON.parse(line) as unknown);

describe('createReport', () => {
  it('writes one line each time, with the keys of Powertools and the fields given', () => {
    const lines = written(({ info, problem }) => {
      info('event', { requestId: 'r-1', chatSessionId: 648, cause: null });
      problem('results were not sent', { error: 'TimeoutError' });
      problem('it broke off');
    });

    const common = { timestamp: '2026-11-22T09:15:00.000Z', service: 'routing' };
    expect(parsed(lines)).toEqual([
      {
        level: 'INFO',
        message: 'event',
        ...common,
        requestId: 'r-1',
        chatSessionId: 648,
        cause: null,
      },
      { level: 'ERROR', message: 'results were not sent', ...common, error: 'TimeoutError' },
      { level: 'ERROR', message: 'it broke off', ...common },
    ]);
    for (const line of lines) expect(line).toMatch(/^\{[^\n]*\}\n$/);
  });

  it('keeps a line break in a message from making two lines', () => {
    expect(written(({ info }) => info('one\ntwo', {}))).toHaveLength(1);
    expect(written(({ info }) => info('one\ntwo', {}))[0]).toMatch(/^[^\n]*\n$/);
  });

  it.each([
    ['Root=1-5759e988-bd86;Parent=53995c3f;Sampled=1', { xray_trace_id: '1-5759e988-bd86' }],
    ['Sampled=1;Root=1-5759e988-bd86', { xray_trace_id: '1-5759e988-bd86' }],
    ['Sampled=1', {}],
    [undefined, {}],
  ])('names the trace of the invocation where Lambda tells one: %s', (trace, expected) => {
    delete process.env._X_AMZN_TRACE_ID;
    if (trace !== undefined) process.env._X_AMZN_TRACE_ID = trace;

    const [line] = parsed(written(({ info }) => info('event', {})));

    expect(line).toEqual({
      level: 'INFO',
      message: 'event',
      timestamp: '2026-11-22T09:15:00.000Z',
      service: 'routing',
      ...expected,
    });
  });

  it('writes what was counted in the embedded metric format, all in one line', () => {
    let now = start;
    const lines = written(
      (report) => {
        report.count('Outcome.assigned');
        report.count('Outcome.assigned');
        report.count('Retry');
        now += 5_000;
        report.flush();
      },
      () => now,
    );

    expect(lines[0]).toMatch(/^\{[^\n]*\}\n$/);
    expect(parsed(lines)).toEqual([
      {
        _aws: {
          Timestamp: start + 5_000,
          CloudWatchMetrics: [
            {
              Namespace: 'RouteChat',
              Dimensions: [['service']],
              Metrics: [
                { Name: 'Outcome.assigned', Unit: 'Count' },
                { Name: 'Retry', Unit: 'Count' },
              ],
            },
          ],
        },
        service: 'routing',
        'Outcome.assigned': 2,
        Retry: 1,
      },
    ]);
  });

  it('counts from nothing after it has written, and writes nothing where nothing was counted', () => {
    const lines = written((report) => {
      report.flush();
      report.count('Retry');
      report.flush();
      report.flush();
      report.count('TicketRefused');
      report.flush();
    });

    expect(parsed(lines)).toMatchObject([{ Retry: 1 }, { TicketRefused: 1 }]);
    expect(lines[1]).not.toContain('Retry');
  });
});

describe('nameOf', () => {
  it.each([
    [new RangeError('secret'), 'RangeError'],
    ['secret', 'string'],
    [{ name: 'secret' }, 'object'],
    [undefined, 'undefined'],
  ])('says no more of an unknown error than its name: %p', (error, name) => {
    expect(nameOf(error)).toBe(name);
  });
});
