import { SQSClient, type SQSClientConfig } from '@aws-sdk/client-sqs';
import { credentials, region } from '../../stand-ins/aws-account.ts';

/** A real client that does not repeat failed calls, so that one call is one request. */
export const sqsClient = (endpoint: string, config: SQSClientConfig = {}) =>
  new SQSClient({
    endpoint,
    region,
    credentials,
    maxAttempts: 1,
    ...config,
  });
