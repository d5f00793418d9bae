import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundling } from '../build/bundling.ts';
import { paceOff } from './contestants.ts';
import { batchOf } from './events.ts';
import { startSandbox } from './sandbox.ts';
import { startStandIns } from './stand-ins.ts';
import { toMarkdown } from './tables.ts';

/*
 * Says where the time of our function goes, by package: of a cold start with its first event, or
 * of warm batches.
 *
 *   node bench/profile.ts cold
 *   node bench/profile.ts warm
 */

type Frame = { functionName: string; url: string; lineNumber: number };
type Node = { id: number; callFrame: Frame; children?: number[] };
type Profile = { nodes: Node[]; samples: number[]; timeDeltas: number[] };

const runs = {
  cold: { processes: 10, batches: 1, size: 1 },
  warm: { processes: 2, batches: 150, size: 10 },
};

const kind = process.argv[2] === 'warm' ? 'warm' : 'cold';
const { processes, batches, size } = runs[kind];
const directory = mkdtempSync(join(tmpdir(), 'profile-'));
const handlerFile = join(directory, 'index.mjs');

// Not minified, so that esbuild names each module in a comment before it.
await build({
  ...bundling,
  minify: false,
  entryPoints: ['functions/route-chat/handler.ts'],
  outfile: handlerFile,
});
const modules = moduleOfEachLine(readFileSync(handlerFile, 'utf8'));
const contestant = {
  label: 'route-chat',
  name: 'route-chat',
  handlerFile,
  environment: paceOff,
} as const;
const profiles = join(directory, 'profiles');
for (let run = 0; run < processes; run += 1) {
  const standIns = await startStandIns(contestant, { isRemote: true });
  const flags = ['--cpu-prof', '--cpu-prof-interval=200', `--cpu-prof-dir=${profiles}`];
  const sandbox = await startSandbox(handlerFile, standIns.environment, flags);
  for (let batch = 0; batch < batches; batch += 1) await sandbox.invoke(batchOf(size));
  await sandbox.close();
  await standIns.close();
}

const spent = new Map<string, number>();
for (const file of readdirSync(profiles)) {
  const profile: Profile = JSON.parse(readFileSync(join(profiles, file), 'utf8'));
  for (const [what, microseconds] of timesOf(profile)) {
    spent.set(what, (spent.get(what) ?? 0) + microseconds);
  }
}
spent.delete('(idle)');
const all = [...spent.values()].reduce((sum, microseconds) => sum + microseconds, 0);
const events = processes * batches * size;
const rows = [...spent]
  .sort(([, one], [, other]) => other - one)
  .slice(0, 16)
  .map(([what, microseconds]) => [
    what,
    (microseconds / 1000 / events).toFixed(3),
    `${((microseconds / all) * 100).toFixed(1)} %`,
  ]);
console.log(toMarkdown([['where', 'ms per event', 'share'], ...rows]));

/** Microseconds by where they were spent. */
function timesOf({ nodes, samples, timeDeltas }: Profile): Map<string, number> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(
    nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])),
  );
  const times = new Map<string, number>();
  for (const [index, id] of samples.entries()) {
    const what = placeOf(byId.get(id)?.callFrame);
    // Node's own work for somebody counts as theirs, but for what has a name of its own.
    let place = what;
    for (let at = parents.get(id); place === 'node' && at !== undefined; at = parents.get(at)) {
      const caller = placeOf(byId.get(at)?.callFrame);
      if (!caller.startsWith('(')) place = caller;
    }
    times.set(place, (times.get(place) ?? 0) + (timeDeltas[index] ?? 0));
  }
  return times;
}

function placeOf(frame: Frame | undefined): string {
  if (!frame) return 'node';
  const { functionName, url, lineNumber } = frame;
  if (url.startsWith('file:') && url.includes(directory)) return modules[lineNumber] ?? 'node';
  if (url.includes('deps/undici')) return "undici (Node's fetch)";
  if (functionName === 'compileForInternalLoader') return "(loading Node's own modules)";
  if (functionName === 'compileSourceTextModule') return '(compiling the bundle)';
  if (url === '' && functionName.startsWith('(')) return functionName;
  if (/^write/.test(functionName)) return '(writing to sockets and log)';
  return 'node';
}

function moduleOfEachLine(code: string): string[] {
  let current = 'esbuild';
  return code.split('\n').map((line) => {
    const path = /^\/\/ ((?:node_modules|functions|superoffice|contract)\/.*)$/.exec(line)?.[1];
    if (path?.startsWith('node_modules')) {
      current = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? path;
    } else if (path) current = 'ours';
    return current;
  });
}
