import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

type Resource = { Type: string; Properties?: Record<string, unknown> };
type Template = { Resources: Record<string, Resource>; Outputs?: unknown };

/** What MiniStack refuses, and would not let the rest be deployed for. AWS takes both. */
const refused: readonly [words: string, is: (resource: Resource) => boolean][] = [
  ['saved queries', ({ Type }) => Type === 'AWS::Logs::QueryDefinition'],
  [
    'alarms of metric math',
    ({ Type, Properties = {} }) => Type === 'AWS::CloudWatch::Alarm' && 'Metrics' in Properties,
  ],
];

/** The template without what MiniStack refuses, and what that is, in words. */
export function withoutRefused(template: Template): { template: Template; leftOut: string[] } {
  const entries = Object.entries(template.Resources);
  const kept = entries.filter(([, resource]) => !refused.some(([, is]) => is(resource)));
  return {
    template: { ...template, Resources: Object.fromEntries(kept) },
    leftOut: refused
      .map(([words, is]) => [entries.filter(([, resource]) => is(resource)).length, words] as const)
      .filter(([count]) => count > 0)
      .map(([count, words]) => `${count} ${words}`),
  };
}

/** The same in the cloud assembly of a stack. Resolves to what was left out. */
export function leaveOutRefused(assembly: string, stackName: string): string[] {
  const file = join(assembly, `${stackName}.template.json`);
  const { template, leftOut } = withoutRefused(JSON.parse(readFileSync(file, 'utf8')));
  writeFileSync(file, JSON.stringify(template));
  return leftOut;
}
