import { join } from 'node:path';
import { EventBus, EventField } from 'aws-cdk-lib/aws-events';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { App, CfnOutput, Duration } from 'aws-cdk-lib/core';
import { RouteChatStack } from 'superoffice-route-chat';

/** Who is asked where the account manager cannot be: an associate id. */
const secondChoice = 8;

const app = new App();
const { webApiUrl, customerId } = app.node.getAllContext();
const stack = new RouteChatStack(app, 'RoutingRule', {
  tenant: webApiUrl ? { webApiUrl } : { customerId },
  resultQueues: ['routing-rule'],
});
const { routeChat } = stack;

// What the business says: that a customer waits. It knows nothing of route chat.
const eventBus = new EventBus(stack, 'BusinessEvents');
routeChat.addRule('VipWaits', {
  eventBus,
  eventPattern: { detailType: ['CustomerWaits'], detail: { segment: ['vip'], topic: [3] } },
  mapping: {
    chatSessionId: EventField.fromPath('$.detail.chatSessionId'),
    toAssociate: EventField.fromPath('$.detail.accountManager'),
    expiresInSeconds: 60,
    source: 'routing-rule:vip',
    reason: 'A VIP waits for the account manager',
  },
});

const onResult = new NodejsFunction(stack, 'OnResult', {
  entry: join(import.meta.dirname, 'on-result.ts'),
  runtime: Runtime.NODEJS_24_X,
  // With the SDK in it: that of the runtime changes by itself.
  bundling: { format: OutputFormat.ESM, mainFields: ['module', 'main'], externalModules: [] },
  timeout: Duration.seconds(20),
  environment: {
    EVENT_QUEUE_URL: routeChat.eventQueue.queueUrl,
    SECOND_CHOICE: String(secondChoice),
  },
});
routeChat.addResultHandler(onResult, { source: 'routing-rule' });
routeChat.grantSendEvents(onResult);

new CfnOutput(stack, 'BusinessEventBusName', { value: eventBus.eventBusName });
