import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { SuperOfficeEnvironment } from '../runtime/environment.ts';
import { grantReadTicket } from './grant-read-ticket.ts';
import { createLeanFunction } from './lean-function.ts';

export type KeepCredentialProps = {
  readonly ticketSecret: ISecret;
  readonly superOffice: SuperOfficeEnvironment;
  readonly logRetention: RetentionDays;
};

/**
 * Uses the credential every hour: a ticket dies after six idle ones, so every quiet night. At four
 * hours, one that is missed would make eight.
 */
export class KeepCredential extends Construct {
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, props: KeepCredentialProps) {
    super(scope, id);
    this.function = createLeanFunction(this, {
      folder: 'keep-credential',
      description: 'Uses the SoTicket, so that it does not die of idleness.',
      // Secret, address and call, and all three again where SuperOffice refuses the ticket.
      timeout: Duration.seconds(30),
      logRetention: props.logRetention,
      environment: { ...props.superOffice } satisfies SuperOfficeEnvironment,
    });
    grantReadTicket(props.ticketSecret, this.function);
    new Rule(this, 'Schedule', {
      description: 'A SoTicket dies after six idle hours.',
      schedule: Schedule.rate(Duration.hours(1)),
      targets: [new LambdaTarget(this.function)],
    });
  }
}
