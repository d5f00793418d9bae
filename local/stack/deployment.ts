import { SQSClient } from '@aws-sdk/client-sqs';
import { credentials, region } from '../../stand-ins/aws-account.ts';
import {
  type CloudFormationStandIn,
  startCloudFormation,
} from '../../stand-ins/cloudformation/server.ts';
import { type CloudWatchStandIn, startCloudWatch } from '../../stand-ins/cloudwatch/server.ts';
import {
  type CloudWatchLogsStandIn,
  startCloudWatchLogs,
} from '../../stand-ins/cloudwatch-logs/server.ts';
import {
  type SettledBatch,
  startEventSourceMapping,
} from '../../stand-ins/event-source-mapping/poller.ts';
import { createEventBridge, type EventBridge } from '../../stand-ins/eventbridge/event-bridge.ts';
import { type EventBridgeApi, startEventBridgeApi } from '../../stand-ins/eventbridge/server.ts';
import { AccountConcurrency } from '../../stand-ins/lambda/account-concurrency.ts';
import { type LambdaApi, startLambdaApi } from '../../stand-ins/lambda/api.ts';
import {
  type LambdaFunction,
  startLambdaFunction,
} from '../../stand-ins/lambda/lambda-function.ts';
import {
  type SecretsManagerStandIn,
  startSecretsManager,
} from '../../stand-ins/secrets-manager.ts';
import type { SplitAt } from '../../stand-ins/sqs/fifo-queue-options.ts';
import { type SqsStandIn, startSqs } from '../../stand-ins/sqs/server.ts';
import { deadLetterTo } from './dead-letters.ts';
import { eventBusNamesOf, rulesOf } from './event-rules.ts';
import { startHttpApiOf } from './http-api.ts';
import { functionCount, httpAnswered, queueMeasure, ruleCount } from './measured-by-aws.ts';
import { readStack } from './synthesized-stack.ts';
import {
  functionByOutput,
  functionsOf,
  mappingsOf,
  outputOf,
  outputsOf,
  queuesOf,
  secretsOf,
} from './template.ts';
import { nameInArn, nameInUrl, templateValues } from './template-values.ts';

export type DeploymentOptions = {
  /** Directory of the cloud assembly. */
  assembly: string;
  /** Where SQS listens; a free port unless told otherwise. */
  sqsPort?: number | undefined;
  /** SecretString of the credential secret. */
  ticketSecret: string;
  /** SecretString of the system user secret, where the stack is told of one. */
  systemUserSecret?: string;
  /** Variables that differ from the template's, for every function. */
  environment?: Record<string, string>;
  /** Takes the lines the functions write. */
  logs: (line: string) => void;
  /** How many messages of a group a receive hands out; as many as it can unless told otherwise. */
  splitAt?: SplitAt;
  /** Told of every batch of events, once it is settled. */
  onBatch?: (batch: SettledBatch) => void;
};

/** A stack that runs on this machine. */
export type Deployment = {
  stackName: string;
  /** All that the stack tells whoever deployed it. */
  outputs: Record<string, string>;
  eventQueueUrl: string;
  resultQueueUrl: string;
  /** The same, and those that sources have for themselves. */
  resultQueueUrls: string[];
  deadLetterQueueUrl: string;
  ticketSecretArn: string;
  /** The endpoint for signed requests, where it is deployed, and the secret that signs them. */
  httpIntake?: { url: string; secretArn: string };
  /** Seconds an event may take before it is given up. */
  eventTimeToLiveSeconds: number;
  /** The stand-ins, with their fault switches. */
  sqs: SqsStandIn;
  secretsManager: SecretsManagerStandIn;
  cloudFormation: CloudFormationStandIn;
  cloudWatchLogs: CloudWatchLogsStandIn;
  cloudWatch: CloudWatchStandIn;
  lambda: LambdaApi;
  /** Shared by all functions. */
  concurrency: AccountConcurrency;
  /** The function the event queue feeds. */
  routeChat: LambdaFunction;
  /**
   * The function an output names.
   * @throws Error where there is none.
   */
  functionBy(output: string): LambdaFunction;
  /** The stack's rules on buses, and those with a schedule. */
  eventBridge: EventBridge;
  eventBridgeApi: EventBridgeApi;
  eventBusNames: string[];
  /** Whether a function of the stack takes what comes onto a queue. */
  isTaken(queueUrl: string): boolean;
  /** Events that SQS gave up on, whether or not the second look has told their results. */
  deadLetters(): { messageId: string; body: string }[];
  /** A client as any producer of events or reader of results would make it. */
  createClient(): SQSClient;
  /** Ends everything at once: whatever runs is killed, and its events stay on the queue. */
  close(): Promise<void>;
};

/**
 * Before Lambda invokes a function for the second and the third time that failed asynchronously: a
 * minute and two at AWS, which nobody waits for here.
 */
const asynchronousRetryWaitsMs = [10, 20];

/**
 * Stands a synthesized stack up on this machine's loopback, on ports that are free.
 * @throws Error where the template holds something that cannot be stood up.
 */
export async function deploy(options: DeploymentOptions): Promise<Deployment> {
  const stack = readStack(options.assembly);
  const { splitAt, sqsPort } = options;
  const sqs = await startSqs({
    ...(sqsPort !== undefined && { port: sqsPort }),
    queues: queuesOf(stack).map((queue) => ({ ...queue, ...(splitAt && { splitAt }) })),
  });
  const httpApi = await startHttpApiOf(stack, {
    functionNamed: (logicalId) => functionNamed(logicalId),
    onAnswer: (apiId, status) => httpAnswered(cloudWatch, apiId, status),
  });
  const values = templateValues(stack, sqs.queueUrl, () => httpApi?.origin ?? '');
  const outputs = outputsOf(stack, values);
  const ticketSecretArn = outputOf(stack, values, 'TicketSecretArn');
  const keepCredential = functionByOutput(stack, values, 'KeepCredentialFunctionName');
  const { SYSTEM_USER_SECRET_ARN: systemUserSecretArn } = keepCredential.environment;
  const secrets = {
    ...secretsOf(stack, values),
    [ticketSecretArn]: options.ticketSecret,
    ...(systemUserSecretArn && { [systemUserSecretArn]: options.systemUserSecret ?? '' }),
  };
  const resources = functionsOf(stack, values);
  const [secretsManager, cloudFormation, cloudWatchLogs, cloudWatch] = await Promise.all([
    startSecretsManager({ secrets }),
    startCloudFormation({ stacks: [{ stackName: stack.name, outputs }] }),
    startCloudWatchLogs({ logGroupNames: resources.map(({ logGroupName }) => logGroupName) }),
    startCloudWatch({ measure: queueMeasure(sqs) }),
  ]);

  const createClient = () => new SQSClient({ endpoint: sqs.endpoint, region, credentials });
  const platform = createClient();
  const deadLetter = (queueArn: string | undefined) =>
    queueArn === undefined ? {} : { deadLetter: deadLetterTo(platform, sqs, queueArn) };
  const concurrency = new AccountConcurrency();
  const functions = new Map(
    resources.map(({ logicalId, environment, logGroupName, deadLetterQueueArn, ...resource }) => [
      logicalId,
      startLambdaFunction({
        ...resource,
        functionName: logicalId,
        concurrency,
        asynchronous: {
          ...resource.asynchronous,
          ...deadLetter(deadLetterQueueArn),
          retryWaitsMs: asynchronousRetryWaitsMs,
        },
        environment: {
          ...environment,
          AWS_ENDPOINT_URL_SQS: sqs.endpoint,
          AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager.endpoint,
          ...options.environment,
        },
        logs(line) {
          options.logs(line);
          cloudWatchLogs.put(logGroupName, line);
          cloudWatch.put(line);
        },
        count: functionCount(cloudWatch, logicalId),
      }),
    ]),
  );
  const functionNamed = (logicalId: string): LambdaFunction => {
    const lambda = functions.get(logicalId);
    if (!lambda) throw new Error(`Template: expected the function ${logicalId}, found none.`);
    return lambda;
  };
  const functionBy = (output: string) =>
    functionNamed(functionByOutput(stack, values, output).logicalId);
  const deadLetterQueueUrl = outputOf(stack, values, 'DeadLetterQueueUrl');
  const deadLetterQueue = sqs.queue(nameInUrl(deadLetterQueueUrl));
  const lookedAt = new Map<string, { messageId: string; body: string }>();
  const mappingResources = mappingsOf(stack, values);
  const taken = mappingResources.map(({ queueArn }) => nameInArn(queueArn));
  const lambda = await startLambdaApi({
    functions: resources.map(({ logicalId, environment }) => ({
      functionName: logicalId,
      environment: { ...environment, ...options.environment },
      invoke: functionNamed(logicalId).invoke,
      enqueue: functionNamed(logicalId).enqueue,
    })),
    mappings: mappingResources.map(({ functionLogicalId, ...mapping }) => ({
      functionName: functionLogicalId,
      ...mapping,
    })),
  });
  const mappings = mappingResources.map(({ functionLogicalId, queueArn, ...limits }) =>
    startEventSourceMapping({
      ...limits,
      queue: sqs.queue(nameInArn(queueArn)),
      invoke: functionNamed(functionLogicalId).invoke,
      onBatch(batch) {
        if (queueArn === deadLetterQueue.arn) {
          for (const record of batch.event.Records) lookedAt.set(record.messageId, record);
        }
        // What asks for another credential is no event.
        if (functionLogicalId !== keepCredential.logicalId) options.onBatch?.(batch);
      },
    }),
  );

  const rules = rulesOf(stack, values).map(({ targets, ...rule }) => ({
    ...rule,
    targets: targets.map(({ functionLogicalId, deadLetterQueueArn, ...target }) => ({
      ...target,
      ...deadLetter(deadLetterQueueArn),
      invoke: functionNamed(functionLogicalId).enqueue,
    })),
  }));

  const eventBridge = createEventBridge(rules, Date.now, ruleCount(cloudWatch));
  const eventBridgeApi = await startEventBridgeApi(eventBridge);

  const { EVENT_TIME_TO_LIVE_SECONDS } = functionByOutput(
    stack,
    values,
    'FunctionName',
  ).environment;
  return {
    stackName: stack.name,
    outputs,
    eventQueueUrl: outputOf(stack, values, 'EventQueueUrl'),
    resultQueueUrl: outputOf(stack, values, 'ResultQueueUrl'),
    resultQueueUrls: Object.entries(outputs)
      .filter(([name]) => name.startsWith('ResultQueueUrl'))
      .map(([, queueUrl]) => queueUrl),
    deadLetterQueueUrl,
    ticketSecretArn,
    ...(httpApi && {
      httpIntake: {
        url: outputOf(stack, values, 'HttpIntakeUrl'),
        secretArn: outputOf(stack, values, 'HttpIntakeSecretArn'),
      },
    }),
    eventTimeToLiveSeconds: Number(EVENT_TIME_TO_LIVE_SECONDS),
    sqs,
    secretsManager,
    cloudFormation,
    cloudWatchLogs,
    cloudWatch,
    lambda,
    concurrency,
    routeChat: functionBy('FunctionName'),
    functionBy,
    eventBridge,
    eventBridgeApi,
    eventBusNames: eventBusNamesOf(stack, values),
    isTaken: (queueUrl) => taken.includes(nameInUrl(queueUrl)),
    deadLetters() {
      const left = deadLetterQueue.messages().filter(({ messageId }) => !lookedAt.has(messageId));
      return [...lookedAt.values(), ...left];
    },
    createClient,
    async close() {
      // Not one after the other: a mapping waits for what it invokes, which may hang.
      await Promise.all([...mappings, ...functions.values()].map((running) => running.close()));
      platform.destroy();
      const cloudWatches = [cloudWatchLogs, cloudWatch];
      const others = [secretsManager, cloudFormation, lambda, eventBridgeApi, ...cloudWatches];
      await Promise.all([sqs, httpApi, ...others].map((standIn) => standIn?.close()));
    },
  };
}
