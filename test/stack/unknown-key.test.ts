import { describe, expect, it } from '@jest/globals';
import { lineFor } from './line-for.ts';

const webApiUrl = 'https://example.superoffice.com/Cust1/api';
const ticketSecretArn = 'arn:aws:secretsmanager:eu-north-1:123456789012:secret:route/ticket-a1B2c3';

describe('an unknown key', () => {
  it.each([
    ['webApiURL', 'webApiUrl'],
    ['web-api-url', 'webApiUrl'],
    ['apiUrl', 'webApiUrl'],
    ['maxCallPerSecond', 'maxCallsPerSecond'],
    ['callsPerSecond', 'maxCallsPerSecond'],
    ['eventTimeToLive', 'eventTimeToLiveSeconds'],
    ['timeToLiveSeconds', 'eventTimeToLiveSeconds'],
    ['customerID', 'customerId'],
    ['customer', 'customerId'],
    ['enviroment', 'environment'],
    ['Stage', 'stage'],
    ['alarmMail', 'alarmEmail'],
    ['env', 'environment'],
    ['ttl', 'eventTimeToLiveSeconds'],
    ['time-to-live', 'eventTimeToLiveSeconds'],
    ['URL', 'webApiUrl'],
    ['email', 'alarmEmail'],
    ['alarm', 'alarmEmail'],
    ['eventBridge', 'eventBridgeIntake'],
    ['maxCalls', 'maxCallsPerSecond'],
    ['eventTtl', 'eventTimeToLiveSeconds'],
    ['queues', 'resultQueues'],
  ])('%s is taken for %s', (key, meant) => {
    expect(lineFor({ webApiUrl, [key]: '5' })).toBe(
      `${key}: expected a known key (did you mean ${meant}?); found "5".`,
    );
  });

  it.each([
    ['ticketSecret', 'ticketSecretArn'],
    ['secretKeyArn', 'ticketSecretKeyArn'],
  ])('%s does not get its value printed', (key, meant) => {
    expect(lineFor({ webApiUrl, [key]: 'hush' })).toBe(
      `${key}: expected a known key (did you mean ${meant}?); found what may be a secret.`,
    );
  });

  it.each([true, 5, null, ['a']])('without text for a value is told as it is: %j', (value) => {
    expect(lineFor({ webApiUrl, apiUrl: value })).toMatch(`; found ${JSON.stringify(value)}.`);
  });

  it.each([
    '@aws-cdk/core:validateAgainstDefaultRules',
    'aws:cdk:bundling-stacks',
    'aws-cdk:enableDiffNoFail',
    'availability-zones:account=123456789012:region=eu-north-1',
    'acknowledged-issue-numbers',
    'cdk-migrate',
    'owner',
    'costCentre',
    'constructor',
    'vpc',
    'region',
    'alarmTopic',
    'customerName',
    'staging',
  ])('%s is left to others', (key) => {
    expect(lineFor({ webApiUrl, [key]: 'x' })).toBe('accepted');
  });
});

describe('a line about settings', () => {
  it.each([
    '7T:c2VjcmV0LXRpY2tldA==',
    '{"ticket":"hush","appToken":"hush"}',
    { ticket: 'hush' },
    '0123456789abcdef0123456789abcdef',
    ticketSecretArn,
    'https://me:hush@example.com/api',
  ])('never prints %j', (secret) => {
    const misplaced = ['apiUrl', 'webApiUrl', 'customerId', 'maxCallsPerSecond'];

    for (const key of misplaced) {
      const line = lineFor({ webApiUrl, [key]: secret });
      expect(line).toMatch(new RegExp(`^${key}: expected .*; found what may be a secret\\.$`));
    }
  });

  it('prints no ticket where the ARN of a secret belongs, and an incomplete ARN', () => {
    const lines = ['7T:hush', 'arn:7T:hush', { ticket: 'hush' }].flatMap((ticket) => [
      lineFor({ webApiUrl, ticketSecretArn: ticket }),
      lineFor({ webApiUrl, ticketSecretArn, ticketSecretKeyArn: ticket }),
    ]);

    for (const line of lines) expect(line).toMatch(/; found no ARN\.$/);
    expect(lineFor({ webApiUrl, ticketSecretArn: 'arn:aws:secretsmanager:x' })).toMatch(
      '; found "arn:aws:secretsmanager:x".',
    );
  });
});
