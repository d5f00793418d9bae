import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Duration, Stack, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { KeepCredentialEnvironment } from '../functions/keep-credential/environment.ts';
import type { SuperOfficeEnvironment } from '../runtime/environment.ts';
import { grantPutSecret, grantReadSecret } from './grant-secret.ts';
import { createLeanFunction } from './lean-function.ts';
import { mapQueue } from './map-queue.ts';

export type KeepCredentialProps = {
  readonly ticketSecret: ISecret;
  /** @default - a refused ticket is replaced by hand */
  readonly systemUserSecret?: ISecret;
  readonly superOffice: SuperOfficeEnvironment;
  readonly logRetention: RetentionDays;
};

/** Secret, address and call, and all three again where SuperOffice refuses the credential. */
const timeout = Duration.seconds(30);

/**
 * Uses the credential every hour: a ticket dies after six idle ones, so every quiet night. At four
 * hours, one that is missed would make eight. With a system user a ticket that died all the same is
 * replaced, at once where the route-chat function asks for it.
 */
export class KeepCredential extends Construct {
  readonly function: LambdaFunction;
  /** FIFO, of one message group: asks for another ticket. None without a system user. */
  readonly renewalQueue: Queue | undefined;

  constructor(scope: Construct, id: string, props: KeepCredentialProps) {
    super(scope, id);
    const { ticketSecret, systemUserSecret } = props;
    this.function = createLeanFunction(this, {
      folder: 'keep-credential',
      description: 'Uses the credential, so that it does not die of idleness, and renews it.',
      timeout,
      logRetention: props.logRetention,
      environment: {
        ...props.superOffice,
        ...(systemUserSecret && { SYSTEM_USER_SECRET_ARN: systemUserSecret.secretArn }),
      } satisfies KeepCredentialEnvironment,
    });
    grantReadSecret(ticketSecret, this.function);
    if (systemUserSecret) {
      grantReadSecret(systemUserSecret, this.function);
      grantPutSecret(ticketSecret, this.function);
      this.renewalQueue = this.#createRenewalQueue();
    }
    this.#startEveryHour();
  }

  /** By EventBridge Scheduler, which starts a rate at once: the first beat comes with the deployment. */
  #startEveryHour(): void {
    const role = new Role(this, 'SchedulerRole', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    // By hand, since the ready-made target would let it invoke any version.
    role.addToPolicy(
      new PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        resources: [this.function.functionArn],
      }),
    );
    const schedule = new CfnSchedule(this, 'Schedule', {
      description: 'A SoTicket dies after six idle hours.',
      scheduleExpression: 'rate(1 hour)',
      flexibleTimeWindow: { mode: 'OFF' },
      target: { arn: this.function.functionArn, roleArn: role.roleArn },
    });
    // It starts once it is there: not before it may.
    schedule.node.addDependency(role, this.function);
  }

  #createRenewalQueue(): Queue {
    const queue = new Queue(this, 'RenewalQueue', {
      fifo: true,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // Tries again so soon after a fault, and no longer than until the next hourly beat.
      visibilityTimeout: timeout.plus(Duration.seconds(15)),
      retentionPeriod: Duration.hours(1),
    });
    Validations.of(queue).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason:
        'What it asks for is asked for again by the next refusal and tried every hour anyway; that it fails has an alarm. Nobody could do anything with a dead letter.',
    });
    mapQueue(this, 'EventSourceMapping', { queue, target: this.function, batchSize: 1 });
    return queue;
  }
}
