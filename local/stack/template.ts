import { join } from 'node:path';
import type { Resource, SynthesizedStack } from './synthesized-stack.ts';
import { queueNameOf, roleIdOf, type TemplateValues } from './template-values.ts';

export type QueueResource = {
  name: string;
  visibilityTimeoutSeconds: number;
  contentBasedDeduplication: boolean;
  retentionSeconds: number;
  redrive?: { deadLetterQueueName: string; maxReceiveCount: number };
};

export type FunctionResource = {
  logicalId: string;
  /** The file of the built bundle. */
  handlerFile: string;
  environment: Record<string, string>;
  timeoutSeconds: number;
  memoryMegabytes: number;
  logGroupName: string;
  /** Unique id of its role. */
  roleId?: string;
  /** How it is invoked asynchronously. */
  asynchronous: { maximumRetryAttempts?: number; maximumEventAgeSeconds?: number };
  /** Takes what it fails on that it was invoked with asynchronously. */
  deadLetterQueueArn?: string;
};

export type MappingResource = {
  functionLogicalId: string;
  queueArn: string;
  batchSize: number;
  maximumConcurrency?: number;
};

type Attribute = { 'Fn::GetAtt': [logicalId: string, attribute: string] };
/** `integrations/` and the integration. */
type IntegrationTarget = { 'Fn::Join': [separator: string, [string, { Ref: string }]] };

export type HttpRouteResource = { routeKey: string; functionLogicalId: string };

/** What CloudFormation takes where the template is silent. */
const defaultVisibilityTimeoutSeconds = 30;
const defaultRetentionSeconds = 345_600;
const defaultBatchSize = 10;

/**
 * The queues, before any of them has an address. A standard one takes what AWS gives up on: it stands
 * as a FIFO queue.
 */
export function queuesOf(stack: SynthesizedStack): QueueResource[] {
  return ofType(stack, 'AWS::SQS::Queue').map(([logicalId, { Properties }]) => {
    const redrive = Properties.RedrivePolicy as
      | { deadLetterTargetArn: { 'Fn::GetAtt': [string, string] }; maxReceiveCount: number }
      | undefined;
    return {
      name: queueNameOf(stack, logicalId),
      visibilityTimeoutSeconds: Number(
        Properties.VisibilityTimeout ?? defaultVisibilityTimeoutSeconds,
      ),
      contentBasedDeduplication: Properties.ContentBasedDeduplication === true,
      retentionSeconds: Number(Properties.MessageRetentionPeriod ?? defaultRetentionSeconds),
      ...(redrive && {
        redrive: {
          deadLetterQueueName: queueNameOf(stack, redrive.deadLetterTargetArn['Fn::GetAtt'][0]),
          maxReceiveCount: redrive.maxReceiveCount,
        },
      }),
    };
  });
}

/** The functions whose code is an asset; what the CDK writes into the template is not ours. */
export function functionsOf(stack: SynthesizedStack, { resolve }: TemplateValues) {
  const asynchronous = asynchronousOf(stack, resolve);
  return ofType(stack, 'AWS::Lambda::Function').flatMap(
    ([logicalId, { Properties }]): FunctionResource[] => {
      const { S3Key } = Properties.Code as { S3Key?: string };
      if (S3Key === undefined) return [];
      const { Variables = {} } = (Properties.Environment ?? {}) as { Variables?: object };
      const { LogGroup = `/aws/lambda/${logicalId}` } = (Properties.LoggingConfig ?? {}) as {
        LogGroup?: unknown;
      };
      const role = Properties.Role as { 'Fn::GetAtt': [string, string] } | undefined;
      const deadLetters = Properties.DeadLetterConfig as { TargetArn: unknown } | undefined;
      const [file] = String(Properties.Handler).split('.');
      return [
        {
          logicalId,
          handlerFile: join(stack.assetDirectory(S3Key), `${file}.mjs`),
          environment: Object.fromEntries(
            Object.entries(Variables).map(([name, value]) => [name, resolve(value)]),
          ),
          timeoutSeconds: Number(Properties.Timeout),
          memoryMegabytes: Number(Properties.MemorySize),
          logGroupName: resolve(LogGroup),
          ...(role && { roleId: roleIdOf(role['Fn::GetAtt'][0]) }),
          asynchronous: asynchronous.get(logicalId) ?? {},
          ...(deadLetters && { deadLetterQueueArn: resolve(deadLetters.TargetArn) }),
        },
      ];
    },
  );
}

/** How functions are invoked asynchronously, where the template says so. */
const asynchronousOf = (stack: SynthesizedStack, resolve: TemplateValues['resolve']) =>
  new Map(
    ofType(stack, 'AWS::Lambda::EventInvokeConfig').map(([, { Properties }]) => {
      const { MaximumRetryAttempts: attempts, MaximumEventAgeInSeconds: seconds } = Properties;
      return [
        resolve(Properties.FunctionName),
        {
          ...(attempts !== undefined && { maximumRetryAttempts: Number(attempts) }),
          ...(seconds !== undefined && { maximumEventAgeSeconds: Number(seconds) }),
        },
      ];
    }),
  );

/** Which function each queue feeds. */
export function mappingsOf(stack: SynthesizedStack, { resolve }: TemplateValues) {
  return ofType(stack, 'AWS::Lambda::EventSourceMapping').map(
    ([, { Properties }]): MappingResource => {
      const scaling = Properties.ScalingConfig as { MaximumConcurrency: number } | undefined;
      return {
        functionLogicalId: resolve(Properties.FunctionName),
        queueArn: resolve(Properties.EventSourceArn),
        batchSize: Number(Properties.BatchSize ?? defaultBatchSize),
        ...(scaling && { maximumConcurrency: Number(scaling.MaximumConcurrency) }),
      };
    },
  );
}

/** The function behind each route of the HTTP API. */
export const httpRoutesOf = (stack: SynthesizedStack) =>
  ofType(stack, 'AWS::ApiGatewayV2::Route').map(([, { Properties }]): HttpRouteResource => {
    const [, [, { Ref }]] = (Properties.Target as IntegrationTarget)['Fn::Join'];
    const uri = stack.resources[Ref]?.Properties.IntegrationUri as Attribute;
    return { routeKey: String(Properties.RouteKey), functionLogicalId: uri['Fn::GetAtt'][0] };
  });

/** What each secret holds after deployment, by its ARN. */
export const secretsOf = (stack: SynthesizedStack, { resolve }: TemplateValues) =>
  Object.fromEntries(
    ofType(stack, 'AWS::SecretsManager::Secret').map(([logicalId, { Properties }]) => [
      resolve({ Ref: logicalId }),
      resolve(Properties.SecretString),
    ]),
  );

/**
 * What the stack tells whoever deployed it.
 * @throws Error where there is no output of that name.
 */
export function outputOf(stack: SynthesizedStack, { resolve }: TemplateValues, name: string) {
  if (!Object.hasOwn(stack.outputs, name)) {
    throw new Error(`Template: expected the output ${name}, found none.`);
  }
  return resolve(stack.outputs[name]);
}

/** All that it tells. */
export const outputsOf = (stack: SynthesizedStack, values: TemplateValues) =>
  Object.fromEntries(
    Object.keys(stack.outputs).map((name) => [name, outputOf(stack, values, name)]),
  );

/**
 * The function whose name is told under an output.
 * @throws Error where there is none.
 */
export function functionByOutput(stack: SynthesizedStack, values: TemplateValues, output: string) {
  const named = outputOf(stack, values, output);
  const resource = functionsOf(stack, values).find(({ logicalId }) => logicalId === named);
  if (!resource)
    throw new Error(`Template: expected a function at the output ${output}, found none.`);
  return resource;
}

/** The resources of a type, by logical id. */
export const ofType = ({ resources }: SynthesizedStack, type: string): [string, Resource][] =>
  Object.entries(resources).filter(([, resource]) => resource.Type === type);
