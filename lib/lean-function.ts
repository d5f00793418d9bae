import { fileURLToPath } from 'node:url';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { type Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

export type LeanFunctionProps = {
  /** Folder below functions/ whose handler.ts exports `handler`. */
  readonly folder: string;
  readonly description: string;
  readonly timeout: Duration;
  readonly environment: Record<string, string>;
  readonly logRetention: RetentionDays;
};

const root = new URL('..', import.meta.url);

/** The SDK loads these on demand only, and Lambda has its credentials in its environment. */
const unusedCredentialProviders = [
  '@aws-sdk/credential-provider-http',
  '@aws-sdk/credential-provider-ini',
  '@aws-sdk/credential-provider-login',
  '@aws-sdk/credential-provider-process',
  '@aws-sdk/credential-provider-sso',
  '@aws-sdk/credential-provider-web-identity',
  '@smithy/credential-provider-imds',
];

/** How every function is bundled; the bench bundles what it compares with in the same way. */
export const bundling = {
  format: OutputFormat.ESM,
  target: 'node24',
  minify: true,
  bundleAwsSDK: true,
  // The SDK's ES modules: a third smaller, and loaded a fifth sooner.
  mainFields: ['module', 'main'],
  externalModules: unusedCredentialProviders,
};

/** Makes a function with a role of its own, which may write its own log and nothing else. */
export function createLeanFunction(scope: Construct, props: LeanFunctionProps): NodejsFunction {
  const role = new Role(scope, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  const logGroup = new LogGroup(scope, 'Log', {
    retention: props.logRetention,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  logGroup.grantWrite(role);
  return new NodejsFunction(scope, 'Function', {
    entry: fileURLToPath(new URL(`functions/${props.folder}/handler.ts`, root)),
    projectRoot: fileURLToPath(root),
    depsLockFilePath: fileURLToPath(new URL('package-lock.json', root)),
    description: props.description,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    memorySize: 256,
    timeout: props.timeout,
    role,
    logGroup,
    loggingFormat: LoggingFormat.JSON,
    environment: props.environment,
    bundling,
  });
}
