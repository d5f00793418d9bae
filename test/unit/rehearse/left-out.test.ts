import { describe, expect, it } from '@jest/globals';
import { withoutRefused } from '../../../rehearse/left-out.ts';

const Queue = { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true } };
const Alarm = { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName: 'Errors' } };
const Share = { Type: 'AWS::CloudWatch::Alarm', Properties: { Metrics: [] } };
const Query = { Type: 'AWS::Logs::QueryDefinition', Properties: {} };

describe('withoutRefused', () => {
  it('leaves out what MiniStack refuses, says so, and leaves all else as it is', () => {
    const Outputs = { EventQueueUrl: {} };

    expect(
      withoutRefused({ Resources: { Queue, Alarm, Share, Query, Other: Query }, Outputs }),
    ).toEqual({
      template: { Resources: { Queue, Alarm }, Outputs },
      leftOut: ['2 saved queries', '1 alarms of metric math'],
    });
  });
});
