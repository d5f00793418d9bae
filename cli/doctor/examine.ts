import { causes, type Outcome, outcomes } from '../../contract/result.ts';
import { InputError } from '../command-line/input-error.ts';
import type { Aws } from './aws.ts';
import { bad, type Finding, good } from './finding.ts';
import {
  type AlarmState,
  judgeAlarms,
  judgeConcurrency,
  judgeCredential,
  judgeEndpoint,
  judgeMapping,
  judgeQueue,
  judgeResults,
  judgeRules,
  judgeStack,
  judgeSubscriptions,
  judgeTenant,
  type QueueKind,
} from './judge.ts';
import type { Web } from './web.ts';

/** Which output holds the address of which kind of queue; what has none of them is not looked at. */
const queueKinds: readonly [RegExp, QueueKind][] = [
  [/^EventQueueUrl$/, 'events'],
  [/^DeadLetterQueueUrl$/, 'dead letters'],
  [/^ResultQueueUrl/, 'results'],
  [/^ResultDeadLetterQueueUrl/, 'result dead letters'],
  [/^IntakeDeadLetterQueueUrl$/, 'intake'],
];

const hourSeconds = 3_600;

/**
 * Looks at a deployment from top to bottom. What cannot be asked is a finding, too.
 * @yields findings as they come
 */
export async function* examine(
  stackName: string,
  { aws, web, now }: { aws: Aws; web: Web; now: () => number },
): AsyncGenerator<Finding> {
  const { status, outputs } = await aws.stack(stackName);
  const output = (name: string) => outputs.get(name);
  const functionName = output('FunctionName');
  yield judgeStack(status);
  if (functionName === undefined) {
    yield bad(
      'outputs',
      'FunctionName is not among them',
      'In a stack of your own call routeChat.addOutputs(); then deploy it again.',
    );
    return;
  }

  // Another stack's name may begin like this one's, and a stack may have alarms that are not ours.
  const isOurs = ({ description }: AlarmState) => description.startsWith(`${stackName}: `);
  const alarms = await attempt(async () => (await aws.alarms(stackName)).filter(isOurs));
  yield* await tried('alarm mail', async () => {
    const seen = unwrap(alarms);
    const topics = new Set(seen.flatMap(({ actions }) => actions).filter(isTopic));
    return [judgeSubscriptions((await Promise.all([...topics].map(aws.subscriptions))).flat())];
  });

  for (const [what, name] of [
    ['event source mapping', functionName],
    ['second look', output('SecondLookFunctionName')],
  ] as const) {
    if (name) {
      yield* await tried(what, async () => [judgeMapping(what, await aws.mappings(name))]);
    }
  }
  yield* await tried('account', async () => [judgeConcurrency(await aws.unreservedConcurrency())]);

  const variables = await attempt(() => aws.variables(functionName));
  yield* await tried('credential', async () => {
    const keeper = output('KeepCredentialFunctionName');
    const { answer, failure } = await aws.invoke(keeper ?? '');
    // A refused ticket is replaced by what this queue asks for.
    const hasSystemUser = 'value' in variables && 'RENEWAL_QUEUE_URL' in variables.value;
    return [judgeCredential(answer, failure, hasSystemUser)];
  });

  yield* await tried('tenant', async () => {
    const { TENANT_STATE_URL, WEB_API_URL } = unwrap(variables);
    if (!TENANT_STATE_URL) return [good('tenant', `at the fixed address ${WEB_API_URL}`)];
    return [judgeTenant(await web.tenantState(TENANT_STATE_URL))];
  });

  for (const [name, queueUrl] of outputs) {
    const [, kind] = queueKinds.find(([pattern]) => pattern.test(name)) ?? [];
    if (!kind) continue;
    yield* await tried(name, async () => {
      const messages = await aws.messages(queueUrl);
      const [oldest] = messages === 0 ? [] : await aws.metrics([ageOf(queueUrl)], 600);
      const timeToLive = Number(unwrap(variables).EVENT_TIME_TO_LIVE_SECONDS);
      return [judgeQueue({ output: name, kind, messages, oldest }, timeToLive)];
    });
  }

  yield* await tried('results, last hour', async () => {
    const service = unwrap(variables).POWERTOOLS_SERVICE_NAME ?? '';
    const names = [`Cause.${owned}`, 'ResultNotSent', ...outcomes.map((one) => `Outcome.${one}`)];
    const [ownedByAnother = 0, notSent = 0, ...counts] = await aws.metrics(
      names.map((name) => countOf(service, name)),
      hourSeconds,
    );
    const byOutcome = outcomes.map((outcome, index) => [outcome, counts[index] ?? 0] as const);
    const results = Object.fromEntries(byOutcome) as Record<Outcome, number>;
    return [judgeResults(results, ownedByAnother, notSent)];
  });
  yield* await tried('alarms', async () => judgeAlarms(unwrap(alarms), now()));

  const bus = output('EventBusName');
  if (bus) yield* await tried('bus', async () => [judgeRules(await aws.rules(bus))]);
  const endpoint = output('HttpIntakeUrl');
  if (endpoint) yield judgeEndpoint(await web.answerToForged(endpoint));
}

const owned = causes[causes.indexOf('owned-by-another')];

const isTopic = (action: string) => action.includes(':sns:');

const ageOf = (queueUrl: string) => ({
  Namespace: 'AWS/SQS',
  MetricName: 'ApproximateAgeOfOldestMessage',
  Dimensions: [{ Name: 'QueueName', Value: queueUrl.slice(queueUrl.lastIndexOf('/') + 1) }],
  stat: 'Maximum' as const,
});

const countOf = (service: string, MetricName: string) => ({
  Namespace: 'RouteChat',
  MetricName,
  Dimensions: [{ Name: 'service', Value: service }],
  stat: 'Sum' as const,
});

/** A question that more than one finding needs the answer of; it is asked once. */
type Asked<Value> = { value: Value } | { error: unknown };

async function attempt<Value>(ask: () => Promise<Value>): Promise<Asked<Value>> {
  try {
    return { value: await ask() };
  } catch (error) {
    return { error };
  }
}

function unwrap<Value>(asked: Asked<Value>): Value {
  if ('error' in asked) throw asked.error;
  return asked.value;
}

async function tried(what: string, look: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return [bad(what, error.message, 'Ask again with credentials that may, or later.')];
  }
}
