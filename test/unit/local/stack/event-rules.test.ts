import { describe, expect, it } from '@jest/globals';
import { eventBusNamesOf, rulesOf } from '../../../../local/stack/event-rules.ts';
import type { SynthesizedStack } from '../../../../local/stack/synthesized-stack.ts';
import { templateValues } from '../../../../local/stack/template-values.ts';

const target = (more = {}) => ({
  Arn: { 'Fn::GetAtt': ['Intake', 'Arn'] },
  Id: 'Target0',
  RetryPolicy: { MaximumEventAgeInSeconds: 300 },
  ...more,
});
const stack: SynthesizedStack = {
  name: 'RouteChat-dev',
  resources: {
    Intake: { Type: 'AWS::Lambda::Function', Properties: {} },
    GivenUp: { Type: 'AWS::SQS::Queue', Properties: {} },
    Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'RouteChat-dev' } },
    Requested: {
      Type: 'AWS::Events::Rule',
      Properties: {
        Name: 'RouteChat-dev-Requested',
        EventBusName: { Ref: 'Bus' },
        EventPattern: { account: [{ Ref: 'AWS::AccountId' }], 'detail-type': ['Requested'] },
        Targets: [
          target({
            InputTransformer: { InputPathsMap: { id: '$.id' }, InputTemplate: '<id>' },
            DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['GivenUp', 'Arn'] } },
          }),
        ],
      },
    },
    EveryHour: {
      Type: 'AWS::Events::Rule',
      Properties: { ScheduleExpression: 'rate(1 hour)', Targets: [target()] },
    },
  },
  outputs: {},
  assetDirectory: String,
};
const values = templateValues(stack, String);

describe('rulesOf', () => {
  it('reads rules on buses and schedules, by name, with what their targets are handed', () => {
    expect(rulesOf(stack, values)).toEqual([
      {
        name: 'RouteChat-dev-Requested',
        busName: 'RouteChat-dev',
        eventPattern: { account: ['000000000000'], 'detail-type': ['Requested'] },
        targets: [
          {
            functionLogicalId: 'Intake',
            input: { InputTransformer: { InputPathsMap: { id: '$.id' }, InputTemplate: '<id>' } },
            deadLetterQueueArn: 'arn:aws:sqs:eu-north-1:000000000000:GivenUp.fifo',
          },
        ],
      },
      { name: 'EveryHour', busName: 'default', targets: [{ functionLogicalId: 'Intake' }] },
    ]);
  });
});

describe('eventBusNamesOf', () => {
  it('names the buses the stack makes', () => {
    expect(eventBusNamesOf(stack, values)).toEqual(['RouteChat-dev']);
  });
});
