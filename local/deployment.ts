import { SQSClient } from '@aws-sdk/client-sqs';
import { startEventSourceMapping } from './stand-ins/event-source-mapping/poller.ts';
import { type LambdaFunction, startLambdaFunction } from './stand-ins/lambda/lambda-function.ts';
import { startSecretsManager } from './stand-ins/secrets-manager.ts';
import { startSqs } from './stand-ins/sqs/server.ts';
import { type FunctionResource, readTemplate } from './template.ts';

export type DeploymentOptions = {
  /** Directory of the synthesized stack. */
  assembly: string;
  /** SecretString of the ticket secret. */
  ticketSecret: string;
  /** Variables that differ from the template's, e.g. a stand-in's address. */
  environment?: Record<string, string>;
  /** Lines the functions write. */
  logs: (line: string) => void;
};

export type Deployment = Awaited<ReturnType<typeof deploy>>;

/** Stands a synthesized stack up on the stand-ins for AWS, on this machine's loopback. */
export async function deploy({ assembly, ticketSecret, environment = {}, logs }: DeploymentOptions) {
  const { queues } = readTemplate(assembly, String);
  const sqs = await startSqs({ queues });
  const template = readTemplate(assembly, (name) => sqs.queueUrl(name));
  const secretArns = new Set(template.functions.map((fn) => fn.environment.TICKET_SECRET_ARN ?? ''));
  const secretsManager = await startSecretsManager({
    secrets: Object.fromEntries([...secretArns].map((arn) => [arn, ticketSecret])),
  });

  const start = (resource: FunctionResource): LambdaFunction =>
    startLambdaFunction({
      handlerFile: resource.handlerFile,
      timeoutSeconds: resource.timeoutSeconds,
      memoryMegabytes: resource.memoryMegabytes,
      environment: {
        ...resource.environment,
        ...environment,
        AWS_ENDPOINT_URL_SQS: sqs.endpoint,
        AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager.endpoint,
      },
      logs,
    });
  const functions = new Map(template.functions.map((fn) => [fn.logicalId, start(fn)]));
  const mappings = template.mappings.map((mapping) => {
    const target = functions.get(mapping.functionLogicalId);
    if (!target) throw new Error(`Template: no function ${mapping.functionLogicalId}.`);
    return startEventSourceMapping({
      queue: sqs.queue(mapping.queueName),
      queueArn: `arn:aws:sqs:eu-north-1:000000000000:${mapping.queueName}`,
      batchSize: mapping.batchSize,
      maximumConcurrency: mapping.maximumConcurrency,
      invoke: (event) => target.invoke(event),
    });
  });
  const [consumer] = template.mappings;
  const output = (name: string) => {
    const value = template.outputs[name];
    if (value === undefined) throw new Error(`Template: expected the output ${name}, found none.`);
    return value;
  };

  return {
    sqs,
    secretsManager,
    eventQueueUrl: output('EventQueueUrl'),
    resultQueueUrl: output('ResultQueueUrl'),
    deadLetterQueueUrl: output('DeadLetterQueueUrl'),
    ticketSecretArn: output('TicketSecretArn'),
    routeChat: functions.get(consumer?.functionLogicalId ?? '') as LambdaFunction,
    /** A client as any producer or reader would make it. */
    createClient: () =>
      new SQSClient({
        endpoint: sqs.endpoint,
        region: 'eu-north-1',
        credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      }),
    async close() {
      await Promise.all(mappings.map((mapping) => mapping.close()));
      await Promise.all([...functions.values()].map((fn) => fn.close()));
      await Promise.all([sqs.close(), secretsManager.close()]);
    },
  };
}
