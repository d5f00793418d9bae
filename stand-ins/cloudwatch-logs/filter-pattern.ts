/** Tells whether a log line is one of those a filter pattern asks for. */
export type Matches = (line: string) => boolean;

type Condition = (value: unknown) => boolean;

const tokenPattern = /\s*(\(|\)|&&|\|\||=|"[^"]*"|\$(?:\.[\w-]+)+)/y;

/**
 * Reads a pattern for JSON lines: `{ $.field = "text" }`, where `*` stands for any text, with `&&`,
 * `||` and parentheses. Nothing at all asks for every line.
 * @throws Error for a pattern that CloudWatch would refuse, or that this reader does not know
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/matching-terms-json-log-events.html
 */
export function parseFilterPattern(pattern: string): Matches {
  if (pattern.trim() === '') return () => true;
  const [, expression] = /^\s*\{(.*)\}\s*$/s.exec(pattern) ?? [];
  if (expression === undefined) throw new Error('No JSON filter pattern.');
  const holds = parseExpression(tokensOf(expression));
  return (line) => {
    const value = jsonOf(line);
    return value !== undefined && holds(value);
  };
}

function tokensOf(expression: string): string[] {
  const tokens: string[] = [];
  const reader = new RegExp(tokenPattern);
  while (reader.lastIndex < expression.trimEnd().length) {
    const [, token] = reader.exec(expression) ?? [];
    if (token === undefined) throw new Error(`Cannot be read: ${expression}`);
    tokens.push(token);
  }
  return tokens;
}

function parseExpression(tokens: string[]): Condition {
  const take = (expected?: string) => {
    const token = tokens.shift();
    if (token === undefined || (expected !== undefined && token !== expected)) {
      throw new Error(`Expected ${expected ?? 'more'}, found ${token ?? 'the end'}.`);
    }
    return token;
  };
  const joined = (operator: string, part: () => Condition, all: boolean): Condition => {
    const parts = [part()];
    while (tokens[0] === operator) {
      take();
      parts.push(part());
    }
    return (value) =>
      all ? parts.every((holds) => holds(value)) : parts.some((holds) => holds(value));
  };
  const term = (): Condition => {
    if (tokens[0] === '(') {
      take();
      const inner = either();
      take(')');
      return inner;
    }
    const selector = take();
    take('=');
    const text = take();
    if (!selector.startsWith('$.') || !text.startsWith('"')) throw new Error('No comparison.');
    const fits = wildcard(text.slice(1, -1));
    return (value) => {
      const found = select(value, selector);
      return typeof found === 'string' && fits.test(found);
    };
  };
  const both = () => joined('&&', term, true);
  const either = (): Condition => joined('||', both, false);
  const holds = either();
  if (tokens.length > 0) throw new Error(`Expected the end, found ${tokens[0]}.`);
  return holds;
}

const select = (value: unknown, selector: string) =>
  selector
    .split('.')
    .slice(1)
    .reduce<unknown>((found, name) => (found as Record<string, unknown> | null)?.[name], value);

const wildcard = (text: string) =>
  new RegExp(`^${text.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`, 's');

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line) ?? undefined;
  } catch {
    return undefined;
  }
}
