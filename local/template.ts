import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the local run needs to know of a synthesized stack, read from its CloudFormation template. */
export type StackTemplate = {
  queues: QueueResource[];
  functions: FunctionResource[];
  mappings: MappingResource[];
  /** Logical ids of the secrets the stack creates, with the value each starts with. */
  secrets: { arn: string; secretString: string }[];
  /** Resolved values by output name. */
  outputs: Record<string, string>;
};

export type QueueResource = {
  /** Unique, as AWS would make it from the logical id. */
  name: string;
  visibilityTimeoutSeconds: number;
  contentBasedDeduplication: boolean;
  redrive?: { deadLetterQueueName: string; maxReceiveCount: number };
};

export type FunctionResource = {
  logicalId: string;
  /** The file of the built bundle. */
  handlerFile: string;
  environment: Record<string, string>;
  timeoutSeconds: number;
  memoryMegabytes: number;
};

export type MappingResource = {
  functionLogicalId: string;
  queueName: string;
  batchSize: number;
  maximumConcurrency: number;
};

type Resource = { Type: string; Properties: Record<string, unknown> };

/** Physical names do not exist before deployment; these stand for them. */
const region = 'eu-north-1';
const account = '000000000000';

/**
 * Reads a synthesized stack.
 * @param queueUrl the address a queue gets on this machine
 * @throws Error where the template refers to something this reader does not know.
 */
export function readTemplate(
  assemblyDirectory: string,
  queueUrl: (queueName: string) => string,
): StackTemplate {
  const manifest = readJson(join(assemblyDirectory, 'manifest.json'));
  const stack = Object.values<{ type: string; properties: { templateFile: string } }>(
    manifest.artifacts,
  ).find(({ type }) => type === 'aws:cloudformation:stack');
  if (!stack) throw new Error(`${assemblyDirectory}: expected a synthesized stack, found none.`);
  const templateFile = join(assemblyDirectory, stack.properties.templateFile);
  const template = readJson(templateFile);
  const assets = readJson(templateFile.replace('.template.json', '.assets.json'));
  const resources: Record<string, Resource> = template.Resources;

  const queueName = (logicalId: string) => `${logicalId}.fifo`;
  const arnOf = (logicalId: string): string => {
    const type = resources[logicalId]?.Type;
    if (type === 'AWS::SQS::Queue') return `arn:aws:sqs:${region}:${account}:${queueName(logicalId)}`;
    if (type === 'AWS::SecretsManager::Secret') {
      return `arn:aws:secretsmanager:${region}:${account}:secret:${logicalId}-a1b2c3`;
    }
    return `arn:aws:${type}:${region}:${account}:${logicalId}`;
  };
  const resolve = (value: unknown): string => {
    if (typeof value !== 'object' || value === null) return String(value);
    if ('Ref' in value) {
      const logicalId = String(value.Ref);
      if (resources[logicalId]?.Type === 'AWS::SQS::Queue') return queueUrl(queueName(logicalId));
      return resources[logicalId]?.Type === 'AWS::SecretsManager::Secret' ? arnOf(logicalId) : logicalId;
    }
    if ('Fn::GetAtt' in value) {
      const [logicalId, attribute] = value['Fn::GetAtt'] as [string, string];
      return attribute === 'QueueName' ? queueName(logicalId) : arnOf(logicalId);
    }
    if ('Fn::Join' in value) {
      const [separator, parts] = value['Fn::Join'] as [string, unknown[]];
      return parts.map(resolve).join(separator);
    }
    throw new Error(`Template: cannot resolve ${JSON.stringify(value)}.`);
  };
  const ofType = (type: string) =>
    Object.entries(resources).filter(([, resource]) => resource.Type === type);
  const nameOfArn = (arn: unknown) => resolve(arn).split(':').at(-1) as string;

  return {
    queues: ofType('AWS::SQS::Queue').map(([logicalId, { Properties }]) => {
      const redrive = Properties.RedrivePolicy as
        | { deadLetterTargetArn: unknown; maxReceiveCount: number }
        | undefined;
      return {
        name: queueName(logicalId),
        visibilityTimeoutSeconds: Number(Properties.VisibilityTimeout ?? 30),
        contentBasedDeduplication: Properties.ContentBasedDeduplication === true,
        ...(redrive && {
          redrive: {
            deadLetterQueueName: nameOfArn(redrive.deadLetterTargetArn),
            maxReceiveCount: redrive.maxReceiveCount,
          },
        }),
      };
    }),
    functions: ofType('AWS::Lambda::Function')
      .filter(([, { Properties }]) => Object.hasOwn(Properties.Environment ?? {}, 'Variables'))
      .map(([logicalId, { Properties }]) => ({
        logicalId,
        handlerFile: handlerFile(assemblyDirectory, assets, Properties),
        environment: Object.fromEntries(
          Object.entries((Properties.Environment as { Variables: object }).Variables).map(
            ([name, value]) => [name, resolve(value)],
          ),
        ),
        timeoutSeconds: Number(Properties.Timeout),
        memoryMegabytes: Number(Properties.MemorySize),
      })),
    mappings: ofType('AWS::Lambda::EventSourceMapping').map(([, { Properties }]) => ({
      functionLogicalId: resolve(Properties.FunctionName),
      queueName: nameOfArn(Properties.EventSourceArn),
      batchSize: Number(Properties.BatchSize),
      maximumConcurrency: Number(
        (Properties.ScalingConfig as { MaximumConcurrency: number }).MaximumConcurrency,
      ),
    })),
    secrets: ofType('AWS::SecretsManager::Secret').map(([logicalId, { Properties }]) => ({
      arn: arnOf(logicalId),
      secretString: String(Properties.SecretString),
    })),
    outputs: Object.fromEntries(
      Object.entries<{ Value: unknown }>(template.Outputs ?? {}).map(([name, { Value }]) => [
        name,
        resolve(Value),
      ]),
    ),
  };
}

function handlerFile(directory: string, assets: { files: object }, properties: Record<string, unknown>) {
  const { S3Key } = properties.Code as { S3Key: string };
  const [, asset] =
    Object.entries<{ source: { path: string } }>(assets.files as never).find(([hash]) =>
      S3Key.includes(hash),
    ) ?? [];
  if (!asset) throw new Error(`Template: found no asset for ${S3Key}.`);
  const [file] = String(properties.Handler).split('.');
  return join(directory, asset.source.path, `${file}.mjs`);
}

const readJson = (file: string) => JSON.parse(readFileSync(file, 'utf8'));
