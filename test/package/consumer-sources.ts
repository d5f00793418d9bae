import { globSync, readFileSync } from 'node:fs';

/** Files of an app that uses the package, by path. */
export type Sources = Record<string, string>;

/** What the owner of an app that `cdk init` made would write into it; its stack is `ConsumerStack`. */
export const inCdkInitApp: Sources = {
  'lib/consumer-stack.ts': `
import * as cdk from 'aws-cdk-lib/core';
import { EventBus, EventField } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { type HttpIntake, RouteChat, type RouteChatProps } from 'superoffice-route-chat';

// @ts-expect-error Declarations that are not found would make it any, which takes this.
export const noTenant: RouteChatProps = {};

export class ConsumerStack extends cdk.Stack {
  constructor(scope: Construct, id: string, props?: cdk.StackProps) {
    super(scope, id, props);
    const routeChat = new RouteChat(this, 'RouteChat', {
      tenant: { customerId: 'Cust12345' },
      eventTimeToLive: cdk.Duration.minutes(2),
    });
    routeChat.addRule('VipWaits', {
      eventBus: new EventBus(this, 'Bus'),
      eventPattern: { detailType: ['VipWaits'] },
      mapping: { chatSessionId: EventField.fromPath('$.detail.chatId'), toAssociate: 8 },
    });
    const httpIntake: HttpIntake = routeChat.addHttpIntake();
    new cdk.CfnOutput(this, 'Webhook', { value: httpIntake.url });
    routeChat.addOutputs();
  }
}
`,
  'test/consumer.test.ts': `
import * as cdk from 'aws-cdk-lib/core';
import { Template } from 'aws-cdk-lib/assertions';
import { parseRouteChatEvent } from 'superoffice-route-chat/contract';
import * as event from 'superoffice-route-chat/contract/examples/event-minimal.json';
import { createResultHandler, sendRouteChatEvents } from 'superoffice-route-chat/client';
import * as Consumer from '../lib/consumer-stack';

test('functions are deployed', () => {
  const stack = new Consumer.ConsumerStack(new cdk.App(), 'MyTestStack');
  const template = Template.fromStack(stack);

  template.hasResourceProperties('AWS::Lambda::Function', { Handler: 'index.handler' });
  template.hasOutput('EventQueueUrl', {});
  template.hasOutput('HttpIntakeUrl', {});
});

test('events can be sent', async () => {
  const sqs: any = { send: async () => ({ Successful: [{ Id: '0', MessageId: 'm-1' }] }) };

  const sent = await sendRouteChatEvents([event], { queueUrl: 'https://example.com/q.fifo', sqs });

  expect(sent).toEqual([{ kind: 'sent', messageId: 'm-1' }]);
});

test('results can be handled', async () => {
  const handler = createResultHandler({ otherwise: () => undefined });

  expect(await handler({ Records: [] })).toEqual({ batchItemFailures: [] });
});

test('events can be checked', () => {
  expect(parseRouteChatEvent(JSON.stringify(event)).ok).toBe(true);
});
`,
};

/** An app of ES modules, which Node runs as it is; strict as can be, declarations included. */
export const esModuleApp: Sources = {
  'package.json': JSON.stringify({ name: 'consumer', version: '1.0.0', type: 'module' }),
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      target: 'ES2022',
      module: 'NodeNext',
      strict: true,
      skipLibCheck: false,
      verbatimModuleSyntax: true,
      resolveJsonModule: true,
      allowImportingTsExtensions: true,
      types: ['node'],
      noEmit: true,
    },
  }),
  'cdk.json': JSON.stringify({ app: 'node app.ts' }),
  'app.ts': `
import { App } from 'aws-cdk-lib/core';
import { RouteChatStack } from 'superoffice-route-chat';
import { outcomes, parseRouteChatResult, type ReceivedResult } from 'superoffice-route-chat/contract';
import example from 'superoffice-route-chat/contract/examples/result-failed.json' with { type: 'json' };

const result: ReceivedResult = parseRouteChatResult(JSON.stringify(example));
// @ts-expect-error Declarations that are not found would make it any, which may be a number.
export const outcome: number = result.outcome;
if (!outcomes.some((known) => known === result.outcome)) throw new Error(result.outcome);

new RouteChatStack(new App(), 'ConsumerStack', {
  tenant: { webApiUrl: 'https://example.superoffice.com/Cust1/api' },
  eventBridgeIntake: true,
  httpIntake: true,
});
`,
};

/** Files of the examples, of which another team would begin with a copy. */
const examples = (paths: string[]): Sources =>
  Object.fromEntries(paths.map((path) => [path, readFileSync(path, 'utf8')]));

/** What the examples deploy, and what of it is deployed. */
export const exampleStacks = examples(globSync('examples/*/{app,plan-moves}.ts'));
const exampleHandlers = examples(globSync('examples/*/*.ts', { exclude: ['**/app.ts'] }));

/** Code blocks of the documentation that name the file they are: what a reader would copy. */
export function documented(path: string): Sources {
  const blocks = readFileSync(path, 'utf8').matchAll(/^```ts\n\/\/ (\S+)\n([\s\S]*?)^```$/gm);
  return Object.fromEntries([...blocks].map(([, file = '', text = '']) => [file, text]));
}

/** A program that sends events and reads results, by the documentation, and without CDK. */
export const producer = (type: 'commonjs' | 'module'): Sources => ({
  ...documented('docs/producers-and-consumers.md'),
  ...(type === 'module' && exampleHandlers),
  'package.json': JSON.stringify({ name: 'producer', version: '1.0.0', type }),
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      target: 'ES2022',
      module: 'NodeNext',
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: true,
      types: ['node'],
      rewriteRelativeImportExtensions: true,
      rootDir: '.',
      outDir: 'out',
    },
    // What is deployed is in the CDK app.
    exclude: ['stack.ts'],
  }),
  'main.ts': `
import { createResultHandler, sendRouteChatEvents } from 'superoffice-route-chat/client';
import { handler } from './consumer.js';
import { escalate } from './producer.js';
import { readResults } from './reader.js';

export function misspelt() {
  // @ts-expect-error A misspelt outcome; declarations that are not found would make it any.
  createResultHandler({ 'not-aplied': () => undefined, otherwise: () => undefined });
  // @ts-expect-error A field that only an offer has.
  sendRouteChatEvents([{ chatSessionId: 1, toAssociate: 8, ifNobody: 'leave' }], { queueUrl: '' });
  // @ts-expect-error A misspelt field.
  return sendRouteChatEvents([{ chatSessionId: 1, toAssociate: 8, expirseAt: new Date() }], { queueUrl: '' });
}

async function main() {
  await escalate(648, 8, 'r-1');
  const ended = new AbortController();
  // It ends once what was put on the queue has been read.
  const log = console.log;
  console.log = (...words: unknown[]) => { log(...words); ended.abort(); };
  await readResults(ended.signal);
  log(JSON.stringify(await handler({ Records: [] })));
}
void main();
`,
});
