import { describe, expect, it } from '@jest/globals';
import { Stack } from 'aws-cdk-lib/core';
import { RouteChat } from '../../lib/route-chat.ts';
import { createApp, createRouteChat, createStack, templateOf, tenant } from './synthesize.ts';

/** What `superoffice-route-chat` asks a stack for: send, dead-letters, sign-in, doctor. */
const asked = [
  ...['EventQueueUrl', 'LogGroupName', 'DeadLetterQueueUrl', 'TicketSecretArn', 'FunctionName'],
  ...['SecondLookFunctionName', 'KeepCredentialFunctionName', 'ResultQueueUrl'],
  'ResultDeadLetterQueueUrl',
];

const outputsOf = (construct: Stack | RouteChat) => templateOf(construct).toJSON().Outputs ?? {};

describe('RouteChat.addOutputs', () => {
  it('gives a stack of somebody’s own what the command line asks for, and nothing unasked', () => {
    const routeChat = createRouteChat();
    routeChat.addOutputs();

    expect(new Set(Object.keys(outputsOf(routeChat)))).toEqual(new Set(asked));
    expect(outputsOf(createRouteChat())).toEqual({});
  });

  it('has the very outputs of RouteChatStack, of what is added before and later', () => {
    const stack = new Stack(createApp(), 'RouteChat-test');
    const routeChat = new RouteChat(stack, 'RouteChat', { tenant });
    routeChat.addResultQueue('rebalancing');
    routeChat.addOutputs();
    routeChat.addResultQueue('my-team');
    routeChat.addHttpIntake();
    routeChat.intakeFunction.addAlias('live');

    const { EventBusName: _, ...outputs } = outputsOf(
      createStack({
        resultQueues: ['rebalancing', 'my-team'],
        httpIntake: true,
        eventBridgeIntake: true,
      }),
    );
    expect(outputsOf(stack)).toEqual(outputs);
    expect(outputs).toHaveProperty('ResultQueueUrlMyTeam');
    expect(outputs).toHaveProperty('IntakeFunctionName');
    expect(outputs).toHaveProperty('HttpIntakeUrl');
  });

  it('has them once in a stack', () => {
    const stack = new Stack(createApp(), 'Somebody');
    const [one, other] = ['One', 'Other'].map((id) => new RouteChat(stack, id, { tenant }));
    one?.addOutputs();

    expect(() => other?.addOutputs()).toThrow("'EventQueueUrl'");
  });
});
