import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

/** A webhook as an administrator registers it. */
export type Webhook = {
  targetUrl: string;
  /** Signs what is sent; without it nothing is. */
  secret?: string;
};

export type WebhookEvent = {
  /** `test` as when a webhook is saved, or such as a CRMScript signals: `routechat.requested`. */
  event: string;
  primaryKey?: number;
  data?: object;
};

/**
 * Where the data of a signalled event lands is not documented. `FieldValues` is where the payload has
 * what it tells of a record.
 */
export type DataPlace = 'FieldValues' | 'Changes' | 'Data' | 'nowhere';

/** Milliseconds ahead of each attempt. */
const attempts = [0, 1_000, 4_000];

/** The payload of a webhook. */
export const webhookPayload = (
  { event, primaryKey = 0, data = {} }: WebhookEvent,
  { place = 'FieldValues', at = Date.now() }: { place?: DataPlace; at?: number } = {},
) => ({
  EventId: randomUUID(),
  // .NET writes ten millionths of a second.
  Timestamp: new Date(at).toISOString().replace('Z', '0000Z'),
  Changes: [] as unknown,
  Event: event,
  PrimaryKey: primaryKey,
  Entity: event.split('.')[0],
  ContextIdentifier: 'Cust12345',
  ChangedByAssociateId: 7,
  WebhookName: 'Route chat',
  ...(place !== 'nowhere' && { [place]: data }),
});

/** `X-SuperOffice-Signature`: over the body, byte for byte. */
export const webhookSignature = (body: string | Uint8Array, secret: string) =>
  createHmac('sha256', secret).update(body).digest('base64');

/**
 * Sends an event as SuperOffice does: three times at most, until it is answered 200.
 * @returns the last answer
 */
export async function sendWebhook(
  { targetUrl, secret }: Webhook,
  given: WebhookEvent,
): Promise<{ status: number; body: string }> {
  const payload = webhookPayload(given);
  const body = JSON.stringify(payload);
  let answered = { status: 0, body: '' };
  for (const [retry, delayMs] of attempts.entries()) {
    await sleep(delayMs);
    const response = await fetch(targetUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'NetServer-Webhook/12.4',
        'x-superoffice-event': payload.Event,
        'x-superoffice-eventid': payload.EventId,
        ...(retry > 0 && { 'x-superoffice-retry': String(retry) }),
        ...(secret !== undefined && { 'x-superoffice-signature': webhookSignature(body, secret) }),
      },
      body,
    });
    answered = { status: response.status, body: await response.text() };
    if (response.status === 200) break;
  }
  return answered;
}
