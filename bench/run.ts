import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { runCommand } from '../cli/command-line/run-command.ts';
import { prepare } from './bundles.ts';
import { measure } from './measurements.ts';
import { type Options, readOptions, usage } from './options.ts';
import { plotCalls } from './plot.ts';
import { prices } from './prices.ts';
import { figures, firstResults, offerUses, toMarkdown, verdicts } from './tables.ts';
import { judge } from './targets.ts';

const results = fileURLToPath(new URL('./results/', import.meta.url));
const plotFile = fileURLToPath(new URL('../docs/performance.svg', import.meta.url));

process.exitCode = await runCommand(usage, async () => {
  const options = readOptions(process.argv.slice(2));
  if (options) await bench(options);
  else console.log(usage);
  return 0;
});

async function bench(options: Options): Promise<void> {
  const startedAt = performance.now();
  const seconds = () => Math.round((performance.now() - startedAt) / 1000);

  mkdirSync(results, { recursive: true });
  console.error('Building the bundles');
  const { contestants } = await prepare(`${results}build`);
  const measured = await measure(contestants, options, (part) => {
    console.error(`${String(seconds()).padStart(4)} s  ${part}`);
  });

  const [cpu] = cpus();
  const machine = {
    cpu: `${cpus().length} × ${cpu?.model.trim()}`,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
  };
  const judged = judge(measured);
  const about = {
    date: new Date().toISOString().slice(0, 10),
    command: ['npm run bench', ...process.argv.slice(2)].join(' '),
    machine,
    tookSeconds: seconds(),
    pricesOf: prices.date,
  };
  const table = [
    `${machine.cpu}, ${machine.memoryGb} GB, ${machine.platform}, Node ${machine.node}; ${about.date}; took ${about.tookSeconds} s.`,
    'Medians, and in brackets between which values half of all lie. Net: without what the runtime alone takes.',
    '',
    toMarkdown(figures(measured)),
    ...(measured.first ? ['', toMarkdown(firstResults(measured.first))] : []),
    ...(measured.offers ? ['', toMarkdown(offerUses(measured.offers))] : []),
    '',
    toMarkdown(verdicts(judged)),
    '',
  ].join('\n');

  writeFileSync(
    `${results}results.json`,
    JSON.stringify({ ...about, measured, verdicts: judged }, null, 2),
  );
  writeFileSync(`${results}table.md`, table);
  if (measured.burst && !options.isQuick) {
    const series = Object.entries(measured.burst);
    writeFileSync(
      plotFile,
      plotCalls(series.map(([label, { perSecond: values }]) => ({ label, values }))),
    );
  }
  console.log(table);
}
