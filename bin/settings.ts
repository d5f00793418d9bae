import { Duration, type StackProps } from 'aws-cdk-lib/core';
import {
  eventTimeToLiveSecondsRule,
  maxCallsPerSecondRule,
  resultAgeAlarmSecondsRule,
} from '../lib/limits.ts';
import { resultQueueObjection } from '../lib/result-queue-sources.ts';
import type { ExistingSecret, RouteChatStackProps } from '../lib/route-chat-stack.ts';
import { matching, type Rule } from '../lib/rule.ts';
import {
  customerIdRule,
  type OnlineEnvironment,
  onlineEnvironmentRule,
  type Tenant,
  webApiUrlRule,
} from '../lib/tenant.ts';
import { shownArn, shownValue, shownValueUnder } from './shown-value.ts';
import { nearestKey } from './unknown-key.ts';

/** What a deployment can be told, checked: the stack's props, but those that context cannot hold. */
export type Settings = Omit<
  RouteChatStackProps,
  keyof StackProps | 'alarmTopic' | 'logRetention'
> & {
  /** Part of the stack's name. */
  readonly stage: string;
};

/** A setting is wrong or missing. The message is one line: which key, what was expected, what found. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

const secretArnRule = (name: string) =>
  matching(
    `the complete ARN of a secret, with the six characters at its end, such as arn:aws:secretsmanager:eu-north-1:123456789012:secret:${name}-a1B2c3`,
    /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@!-]+-[a-z0-9]{6}$/i,
  );

const keyArnRule = matching(
  'the ARN of a KMS key, not of an alias, such as arn:aws:kms:eu-north-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/(mrk-)?[0-9a-f-]{32,36}$/,
);

const textRules = {
  stage: matching(
    'up to 32 letters, digits and hyphens, no hyphen first or last',
    // The stack's name ends in it.
    /^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$/i,
  ),
  webApiUrl: webApiUrlRule,
  customerId: customerIdRule,
  environment: onlineEnvironmentRule,
  ticketSecretArn: secretArnRule('ticket'),
  ticketSecretKeyArn: keyArnRule,
  systemUserSecretArn: secretArnRule('system-user'),
  systemUserSecretKeyArn: keyArnRule,
  alarmEmail: matching('an e-mail address', /^[^\s@,;<>"]+@[^\s@.,;<>"]+(\.[^\s@.,;<>"]+)+$/),
} satisfies Record<string, Rule<string>>;

const numberRules = {
  eventTimeToLiveSeconds: eventTimeToLiveSecondsRule,
  maxCallsPerSecond: maxCallsPerSecondRule,
  resultAgeAlarmSeconds: resultAgeAlarmSecondsRule,
} satisfies Record<string, Rule<number>>;

const knownKeys = [
  ...Object.keys(textRules),
  ...Object.keys(numberRules),
  'resultQueues',
  'eventBridgeIntake',
  'httpIntake',
  'dashboard',
];

/**
 * Reads our settings from CDK context; keys of the CDK and of others pass unread.
 * @throws SettingsError for the first setting that is wrong, missing, misspelt or at odds with another.
 */
export function parseSettings(context: Record<string, unknown>): Settings {
  refuseMisspeltKeys(context);
  const tenant = parseTenant(context);
  const ticketSecret = parseSecret(context, 'ticketSecret');
  const systemUserSecret = parseSecret(context, 'systemUserSecret');
  if (systemUserSecret && tenant.customerId === undefined) {
    throw new SettingsError(
      'systemUserSecretArn: expected together with customerId only; found with webApiUrl.',
    );
  }
  return {
    stage: textOf(context, 'stage') ?? 'dev',
    tenant,
    ...defined({
      ticketSecret,
      systemUserSecret,
      alarmEmail: textOf(context, 'alarmEmail'),
      eventTimeToLive: durationOf(context, 'eventTimeToLiveSeconds'),
      maxCallsPerSecond: numberOf(context, 'maxCallsPerSecond'),
      resultAgeAlarm: durationOf(context, 'resultAgeAlarmSeconds'),
      resultQueues: parseResultQueues(context),
      eventBridgeIntake: booleanOf(context, 'eventBridgeIntake'),
      httpIntake: booleanOf(context, 'httpIntake'),
      dashboard: booleanOf(context, 'dashboard'),
    }),
  };
}

/** Without what nobody has set: there the construct's own defaults hold. */
const defined = <Values extends object>(values: Values) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Values]?: Exclude<Values[Key], undefined>;
  };

function refuseMisspeltKeys(context: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(context)) {
    const meant = nearestKey(key, knownKeys);
    if (meant === undefined) continue;
    const shown = shownValueUnder(key, value);
    throw new SettingsError(
      `${key}: expected a known key (did you mean ${meant}?); found ${shown}.`,
    );
  }
}

function parseTenant(context: Record<string, unknown>): Tenant {
  const webApiUrl = textOf(context, 'webApiUrl');
  const customerId = textOf(context, 'customerId');
  const environment = textOf(context, 'environment') as OnlineEnvironment | undefined;
  if (webApiUrl !== undefined && customerId !== undefined) {
    throw new SettingsError('webApiUrl: expected either webApiUrl or customerId; found both.');
  }
  if (environment !== undefined && customerId === undefined) {
    throw new SettingsError(
      'environment: expected together with customerId only; found without it.',
    );
  }
  if (webApiUrl !== undefined) return { webApiUrl };
  if (customerId !== undefined) return { customerId, ...(environment && { environment }) };
  throw new SettingsError(
    'webApiUrl: expected webApiUrl or customerId with a value, such as -c webApiUrl=https://example.com/api; found neither.',
  );
}

function parseSecret(
  context: Record<string, unknown>,
  name: 'ticketSecret' | 'systemUserSecret',
): ExistingSecret | undefined {
  const arn = textOf(context, `${name}Arn`);
  const keyArn = textOf(context, `${name}KeyArn`);
  if (arn === undefined && keyArn !== undefined) {
    throw new SettingsError(
      `${name}KeyArn: expected together with ${name}Arn only; found without it.`,
    );
  }
  return arn === undefined ? undefined : { arn, ...(keyArn && { keyArn }) };
}

/** `-c` gives text, cdk.json may give a list. */
function parseResultQueues({ resultQueues: value }: Record<string, unknown>) {
  if (value === undefined) return undefined;
  const sources: string[] = [];
  for (const source of typeof value === 'string' ? value.split(',') : [value].flat()) {
    const objection = resultQueueObjection(source, sources, shownValue);
    if (objection) throw new SettingsError(`resultQueues: ${objection}.`);
    sources.push(String(source));
  }
  return sources;
}

function textOf(context: Record<string, unknown>, key: keyof typeof textRules): string | undefined {
  const value = context[key];
  if (value === undefined) return undefined;
  if (typeof value === 'string' && textRules[key].holds(value)) return value;
  const what = /Secret(Key)?Arn$/.test(key) ? shownArn(value) : shownValue(value);
  throw new SettingsError(`${key}: expected ${textRules[key].expected}; found ${what}.`);
}

/** `-c` gives text, cdk.json may give a number. */
function numberOf(
  context: Record<string, unknown>,
  key: keyof typeof numberRules,
): number | undefined {
  const value = context[key];
  if (value === undefined) return undefined;
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && numberRules[key].holds(number)) return number;
  throw new SettingsError(
    `${key}: expected ${numberRules[key].expected}; found ${shownValue(value)}.`,
  );
}

function durationOf(context: Record<string, unknown>, key: keyof typeof numberRules) {
  const seconds = numberOf(context, key);
  return seconds === undefined ? undefined : Duration.seconds(seconds);
}

/** `-c` gives text, cdk.json may give a boolean. */
function booleanOf(
  context: Record<string, unknown>,
  key: 'eventBridgeIntake' | 'httpIntake' | 'dashboard',
) {
  const value = context[key];
  if (value === undefined) return undefined;
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw new SettingsError(`${key}: expected true or false; found ${shownValue(value)}.`);
}
