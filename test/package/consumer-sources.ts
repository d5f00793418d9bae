/** Files of an app that uses the package, by path. */
export type Sources = Record<string, string>;

/** What the owner of an app that `cdk init` made would write into it; its stack is `ConsumerStack`. */
export const inCdkInitApp: Sources = {
  'lib/consumer-stack.ts': `
import * as cdk from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { RouteChat, type RouteChatProps } from 'superoffice-route-chat';

// @ts-expect-error Declarations that are not found would make it any, which takes this.
export const noTenant: RouteChatProps = {};

export class ConsumerStack extends cdk.Stack {
  constructor(scope: Construct, id: string, props?: cdk.StackProps) {
    super(scope, id, props);
    const routeChat = new RouteChat(this, 'RouteChat', {
      tenant: { customerId: 'Cust12345' },
      eventTimeToLive: cdk.Duration.minutes(2),
    });
    new cdk.CfnOutput(this, 'EventQueueUrl', { value: routeChat.eventQueue.queueUrl });
  }
}
`,
  'test/consumer.test.ts': `
import * as cdk from 'aws-cdk-lib/core';
import { Template } from 'aws-cdk-lib/assertions';
import { parseRouteChatEvent } from 'superoffice-route-chat/contract';
import * as event from 'superoffice-route-chat/contract/examples/event-minimal.json';
import * as Consumer from '../lib/consumer-stack';

test('functions are deployed', () => {
  const stack = new Consumer.ConsumerStack(new cdk.App(), 'MyTestStack');
  const template = Template.fromStack(stack);

  template.hasResourceProperties('AWS::Lambda::Function', { Handler: 'index.handler' });
  template.hasOutput('EventQueueUrl', {});
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
});
`,
};
