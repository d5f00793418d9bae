import { setTimeout as sleep } from 'node:timers/promises';
import { SQSClient } from '@aws-sdk/client-sqs';
import { sendOutgoing } from '../../client/send-outgoing.ts';
import { awsClientBounds } from '../../runtime/aws-client.ts';
import { required, requiredNumber } from '../../runtime/environment.ts';
import { reportOfEnvironment } from '../../runtime/report.ts';
import { createSecretReader } from '../../runtime/secret-reader.ts';
import { systemClock as clock } from '../../superoffice/clock.ts';
import { createHttpIntake } from './http-intake.ts';
import { createSigningSecrets } from './signing-secrets.ts';

/** Module load waits no longer for the secret. */
const initTimeoutMs = 2_000;

/** A sender waits, and comes again: sooner told than sent. */
const sendTimeoutMs = 5_000;

const queueUrl = required('EVENT_QUEUE_URL');
const timeToLiveMs = requiredNumber('EVENT_TIME_TO_LIVE_SECONDS') * 1000;
const report = reportOfEnvironment();
const readSecret = createSecretReader(required('SIGNING_SECRET_ARN'));
const signingSecrets = createSigningSecrets({
  readSecret: async () => (await readSecret()).secretString,
  onUnusable: (reason) => report.problem('the signing secret could not be used', { reason }),
  clock,
});
const sqs = new SQSClient(awsClientBounds);

/** Answers a request of API Gateway: what asks for a chat to be moved is sent to the event queue. */
export const handler = createHttpIntake(
  {
    signingSecrets,
    async send(event) {
      const signal = AbortSignal.timeout(sendTimeoutMs);
      const [sent] = await sendOutgoing([event], { queueUrl, sqs, signal });
      return sent?.messageId ?? '';
    },
    report,
    clock,
  },
  { timeToLiveMs },
);

await Promise.race([signingSecrets.prepare(), sleep(initTimeoutMs)]);
