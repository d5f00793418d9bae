import { describe, expect, it } from '@jest/globals';
import { createHttpIntake } from '../../../../functions/http-intake/http-intake.ts';
import { fakeReport } from '../../../support/fake-report.ts';

const signature = Buffer.alloc(32).toString('base64');
const wish = {
  chatSessionId: 648,
  toAssociate: 8,
  requestId: 'case-17',
  expiresAt: '2026-11-24T12:01:00Z',
};

function sandbox({ send = async () => 'm-1' }: { send?: () => Promise<string> } = {}) {
  const report = fakeReport();
  let checks = 0;
  const intake = createHttpIntake(
    {
      signingSecrets: {
        async check() {
          checks += 1;
          return 'signed';
        },
      },
      send,
      report,
      clock: { now: () => Date.parse('2026-11-24T12:00:00Z') },
    },
    { timeToLiveMs: 300_000 },
  );
  return {
    report,
    checks: () => checks,
    post: (
      body: string,
      headers: Record<string, string> = { 'x-superoffice-signature': signature },
    ) =>
      intake({
        headers: { 'content-type': 'application/json', ...headers },
        body,
        isBase64Encoded: false,
        requestContext: { requestId: 'api-1' },
      }),
  };
}

describe('createHttpIntake', () => {
  it.each([
    ['no signature', 401, '{}', {}],
    ['no signature that could be one', 401, '{}', { 'x-superoffice-signature': 'x' }],
    ['more than 64 KB', 413, 'x'.repeat(65_537), undefined],
  ])('looks at no secret for %s', async (_, statusCode, body, headers) => {
    const { post, checks } = sandbox();

    expect((await post(body, headers)).statusCode).toBe(statusCode);
    expect(checks()).toBe(0);
  });

  it('says what it did in one line, counts it, and flushes', async () => {
    const { post, report } = sandbox();

    await post(JSON.stringify(wish));
    await post('{}', {});

    expect(report.lines).toEqual([
      { message: 'answered', statusCode: 202, apiRequestId: 'api-1', eventMessageId: 'm-1' },
      { message: 'answered', statusCode: 401, apiRequestId: 'api-1' },
    ]);
    expect(report.flushed).toEqual([
      ['HttpIntake.Request'],
      ['HttpIntake.Request', 'HttpIntake.Refused'],
    ]);
  });

  it('names the error alone where the queue did not take it', async () => {
    const cause = Object.assign(new Error('a customer’s words'), { name: 'QueueDoesNotExist' });
    const { post, report } = sandbox({ send: () => Promise.reject(new Error('x', { cause })) });

    expect(await post(JSON.stringify(wish))).toEqual({ statusCode: 503 });
    expect(report.problems).toEqual([
      'the sender was told to come again {"statusCode":503,"apiRequestId":"api-1","error":"QueueDoesNotExist"}',
    ]);
  });
});
