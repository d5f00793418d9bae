import type { EventPattern } from '../../stand-ins/eventbridge/event-pattern.ts';
import type { TargetInput } from '../../stand-ins/eventbridge/target-input.ts';
import type { SynthesizedStack } from './synthesized-stack.ts';
import { ofType } from './template.ts';
import { nameInArn, type TemplateValues } from './template-values.ts';

export type RuleResource = {
  name: string;
  busName: string;
  /** A rule without one has a schedule. */
  eventPattern?: EventPattern;
  targets: { functionLogicalId: string; input?: TargetInput; deadLetterQueueArn?: string }[];
};

type Target = { Arn: unknown; DeadLetterConfig?: { Arn: unknown } };

/** EventBridge's rules, each with the functions it invokes. */
export function rulesOf(stack: SynthesizedStack, values: TemplateValues): RuleResource[] {
  return ofType(stack, 'AWS::Events::Rule').map(([logicalId, { Properties }]) => {
    const { Name = logicalId, EventBusName = 'default', EventPattern, Targets = [] } = Properties;
    return {
      name: values.resolve(Name),
      busName: values.resolve(EventBusName),
      ...(EventPattern !== undefined && {
        eventPattern: resolveWithin(EventPattern, values) as EventPattern,
      }),
      targets: (Targets as Target[]).map(({ Arn, DeadLetterConfig, ...rest }) => {
        const inputs = Object.entries(rest).filter(([key]) => key.startsWith('Input'));
        const input = resolveWithin(Object.fromEntries(inputs), values) as TargetInput;
        return {
          functionLogicalId: nameInArn(values.resolve(Arn)),
          ...(inputs.length > 0 && { input }),
          ...(DeadLetterConfig && { deadLetterQueueArn: values.resolve(DeadLetterConfig.Arn) }),
        };
      }),
    };
  });
}

/** The buses the stack makes; the account's default bus is not among them. */
export const eventBusNamesOf = (stack: SynthesizedStack, values: TemplateValues) =>
  ofType(stack, 'AWS::Events::EventBus').map(([logicalId]) => values.resolve({ Ref: logicalId }));

/** The same value, with what CloudFormation fills in wherever it stands. */
function resolveWithin(value: unknown, values: TemplateValues): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((part) => resolveWithin(part, values));
  const entries = Object.entries(value);
  const [[key] = ['']] = entries;
  if (entries.length === 1 && /^(Ref|Fn::.+)$/.test(key)) return values.resolve(value);
  return Object.fromEntries(entries.map(([name, part]) => [name, resolveWithin(part, values)]));
}
