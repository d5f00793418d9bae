import type { Role } from 'aws-cdk-lib/aws-iam';
import { type Function as LambdaFunction, RecursiveLoop } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { RouteChatEnvironment } from '../functions/route-chat/environment.ts';
import type { SuperOfficeEnvironment } from '../runtime/environment.ts';
import { grantReadSecret } from './grant-secret.ts';
import { createLeanFunction } from './lean-function.ts';
import { callSpacingMs, functionTimeout, maximumConcurrency } from './limits.ts';
import { mapQueue } from './map-queue.ts';
import { SecondLook } from './second-look.ts';

export type RouteChatFunctionProps = {
  readonly eventQueue: IQueue;
  readonly deadLetterQueue: IQueue;
  readonly resultQueue: IQueue;
  readonly ticketSecret: ISecret;
  /** Where another credential is asked for; none where nobody could make one. */
  readonly renewalQueue: IQueue | undefined;
  readonly superOffice: SuperOfficeEnvironment;
  readonly eventTimeToLiveSeconds: number;
  readonly maxCallsPerSecond: number;
  readonly logRetention: RetentionDays;
};

/**
 * The function that routes chats, its rights, and the mapping that feeds it the event queue; beside
 * it the second look at what was dead on that queue.
 */
export class RouteChatFunction extends Construct {
  readonly function: LambdaFunction;
  readonly secondLookFunction: LambdaFunction;
  readonly #resultQueueUrls = new Map<string, string>();

  constructor(scope: Construct, id: string, props: RouteChatFunctionProps) {
    super(scope, id);
    const { eventQueue, resultQueue, ticketSecret, renewalQueue } = props;
    this.function = createLeanFunction(this, {
      folder: 'route-chat',
      description: 'Moves live SuperOffice chat sessions: events in, one truthful result each out.',
      timeout: functionTimeout,
      logRetention: props.logRetention,
      // Offers go round through the event queue, and so may what readers answer to results, more than 16
      // times over. Lambda would take that for a loop and stop it, and the event would get no result.
      recursiveLoop: RecursiveLoop.ALLOW,
      environment: {
        ...props.superOffice,
        EVENT_QUEUE_URL: eventQueue.queueUrl,
        RESULT_QUEUE_URL: resultQueue.queueUrl,
        EVENT_TIME_TO_LIVE_SECONDS: String(props.eventTimeToLiveSeconds),
        CALL_SPACING_MS: String(callSpacingMs(props.maxCallsPerSecond)),
        ...(renewalQueue && { RENEWAL_QUEUE_URL: renewalQueue.queueUrl }),
      } satisfies Omit<RouteChatEnvironment, 'ROLE_ID'>,
    });
    const { roleId } = this.function.role as Role;
    this.function.addEnvironment('ROLE_ID' satisfies keyof RouteChatEnvironment, roleId);

    mapQueue(this, 'EventSourceMapping', {
      queue: eventQueue,
      target: this.function,
      // Carriers are sent: an offer's way from one look to the next.
      alsoMay: ['sqs:ChangeMessageVisibility', 'sqs:SendMessage'],
      batchSize: 10,
      reportBatchItemFailures: true,
      maxConcurrency: maximumConcurrency,
    });
    // By hand, since the ready-made grants allow more than is used.
    resultQueue.grant(this.function, 'sqs:SendMessage');
    renewalQueue?.grant(this.function, 'sqs:SendMessage');
    grantReadSecret(ticketSecret, this.function);

    this.secondLookFunction = new SecondLook(this, 'SecondLook', { ...props, roleId }).function;
  }

  /** Has the results for this source sent to this queue. */
  addResultQueue(source: string, queue: IQueue): void {
    this.#resultQueueUrls.set(source, queue.queueUrl);
    const variable = 'RESULT_QUEUE_URLS' satisfies keyof RouteChatEnvironment;
    const urls = Object.fromEntries(this.#resultQueueUrls);
    for (const sender of [this.function, this.secondLookFunction]) {
      sender.addEnvironment(variable, Stack.of(this).toJsonString(urls));
      queue.grant(sender, 'sqs:SendMessage');
    }
  }
}
