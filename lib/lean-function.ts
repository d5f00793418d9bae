import { join } from 'node:path';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  type RecursiveLoop,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { type Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

export type LeanFunctionProps = {
  /** The last name of a folder anywhere below functions/ whose handler.ts exports `handler`. */
  readonly folder: string;
  readonly description: string;
  readonly timeout: Duration;
  readonly environment: Record<string, string>;
  readonly logRetention: RetentionDays;
  /**
   * Takes what the function fails on that was invoked asynchronously; the right to send there is
   * granted.
   * @default - none
   */
  readonly deadLetterQueue?: IQueue;
  /**
   * Whether Lambda stops it where a message goes round between it and a queue.
   * @default - as Lambda does it: it stops it
   */
  readonly recursiveLoop?: RecursiveLoop;
};

/**
 * Where the build puts the functions. This file is bundled, too, into dist/index.js for those who
 * install the package: both are one level below the root, so that one path serves both.
 */
const functions = join(import.meta.dirname, '../dist/functions');

/** Makes a function with a role of its own, which may write its own log and nothing else. */
export function createLeanFunction(scope: Construct, props: LeanFunctionProps): LambdaFunction {
  const role = new Role(scope, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  const logGroup = new LogGroup(scope, 'Log', {
    retention: props.logRetention,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  logGroup.grantWrite(role);
  return new LambdaFunction(scope, 'Function', {
    code: Code.fromAsset(join(functions, props.folder)),
    handler: 'index.handler',
    description: props.description,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    memorySize: 256,
    timeout: props.timeout,
    role,
    logGroup,
    loggingFormat: LoggingFormat.JSON,
    environment: props.environment,
    ...(props.deadLetterQueue && { deadLetterQueue: props.deadLetterQueue }),
    ...(props.recursiveLoop && { recursiveLoop: props.recursiveLoop }),
  });
}
