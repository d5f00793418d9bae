import { describe, expect, it } from '@jest/globals';
import { Duration } from 'aws-cdk-lib/core';
import { parseSettings } from '../../bin/settings.ts';
import { lineFor } from './line-for.ts';

const webApiUrl = 'https://example.superoffice.com/Cust1/api';
const ticketSecretArn = 'arn:aws:secretsmanager:eu-north-1:123456789012:secret:route/ticket-a1B2c3';
const keyId = '1234abcd-12ab-34cd-56ef-1234567890ab';
const ticketSecretKeyArn = `arn:aws:kms:eu-north-1:123456789012:key/${keyId}`;

describe('parseSettings', () => {
  it('asks for one thing only', () => {
    expect(parseSettings({ webApiUrl })).toEqual({
      stage: 'dev',
      tenant: { webApiUrl },
    });
  });

  it('reads all of them', () => {
    const settings = parseSettings({
      stage: 'prod-2',
      customerId: 'Cust12345',
      environment: 'sod',
      eventTimeToLiveSeconds: '1800',
      maxCallsPerSecond: 10_000,
      resultAgeAlarmSeconds: 600,
      ticketSecretArn,
      ticketSecretKeyArn,
      alarmEmail: 'on.call@example.com',
      resultQueues: 'rebalancing,my-team',
      eventBridgeIntake: 'true',
      httpIntake: true,
      dashboard: 'false',
    });

    expect(settings).toEqual({
      stage: 'prod-2',
      tenant: { customerId: 'Cust12345', environment: 'sod' },
      eventTimeToLive: Duration.seconds(1800),
      maxCallsPerSecond: 10_000,
      resultAgeAlarm: Duration.seconds(600),
      ticketSecret: { arn: ticketSecretArn, keyArn: ticketSecretKeyArn },
      alarmEmail: 'on.call@example.com',
      resultQueues: ['rebalancing', 'my-team'],
      eventBridgeIntake: true,
      httpIntake: true,
      dashboard: false,
    });
  });

  it.each([
    ['true', true],
    [true, true],
    ['false', false],
    [false, false],
  ])('reads the switch %j', (eventBridgeIntake, isOn) => {
    expect(parseSettings({ webApiUrl, eventBridgeIntake }).eventBridgeIntake).toBe(isOn);
  });

  it.each([
    ['escalation', ['escalation']],
    [
      ['rebalancing', 'my-team'],
      ['rebalancing', 'my-team'],
    ],
    ['a,b,c,d,e,f,g,h,i,j', [...'abcdefghij']],
    [[], []],
  ])('reads the result queues %j', (resultQueues, sources) => {
    expect(parseSettings({ webApiUrl, resultQueues }).resultQueues).toEqual(sources);
  });

  it.each([
    'https://example.com/api',
    'https://example.com:8443/Cust1/api/',
    'http://localhost:8080/api',
    'http://127.0.0.1/api',
    'http://127.9.9.9:1/Cust1/api',
    'http://[::1]:3000/api',
  ])('accepts the address %s', (address) => {
    expect(lineFor({ webApiUrl: address })).toBe('accepted');
  });

  it.each([
    'example.com/api',
    'http://example.com/api',
    'http://128.0.0.1/api',
    'http://127.0.0.1.example.com/api',
    'http://localhost.example.com/api',
    'ftp://example.com/api',
    'https://example.com',
    'https://example.com/api/v1',
    'https://example.com/myapi',
    'https://example.com/api//',
    'https://example.com/api?a=b',
    'https://example.com/api?',
    'https://example.com/?x=/api',
    'https://example.com/api#x',
    'https://example.com/api/\n',
    ' https://example.com/api',
    'https:\\\\example.com\\api',
    '',
    8,
    null,
    ['https://example.com/api'],
  ])('refuses the address %j', (address) => {
    expect(lineFor({ webApiUrl: address })).toMatch(
      /^webApiUrl: expected an https address that ends in \/api, .*; found .*\.$/,
    );
  });

  it.each([
    ['stage', ['', 'a b', 'prod_1', '-x', 'a-', '-', 'å', 'x'.repeat(33), 1]],
    ['customerId', ['12345', 'Cust', 'cust1', 'Cust1/..', 'Cust1 ', 12345, '', true, null]],
    ['environment', ['', 'production', 'Online', 'toString', 1]],
    [
      'eventTimeToLiveSeconds',
      ['9', '1801', '10.5', '5 min', '', '-20', '0x40', '1e2', 9, 60.5, true],
    ],
    ['maxCallsPerSecond', ['0', '10001', 0, 10001, 2.5, 'eight', '', ' 8', null]],
    ['resultAgeAlarmSeconds', ['59', '1209601', 0, '1 h', '', 60.5, null]],
    ['ticketSecretArn', [ticketSecretArn.slice(0, -7), 'route/ticket', `${ticketSecretArn} `, 1]],
    ['ticketSecretKeyArn', [keyId, 'arn:aws:kms:eu-north-1:123456789012:alias/ticket', '']],
    [
      'resultQueues',
      [
        ...['', ',', 'a,', 'a, b', 'A', 'a;b', 'a:b', '1', 'x'.repeat(21), 'a,a', 'a1,a-1'],
        ...['a,b,c,d,e,f,g,h,i,j,k', 8, null, true, {}, [8], ['a', null], [['a']], ['a,b']],
      ],
    ],
    ['dashboard', ['', 'no', 0, null]],
    ['eventBridgeIntake', ['', 'yes', 'TRUE', '1', 1, 0, null, [], 'true ', [true]]],
    ['httpIntake', ['on', null]],
    ['alarmEmail', ['', 'me', 'me@host', 'a@b.c, d@e.f', '@example.com', 'a b@example.com', 1]],
  ])('says in one line what is wrong with %s', (key, values) => {
    const others =
      key === 'customerId' || key === 'environment' ? { customerId: 'Cust1' } : { webApiUrl };
    const secret = key === 'ticketSecretKeyArn' ? { ticketSecretArn } : {};

    const lines = values.map((value) => lineFor({ ...others, ...secret, [key]: value }));

    for (const line of lines)
      expect(line).toMatch(new RegExp(`^${key}: expected .*; found .*\\.$`));
  });

  it('takes a stage of one letter, and of 32', () => {
    expect(lineFor({ webApiUrl, stage: 'a' })).toBe('accepted');
    expect(lineFor({ webApiUrl, stage: `a${'-'.repeat(30)}b` })).toBe('accepted');
  });

  it.each([
    [
      // Also what is left of `-c customerId`: the CDK drops what is no assignment.
      {},
      'webApiUrl: expected webApiUrl or customerId with a value, such as -c webApiUrl=https://example.com/api; found neither.',
    ],
    [
      { webApiUrl, customerId: 'Cust1' },
      'webApiUrl: expected either webApiUrl or customerId; found both.',
    ],
    [
      { webApiUrl, environment: 'sod' },
      'environment: expected together with customerId only; found without it.',
    ],
    [
      { webApiUrl, ticketSecretKeyArn },
      'ticketSecretKeyArn: expected together with ticketSecretArn only; found without it.',
    ],
    [
      { customerId: 'Cust1', systemUserSecretKeyArn: ticketSecretKeyArn },
      'systemUserSecretKeyArn: expected together with systemUserSecretArn only; found without it.',
    ],
    [
      { webApiUrl, systemUserSecretArn: ticketSecretArn },
      'systemUserSecretArn: expected together with customerId only; found with webApiUrl.',
    ],
    [
      { customerId: 'Cust1', systemUserSecretArn: '-----BEGIN PRIVATE KEY-----' },
      'systemUserSecretArn: expected the complete ARN of a secret, with the six characters at its end, such as arn:aws:secretsmanager:eu-north-1:123456789012:secret:system-user-a1B2c3; found no ARN.',
    ],
    [
      { webApiUrl, eventTimeToLiveSeconds: '5' },
      'eventTimeToLiveSeconds: expected a whole number from 10 to 1800; found "5".',
    ],
    [
      { webApiUrl, resultQueues: 'rebalancing,My-Team' },
      'resultQueues: expected a lower-case letter, then up to 19 lower-case letters, digits or hyphens; found "My-Team".',
    ],
    [
      { webApiUrl, resultQueues: 'a,b,a' },
      'resultQueues: expected each source once; found "a" twice.',
    ],
    [
      { webApiUrl, resultQueues: '7T:abc' },
      'resultQueues: expected a lower-case letter, then up to 19 lower-case letters, digits or hyphens; found what may be a secret.',
    ],
    [
      { webApiUrl, eventBridgeIntake: 'yes' },
      'eventBridgeIntake: expected true or false; found "yes".',
    ],
    [
      { customerId: 'Cust1', environment: 'prod' },
      'environment: expected sod, stage or online; found "prod".',
    ],
  ])('answers %j in so many words', (context, line) => {
    expect(lineFor(context)).toBe(line);
  });
});
