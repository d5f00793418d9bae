import { join } from 'node:path';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { App, Duration } from 'aws-cdk-lib/core';
import { RouteChatStack } from 'superoffice-route-chat';
import type { Limits } from './plan-moves.ts';

/**
 * Chats at a time. SuperOffice knows no such limit: say here who may have how many. 7 is whose
 * credential it is: what that associate has beyond the limit is handed on.
 */
const limits: Limits = { byDefault: 3, byAssociateId: { 7: 8 } };

const app = new App();
const { webApiUrl, customerId } = app.node.getAllContext();
const stack = new RouteChatStack(app, 'Rebalancing', {
  tenant: webApiUrl ? { webApiUrl } : { customerId },
});
const { routeChat } = stack;

const rebalance = new NodejsFunction(stack, 'Rebalance', {
  entry: join(import.meta.dirname, 'rebalance.ts'),
  runtime: Runtime.NODEJS_24_X,
  // With the SDK in it: that of the runtime changes by itself.
  bundling: { format: OutputFormat.ESM, mainFields: ['module', 'main'], externalModules: [] },
  // It ends before the next one begins.
  timeout: Duration.seconds(55),
  // What has failed is decided anew in a minute.
  retryAttempts: 0,
  maxEventAge: Duration.minutes(1),
  environment: {
    EVENT_QUEUE_URL: routeChat.eventQueue.queueUrl,
    TICKET_SECRET_ARN: routeChat.ticketSecret.secretArn,
    ...(webApiUrl
      ? { WEB_API_URL: webApiUrl }
      : { TENANT_STATE_URL: `https://online.superoffice.com/api/state/${customerId}` }),
    LIMITS: JSON.stringify(limits),
    // One of the ten calls a second that SuperOffice allows a tenant.
    CALL_SPACING_MS: '1000',
    // Not documented. Where GetChatPresence names associates instead: associateId.
    PRESENCE_USER_ID: 'ejUserId',
  },
});
routeChat.grantSendEvents(rebalance);
routeChat.ticketSecret.grantRead(rebalance);

new Rule(stack, 'RebalanceEveryMinute', {
  schedule: Schedule.rate(Duration.minutes(1)),
  targets: [new LambdaFunction(rebalance)],
});
