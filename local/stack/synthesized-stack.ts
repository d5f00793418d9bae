import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Resource = { Type: string; Properties: Record<string, unknown> };

/** A stack as `cdk synth` leaves it: its template, and where its bundles are. */
export type SynthesizedStack = {
  name: string;
  resources: Record<string, Resource>;
  /** Output values, unresolved, by name. */
  outputs: Record<string, unknown>;
  /** Directory of the asset that CloudFormation would fetch under this key. */
  assetDirectory(s3Key: string): string;
};

type Manifest = {
  artifacts: Record<string, { type: string; properties: { templateFile: string } }>;
};
type Template = {
  Resources: Record<string, Resource>;
  Outputs?: Record<string, { Value: unknown }>;
};
type Assets = { files: Record<string, { source: { path: string } }> };

/**
 * Reads the one stack of a cloud assembly.
 * @throws Error where the directory holds none.
 */
export function readStack(assembly: string): SynthesizedStack {
  const { artifacts } = readJson<Manifest>(join(assembly, 'manifest.json'));
  const [name, stack] =
    Object.entries(artifacts).find(([, { type }]) => type === 'aws:cloudformation:stack') ?? [];
  if (!name || !stack) throw new Error(`${assembly}: expected a synthesized stack, found none.`);
  const templateFile = join(assembly, stack.properties.templateFile);
  const template = readJson<Template>(templateFile);
  const { files } = readJson<Assets>(templateFile.replace('.template.json', '.assets.json'));
  return {
    name,
    resources: template.Resources,
    outputs: Object.fromEntries(
      Object.entries(template.Outputs ?? {}).map(([name, { Value }]) => [name, Value]),
    ),
    assetDirectory(s3Key) {
      const file = files[s3Key.replace(/\.zip$/, '')];
      if (!file) throw new Error(`Template: expected an asset for ${s3Key}, found none.`);
      return join(assembly, file.source.path);
    },
  };
}

const readJson = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8'));
