import { afterEach, describe, expect, it } from '@jest/globals';
import { createReport, nameOf } from '../../../../functions/route-chat/report.ts';

const at = Date.parse('2026-11-22T09:15:00.000Z');
const line = {
  requestId: 'r-1',
  eventMessageId: 'm-1',
  chatSessionId: 648,
  outcome: 'assigned',
  cause: null,
  error: null,
  httpStatus: 200,
  durationMs: 12,
  receiveCount: 1,
};

function reportTo(lines: string[]) {
  return createReport({
    service: 'routing',
    namespace: 'RouteChat',
    now: () => at,
    write: (text) => lines.push(text),
  });
}

afterEach(() => {
  delete process.env._X_AMZN_TRACE_ID;
});

describe('createReport', () => {
  it('writes an event as one line, with the keys of Powertools', () => {
    const lines: string[] = [];

    reportTo(lines).event(line);

    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^\{[^\n]*\}\n$/);
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      level: 'INFO',
      message: 'event',
      timestamp: '2026-11-22T09:15:00.000Z',
      service: 'routing',
      ...line,
    });
  });

  it('writes a problem as an error, with its fields', () => {
    const lines: string[] = [];

    reportTo(lines).problem('results were not sent', { error: 'TimeoutError' });

    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'ERROR',
      message: 'results were not sent',
      error: 'TimeoutError',
    });
  });

  it('names the trace of the invocation', () => {
    process.env._X_AMZN_TRACE_ID = 'Root=1-5759e988-bd86;Parent=53995c3f;Sampled=1';
    const lines: string[] = [];

    reportTo(lines).event(line);

    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ xray_trace_id: '1-5759e988-bd86' });
  });

  it('writes what was counted in the embedded metric format, once', () => {
    const lines: string[] = [];
    const report = reportTo(lines);
    report.count('Outcome.assigned');
    report.count('Outcome.assigned');
    report.count('Retry');

    report.flush();
    report.flush();

    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      _aws: {
        Timestamp: at,
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
    });
  });
});

describe('nameOf', () => {
  it('says no more of an error than its name', () => {
    expect(nameOf(new RangeError('secret'))).toBe('RangeError');
    expect(nameOf('secret')).toBe('string');
  });
});
