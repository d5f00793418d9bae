import { describe, expect, it } from '@jest/globals';
import { EventBus, EventField } from 'aws-cdk-lib/aws-events';
import { Stack } from 'aws-cdk-lib/core';
import type { EventMapping } from '../../lib/intake.ts';
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

/** What EventBridge makes of the one target's template: JSON where a variable is a whole value, else text. */
function filledIn(targets: unknown, values: Record<string, unknown>): unknown {
  const [{ InputTransformer }] = targets as [
    { InputTransformer: { InputPathsMap: Record<string, string>; InputTemplate: string } },
  ];
  const { InputPathsMap, InputTemplate } = InputTransformer;
  const inserted = (name: string) => values[InputPathsMap[name] ?? ''] ?? '';
  const filled = InputTemplate.replace(/(?<=:)<([\w-]+)>/g, (_, name) =>
    JSON.stringify(inserted(name)),
  ).replace(/<([\w-]+)>/g, (_, name) => String(inserted(name)));
  return JSON.parse(filled);
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
    const envelope = filledIn(Targets, {
      '$.id': 'envelope-1',
      '$.time': '2026-11-24T12:00:00Z',
      '$.detail-type': 'VipWaits',
      '$.detail.chat.id': 648,
      '$.detail.topic': 3,
    });

    expect(envelope).toEqual({
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

  it('maps every field by a path, whatever its type', () => {
    const detail: Required<EventMapping> = {
      chatSessionId: 648,
      toAssociate: 'ben',
      requestId: 'r-1',
      expiresAt: '2026-11-24T12:01:00Z',
      expiresInSeconds: 60,
      source: 'routing-rule:vip',
      reason: 'a VIP waits',
      acceptWithinSeconds: 45,
      fallbackAssociates: [9, 'cho'],
      ifNobody: 'leave',
      pickUp: true,
      dryRun: false,
      yields: true,
    };
    const fields = Object.keys(detail) as (keyof EventMapping)[];
    const mapping = Object.fromEntries(
      fields.map((field) => [field, EventField.fromPath(`$.detail.my.${field}`)]),
    ) as Record<keyof EventMapping, string>;
    const { Targets } = ruleWith({ mapping });

    const values = fields.map((field) => [`$.detail.my.${field}`, detail[field]]);
    expect(filledIn(Targets, Object.fromEntries(values))).toMatchObject({ detail });
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
