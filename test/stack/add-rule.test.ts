import { describe, expect, it } from '@jest/globals';
import { EventBus, EventField } from 'aws-cdk-lib/aws-events';
import { Stack } from 'aws-cdk-lib/core';
import { createRouteChat, type Resource, resourceOf, templateOf } from './synthesize.ts';

const propertiesOf = (type: string, id: string, of: ReturnType<typeof templateOf>) =>
  resourceOf(of, type, id).Properties;

/** A rule on somebody else's bus, and the template of all. */
function ruleWith(props: Partial<Parameters<ReturnType<typeof createRouteChat>['addRule']>[1]>) {
  const routeChat = createRouteChat();
  const eventBus = EventBus.fromEventBusName(Stack.of(routeChat), 'Bus', 'business');
  routeChat.addRule('Vip', { eventBus, eventPattern: { detailType: ['VipWaits'] }, ...props });
  return propertiesOf('AWS::Events::Rule', 'RouteChatIntakeRulesVip', templateOf(routeChat));
}

describe('addRule', () => {
  it.each([
    ['default', []],
    ['business', [{ Name: 'EventBusName', Value: 'business' }]],
  ])('raises an alarm where a dead letter of a rule on the bus %s is lost', (name, bus) => {
    const routeChat = createRouteChat();
    const eventBus = EventBus.fromEventBusName(Stack.of(routeChat), 'Bus', name);
    routeChat.addRule('Vip', { eventBus, eventPattern: { source: ['a'] } });
    const of = templateOf(routeChat);
    const { Name } = propertiesOf('AWS::Events::Rule', 'RouteChatIntakeRulesVip', of);

    expect(
      propertiesOf('AWS::CloudWatch::Alarm', 'RouteChatAlarmsIntakeRuleVip', of),
    ).toMatchObject({
      Namespace: 'AWS/Events',
      MetricName: 'InvocationsFailedToBeSentToDlq',
      Dimensions: [...bus, { Name: 'RuleName', Value: Name }],
      Statistic: 'Sum',
      Threshold: 0,
      AlarmDescription: expect.stringContaining('the rule "Vip"'),
    });
  });

  it('hands on the whole envelope where nothing is mapped', () => {
    const { Targets, ...rule } = ruleWith({});

    expect(rule).toMatchObject({
      EventBusName: 'business',
      EventPattern: { 'detail-type': ['VipWaits'] },
    });
    expect(Targets).toEqual([expect.not.objectContaining({ InputTransformer: expect.anything() })]);
  });

  it('maps a detail, and keeps the envelope’s id and time around it', () => {
    const { Targets } = ruleWith({
      mapping: {
        chatSessionId: EventField.fromPath('$.detail.chat.id'),
        toAssociate: 8,
        source: 'routing-rule:vip',
        reason: `VIP in topic ${EventField.fromPath('$.detail.topic')}`,
      },
    });
    const [{ InputTransformer }] = Targets as [
      { InputTransformer: { InputPathsMap: Record<string, string>; InputTemplate: string } },
    ];
    const { InputPathsMap, InputTemplate } = InputTransformer;
    const values: Record<string, unknown> = {
      '$.id': 'envelope-1',
      '$.time': '2026-11-24T12:00:00Z',
      '$.detail-type': 'VipWaits',
      '$.detail.chat.id': 648,
      '$.detail.topic': 3,
    };
    // As EventBridge fills it in: JSON where a variable is a whole value, its text inside a string.
    const filled = InputTemplate.replace(/(?<=:)<([\w-]+)>/g, (_, name) =>
      JSON.stringify(values[InputPathsMap[name] ?? '']),
    ).replace(/<([\w-]+)>/g, (_, name) => String(values[InputPathsMap[name] ?? '']));

    expect(JSON.parse(filled)).toEqual({
      id: 'envelope-1',
      time: '2026-11-24T12:00:00Z',
      'detail-type': 'VipWaits',
      detail: {
        chatSessionId: 648,
        toAssociate: 8,
        source: 'routing-rule:vip',
        reason: 'VIP in topic 3',
      },
    });
  });

  it('shares one function among all rules', () => {
    const routeChat = createRouteChat();
    const eventBus = EventBus.fromEventBusName(Stack.of(routeChat), 'Bus', 'business');
    const eventPattern = { source: ['a'] };

    for (const id of ['One', 'Other']) routeChat.addRule(id, { eventBus, eventPattern });

    const resources = Object.values(templateOf(routeChat).toJSON().Resources) as Resource[];
    expect(resources.filter(({ Type }) => Type === 'AWS::Lambda::Function')).toHaveLength(4);
  });
});
