import { describe, expect, it } from '@jest/globals';
import { variablesFor } from '../../../../local/stack/variables-for-clients.ts';

const at = (port: number) => ({ endpoint: `http://127.0.0.1:${port}` }) as never;

describe('variablesFor', () => {
  it('names every output in capitals, and where each service listens', () => {
    const variables = variablesFor({
      stackName: 'RouteChat-dev',
      outputs: { EventQueueUrl: 'e', ResultQueueUrl: 'r', ResultQueueUrlMyTeam: 'r-my-team' },
      sqs: at(1),
      secretsManager: at(2),
      cloudFormation: at(3),
      cloudWatchLogs: at(4),
      cloudWatch: at(5),
      lambda: at(6),
      eventBridgeApi: at(7),
    });

    expect(variables).toMatchObject({
      STACK_NAME: 'RouteChat-dev',
      EVENT_QUEUE_URL: 'e',
      RESULT_QUEUE_URL: 'r',
      RESULT_QUEUE_URL_MY_TEAM: 'r-my-team',
      AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:1',
      AWS_ENDPOINT_URL_SECRETS_MANAGER: 'http://127.0.0.1:2',
      AWS_ENDPOINT_URL_CLOUDFORMATION: 'http://127.0.0.1:3',
      AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: 'http://127.0.0.1:4',
      AWS_ENDPOINT_URL_CLOUDWATCH: 'http://127.0.0.1:5',
      AWS_ENDPOINT_URL_LAMBDA: 'http://127.0.0.1:6',
      AWS_ENDPOINT_URL_EVENTBRIDGE: 'http://127.0.0.1:7',
    });
  });
});
