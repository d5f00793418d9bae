import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Aspects, CfnOutput, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { HttpIntake } from './http-intake.ts';
import type { Intake } from './intake.ts';
import { sourceId } from './result-queue-sources.ts';
import type { QueuePair } from './route-chat-queues.ts';

/** What every route chat has. */
export type Deployed = Construct & {
  readonly eventQueue: IQueue;
  readonly resultQueue: IQueue;
  readonly deadLetterQueue: IQueue;
  readonly resultDeadLetterQueue: IQueue;
  readonly ticketSecret: ISecret;
  readonly function: LambdaFunction;
  readonly secondLookFunction: LambdaFunction;
  readonly keepCredentialFunction: LambdaFunction;
};

/** What a construct has only where it is asked for it. */
export type Added = {
  readonly resultQueues: ReadonlyMap<string, QueuePair>;
  readonly intake: Intake | undefined;
  readonly httpIntake: HttpIntake | undefined;
};

/**
 * Puts out what the command line finds a deployment by, under names that are the same in every stack.
 * @param added asked at the end, since anybody may add to the construct until then
 */
export function addOutputs(routeChat: Deployed, added: () => Added): void {
  const stack = Stack.of(routeChat);
  const output = (id: string, value: string, description: string) =>
    new CfnOutput(stack, id, { value, description });

  output('EventQueueUrl', routeChat.eventQueue.queueUrl, 'Send events here.');
  output('ResultQueueUrl', routeChat.resultQueue.queueUrl, 'Read results here.');
  output('DeadLetterQueueUrl', routeChat.deadLetterQueue.queueUrl, 'Events that got no result.');
  output(
    'ResultDeadLetterQueueUrl',
    routeChat.resultDeadLetterQueue.queueUrl,
    'Results their reader failed on.',
  );
  output('TicketSecretArn', routeChat.ticketSecret.secretArn, 'Holds the credential.');
  output('FunctionName', routeChat.function.functionName, 'Its log tells the rest.');
  output('LogGroupName', routeChat.function.logGroup.logGroupName, 'Holds that log.');
  output(
    'SecondLookFunctionName',
    routeChat.secondLookFunction.functionName,
    'Its log tells what became of dead letters.',
  );
  output(
    'KeepCredentialFunctionName',
    routeChat.keepCredentialFunction.functionName,
    'Its log tells why the credential could not be used.',
  );

  const outputAdded = () => {
    const { resultQueues, intake, httpIntake } = added();
    for (const [source, { queue, deadLetterQueue }] of resultQueues) {
      const id = sourceId(source);
      output(`ResultQueueUrl${id}`, queue.queueUrl, `Read ${source} results here.`);
      output(
        `ResultDeadLetterQueueUrl${id}`,
        deadLetterQueue.queueUrl,
        `Results the reader for ${source} failed on.`,
      );
    }
    if (intake) {
      output('IntakeFunctionName', intake.function.functionName, 'Invoke it with events.');
      output(
        'IntakeDeadLetterQueueUrl',
        intake.deadLetterQueue.queueUrl,
        'Events that did not reach the event queue.',
      );
    }
    if (httpIntake) {
      output('HttpIntakeUrl', httpIntake.url, 'Send signed requests here.');
      output('HttpIntakeSecretArn', httpIntake.signingSecret.secretArn, 'Holds what signs them.');
    }
  };
  Aspects.of(stack).add({ visit: (node) => node === stack && outputAdded() });
}
