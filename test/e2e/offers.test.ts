import { describe, expect, it } from '@jest/globals';
import { deployments } from '../support/deployed.ts';
import { until } from '../support/until.ts';

/** The chats of router's own, one a test. */
const [declined, leftAlone] = [640, 641];

describe('an offer', () => {
  const start = deployments();
  const started = start();

  it.concurrent('goes to the next one within ten seconds, where it is declined after five', async () => {
    const stack = await started;
    const { tenant } = stack.superOffice;
    const [id] = await stack.send([
      {
        chatSessionId: declined,
        toAssociate: 'ann',
        acceptWithinSeconds: 60,
        fallbackAssociates: ['ben'],
      },
    ]);
    await until('ann is asked', () => tenant.peek(declined)?.pending === 8);
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    tenant.reject(declined);
    const declinedAt = Date.now();

    await until('ben is asked', () => tenant.peek(declined)?.pending === 9, 15_000);
    expect(Date.now() - declinedAt).toBeLessThan(10_000);
    tenant.accept(declined);

    expect(await stack.result(id)).toMatchObject({
      outcome: 'assigned',
      session: { user: { name: 'ben' } },
      offers: [
        { toAssociate: 'ann', answer: 'declined' },
        { toAssociate: 'ben', answer: 'accepted' },
      ],
    });
  });

  it.concurrent('that is left alone ends within five seconds of its time', async () => {
    const stack = await started;
    const [id] = await stack.send([
      { chatSessionId: leftAlone, toAssociate: 9, acceptWithinSeconds: 30 },
    ]);
    const result = await until('its result', () => stack.results.find((one) => one.eventMessageId === id), 45_000);
    const [asked] = result.offers ?? [];
    const tookMs = Date.parse(result.completedAt) - Date.parse(asked?.askedAt ?? '');

    expect(result).toMatchObject({ outcome: 'unanswered', offers: [{ answer: 'unanswered' }] });
    expect(tookMs).toBeGreaterThanOrEqual(30_000);
    expect(tookMs).toBeLessThan(35_000);
  });
});
