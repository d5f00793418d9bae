import { accountId, region } from '../../stand-ins/aws-account.ts';
import type { SynthesizedStack } from './synthesized-stack.ts';

/** What CloudFormation fills in at deployment, for a deployment on this machine. */
export type TemplateValues = {
  /** @throws Error for an expression this reader does not know. */
  resolve(value: unknown): string;
};

/** The name a queue has, or would be given. */
export function queueNameOf({ resources }: SynthesizedStack, logicalId: string): string {
  const { QueueName } = resources[logicalId]?.Properties ?? {};
  return typeof QueueName === 'string' ? QueueName : `${logicalId}.fifo`;
}

/** The unique id that IAM would give a role. */
export const roleIdOf = (logicalId: string) => `AROA${logicalId}`;

/** The end of an ARN: of a queue, its name. */
export const nameInArn = (arn: string) => arn.split(':').at(-1) ?? arn;

/** The end of a queue URL: the queue's name. */
export const nameInUrl = (queueUrl: string) => queueUrl.split('/').at(-1) ?? queueUrl;

/**
 * Resolves references, attributes and joins; `queueUrl` and `apiEndpoint` are where a queue and the
 * HTTP API are on this machine.
 */
export function templateValues(
  stack: SynthesizedStack,
  queueUrl: (queueName: string) => string,
  apiEndpoint: () => string = () => '',
): TemplateValues {
  const pseudoParameters: Record<string, string> = {
    'AWS::Partition': 'aws',
    'AWS::Region': region,
    'AWS::AccountId': accountId,
  };

  const typeOf = (logicalId: string) => stack.resources[logicalId]?.Type;
  const arnOf = (logicalId: string): string => {
    switch (typeOf(logicalId)) {
      case 'AWS::SQS::Queue':
        return `arn:aws:sqs:${region}:${accountId}:${queueNameOf(stack, logicalId)}`;
      case 'AWS::SecretsManager::Secret':
        return `arn:aws:secretsmanager:${region}:${accountId}:secret:${logicalId}-a1B2c3`;
      case 'AWS::Lambda::Function':
        return `arn:aws:lambda:${region}:${accountId}:function:${logicalId}`;
      default:
        throw new Error(`Template: cannot name the ARN of ${logicalId}.`);
    }
  };
  const reference = (logicalId: string): string => {
    const type = typeOf(logicalId);
    if (type === 'AWS::SQS::Queue') return queueUrl(queueNameOf(stack, logicalId));
    if (type === 'AWS::SecretsManager::Secret') return arnOf(logicalId);
    if (type === 'AWS::Events::EventBus') {
      return String(stack.resources[logicalId]?.Properties.Name);
    }
    return pseudoParameters[logicalId] ?? logicalId;
  };

  function resolve(value: unknown): string {
    if (typeof value !== 'object' || value === null) return String(value);
    if ('Ref' in value) return reference(String(value.Ref));
    if ('Fn::GetAtt' in value) {
      const [logicalId, attribute] = value['Fn::GetAtt'] as [string, string];
      if (attribute === 'QueueName') return queueNameOf(stack, logicalId);
      if (attribute === 'ApiEndpoint') return apiEndpoint();
      return attribute === 'RoleId' ? roleIdOf(logicalId) : arnOf(logicalId);
    }
    if ('Fn::Join' in value) {
      const [separator, parts] = value['Fn::Join'] as [string, unknown[]];
      return parts.map(resolve).join(separator);
    }
    throw new Error(`Template: cannot resolve ${JSON.stringify(value)}.`);
  }
  return { resolve };
}
