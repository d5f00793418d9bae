/** What a target is handed instead of the whole event. */
export type TargetInput =
  /** JSON text. */
  | { Input: string }
  | { InputPath: string }
  | { InputTransformer: { InputPathsMap?: Record<string, string>; InputTemplate: string } };

/**
 * What a rule hands its target of an event.
 * @throws Error where a template makes no JSON, which EventBridge counts as a failed invocation.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export function inputFor(input: TargetInput | undefined, event: object): unknown {
  if (input === undefined) return event;
  if ('Input' in input) return JSON.parse(input.Input);
  if ('InputPath' in input) return valueAt(event, input.InputPath);
  const { InputPathsMap = {}, InputTemplate } = input.InputTransformer;
  const filled = fillIn(InputTemplate, (name) => {
    const path = InputPathsMap[name];
    // A variable that is not defined, or whose path the event lacks, is empty text.
    return (path === undefined ? undefined : valueAt(event, path)) ?? '';
  });
  try {
    return JSON.parse(filled);
  } catch {
    throw new Error(`Input transformer: expected JSON, made ${filled}`);
  }
}

/** Outside of quotes a variable is its value's JSON, text with its quotes; inside, it is put in as it is. */
function fillIn(template: string, lookUp: (name: string) => unknown): string {
  return template.replace(/<([\w.-]+)>/g, (_, name: string, offset: number) => {
    const value = lookUp(name);
    if (!isInString(template, offset)) return JSON.stringify(value);
    return typeof value === 'string' ? value : JSON.stringify(value);
  });
}

const isInString = (template: string, offset: number) =>
  (template.slice(0, offset).match(/(?<!\\)"/g) ?? []).length % 2 === 1;

/** Dots and indices, as in `$.detail.chats[0].id`. */
function valueAt(event: object, path: string): unknown {
  const steps = path.replace(/^\$\.?/, '').match(/[^.[\]]+/g) ?? [];
  return steps.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, step)
        ? (value as Record<string, unknown>)[step]
        : undefined,
    event,
  );
}
