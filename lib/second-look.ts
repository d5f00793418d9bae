import { type Function as LambdaFunction, RecursiveLoop } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { SecondLookEnvironment } from '../functions/route-chat/environment.ts';
import type { SuperOfficeEnvironment } from '../runtime/environment.ts';
import { grantReadSecret } from './grant-secret.ts';
import { createLeanFunction } from './lean-function.ts';
import {
  callSpacingMs,
  functionTimeout,
  maximumConcurrency,
  secondLookCallsPerSecond,
} from './limits.ts';
import { mapQueue } from './map-queue.ts';

export type SecondLookProps = {
  readonly deadLetterQueue: IQueue;
  readonly resultQueue: IQueue;
  readonly ticketSecret: ISecret;
  readonly superOffice: SuperOfficeEnvironment;
  /** Of the route-chat function's role: carriers of offers are known by it. */
  readonly roleId: string;
  readonly maxCallsPerSecond: number;
  readonly logRetention: RetentionDays;
};

/**
 * The function that tells the results of dead letters, and never transfers. One a batch, so that
 * one that kills it, too, takes no other along.
 */
export class SecondLook extends Construct {
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, props: SecondLookProps) {
    super(scope, id);
    const { deadLetterQueue, resultQueue, maxCallsPerSecond } = props;
    this.function = createLeanFunction(this, {
      folder: 'second-look',
      description: 'Tells the results of dead letters: what SuperOffice shows of their chats.',
      timeout: functionTimeout,
      logRetention: props.logRetention,
      // As the route-chat function: a chat may have gone round more often than Lambda allows loops.
      recursiveLoop: RecursiveLoop.ALLOW,
      environment: {
        ...props.superOffice,
        RESULT_QUEUE_URL: resultQueue.queueUrl,
        ROLE_ID: props.roleId,
        CALL_SPACING_MS: String(callSpacingMs(secondLookCallsPerSecond(maxCallsPerSecond))),
      } satisfies SecondLookEnvironment,
    });
    mapQueue(this, 'EventSourceMapping', {
      queue: deadLetterQueue,
      target: this.function,
      batchSize: 1,
      reportBatchItemFailures: true,
      maxConcurrency: maximumConcurrency,
    });
    resultQueue.grant(this.function, 'sqs:SendMessage');
    grantReadSecret(props.ticketSecret, this.function);
  }
}
