import { mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { bundling } from '../build/bundling.ts';
import { standInTenant } from '../local/stack/stand-in-credential.ts';
import { synthesize } from '../local/stack/synthesize.ts';
import { readStack, type SynthesizedStack } from '../local/stack/synthesized-stack.ts';
import { functionByOutput } from '../local/stack/template.ts';
import { templateValues } from '../local/stack/template-values.ts';
import { type Contestant, paceOff, rivals } from './contestants.ts';

/** Synthesizes our stack, and bundles the rivals with the very options it bundles with. */
export async function prepare(
  directory: string,
): Promise<{ contestants: Contestant[]; stack: SynthesizedStack }> {
  mkdirSync(directory, { recursive: true });
  const bundles = Promise.all(rivals.map((name) => bundleRival(name, directory)));
  const stack = readStack(await synthesize(standInTenant));
  const values = templateValues(stack, (queueName) => queueName);
  const routeChat: Contestant = {
    label: 'route-chat',
    name: 'route-chat',
    handlerFile: functionByOutput(stack, values, 'FunctionName').handlerFile,
    environment: paceOff,
  };
  return { contestants: [...(await bundles), routeChat], stack };
}

async function bundleRival(name: (typeof rivals)[number], directory: string): Promise<Contestant> {
  const handlerFile = `${directory}/${name}/index.mjs`;
  await build({
    ...bundling,
    entryPoints: [fileURLToPath(new URL(`./rivals/${name}.ts`, import.meta.url))],
    outfile: handlerFile,
    // axios brings CommonJS along, which asks for Node's modules by `require`.
    ...(name === 'official-client' && { banner: { js: requireBanner } }),
  });
  return { label: name, name, handlerFile, environment: {} };
}

const requireBanner =
  "import{createRequire as bannerRequire}from'node:module';const require=bannerRequire(import.meta.url);";

/** Bytes of a bundle, as it is and as it is sent. */
export function sizeOf({ handlerFile }: Contestant): { bytes: number; gzippedBytes: number } {
  const code = readFileSync(handlerFile);
  return { bytes: code.length, gzippedBytes: gzipSync(code).length };
}
