import { randomUUID } from 'node:crypto';
import { accountId, region } from '../aws-account.ts';
import { type EventPattern, matchesPattern } from './event-pattern.ts';
import { inputFor, type TargetInput } from './target-input.ts';

/** A rule for what comes onto a bus, or, without a pattern, one that its schedule sets off. */
export type Rule = {
  name: string;
  busName: string;
  eventPattern?: EventPattern;
  targets: { input?: TargetInput; invoke: (input: unknown) => Promise<unknown> }[];
};

/** An entry as PutEvents takes it. */
export type PutEventsEntry = {
  /** @default 'default' */
  EventBusName?: string | undefined;
  Source: string;
  DetailType: string;
  /** A JSON object as text. */
  Detail: string;
};

/** What a target answered. AWS would throw the answer away, and deliver again what failed. */
export type Delivery = { rule: string; answer?: unknown; error?: unknown };

export type EventBridge = {
  /**
   * Delivers an event to each rule of its bus whose pattern it is of; resolves once all have answered.
   * @throws Error for an entry that PutEvents would refuse.
   */
  put(entry: PutEventsEntry): Promise<Delivery[]>;
  readonly rules: readonly Rule[];
  /** The rules that have a schedule. No clock sets them off. */
  readonly scheduled: readonly string[];
  /**
   * Sets off a rule as its schedule would.
   * @throws Error where no rule of this name has one.
   */
  runSchedule(name: string): Promise<Delivery[]>;
};

/** EventBridge, which delivers at once and once. */
export function createEventBridge(rules: readonly Rule[], now: () => number): EventBridge {
  const envelope = (given: { source: string; detailType: string; detail: object }) => ({
    version: '0',
    id: randomUUID(),
    'detail-type': given.detailType,
    source: given.source,
    account: accountId,
    // Whole seconds.
    time: new Date(now()).toISOString().replace(/\.\d+/, ''),
    region,
    resources: [] as string[],
    detail: given.detail,
  });

  const deliver = ({ name, targets }: Rule, event: object) =>
    targets.map(async ({ input, invoke }): Promise<Delivery> => {
      try {
        return { rule: name, answer: await invoke(inputFor(input, event)) };
      } catch (error) {
        return { rule: name, error };
      }
    });

  const scheduled = rules.filter(({ eventPattern }) => eventPattern === undefined);

  return {
    async put({ EventBusName = 'default', Source, DetailType, Detail }) {
      for (const [field, value] of Object.entries({ Source, DetailType, Detail })) {
        if (!value)
          throw new Error(`PutEvents: Parameter ${field} is not valid. Reason: required.`);
      }
      const event = envelope({
        source: Source,
        detailType: DetailType,
        detail: readDetail(Detail),
      });
      const found = rules.filter(
        ({ busName, eventPattern }) =>
          busName === EventBusName && eventPattern && matchesPattern(eventPattern, event),
      );
      return await Promise.all(found.flatMap((rule) => deliver(rule, event)));
    },

    rules,
    scheduled: scheduled.map(({ name }) => name),

    async runSchedule(name) {
      const rule = scheduled.find((each) => each.name === name);
      if (!rule) throw new Error(`EventBridge: expected a rule with a schedule; found no ${name}.`);
      const event = envelope({ source: 'aws.events', detailType: 'Scheduled Event', detail: {} });
      event.resources.push(`arn:aws:events:${region}:${accountId}:rule/${name}`);
      return await Promise.all(deliver(rule, event));
    },
  };
}

function readDetail(text: string): object {
  let detail: unknown;
  try {
    detail = JSON.parse(text);
  } catch {
    // Said below.
  }
  if (typeof detail === 'object' && detail !== null && !Array.isArray(detail)) return detail;
  throw new Error('PutEvents: MalformedDetail: Detail is malformed.');
}
