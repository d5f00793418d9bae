import { credentials, region } from '../../stand-ins/aws-account.ts';
import type { Deployment } from './deployment.ts';

/**
 * What code of one's own needs to send events here and read results, as AWS's SDKs and CLI read it;
 * and the stack's outputs by their names, in capitals: `ResultQueueUrl` is `RESULT_QUEUE_URL`.
 */
export const variablesFor = ({
  stackName,
  outputs,
  sqs,
  secretsManager,
  cloudFormation,
  cloudWatchLogs,
  cloudWatch,
  lambda,
  eventBridgeApi,
}: Pick<
  Deployment,
  | 'stackName'
  | 'outputs'
  | 'sqs'
  | 'secretsManager'
  | 'cloudFormation'
  | 'cloudWatchLogs'
  | 'cloudWatch'
  | 'lambda'
  | 'eventBridgeApi'
>): Record<string, string> => ({
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  AWS_ENDPOINT_URL_SQS: sqs.endpoint,
  AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager.endpoint,
  AWS_ENDPOINT_URL_CLOUDFORMATION: cloudFormation.endpoint,
  AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: cloudWatchLogs.endpoint,
  AWS_ENDPOINT_URL_CLOUDWATCH: cloudWatch.endpoint,
  AWS_ENDPOINT_URL_LAMBDA: lambda.endpoint,
  AWS_ENDPOINT_URL_EVENTBRIDGE: eventBridgeApi.endpoint,
  STACK_NAME: stackName,
  ...Object.fromEntries(Object.entries(outputs).map(([name, value]) => [inCapitals(name), value])),
});

const inCapitals = (name: string) => name.replace(/(?<!^)[A-Z]/g, '_$&').toUpperCase();
