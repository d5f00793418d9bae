import { credentials, region } from '../../stand-ins/aws-account.ts';
import type { Deployment } from './deployment.ts';

/** What code of one's own needs to send events here and read results, as AWS's SDKs and CLI read it. */
export const variablesFor = (
  deployment: Pick<
    Deployment,
    'sqs' | 'secretsManager' | 'eventQueueUrl' | 'resultQueueUrl' | 'deadLetterQueueUrl'
  >,
): Record<string, string> => ({
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  AWS_ENDPOINT_URL_SQS: deployment.sqs.endpoint,
  AWS_ENDPOINT_URL_SECRETS_MANAGER: deployment.secretsManager.endpoint,
  EVENT_QUEUE_URL: deployment.eventQueueUrl,
  RESULT_QUEUE_URL: deployment.resultQueueUrl,
  DEAD_LETTER_QUEUE_URL: deployment.deadLetterQueueUrl,
});
