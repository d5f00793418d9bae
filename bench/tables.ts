import { type FirstResult, type MemorySize, memorySizes } from './measure/first-result.ts';
import type { Measurements } from './measurements.ts';
import type { Spread } from './statistics.ts';
import { net, type Verdict } from './targets.ts';

/** A table as rows of text, the first of them its head. */
export type Rows = string[][];

const number = (value: number, digits = 0) =>
  Number.isFinite(value) ? value.toFixed(digits) : '–';
/** Median, and between which values half of all lie. */
const spread = ({ median, low, high }: Spread, digits = 0) =>
  `${number(median, digits)} (${number(low, digits)}–${number(high, digits)})`;
const minus = ({ median, low, high }: Spread, by: number): Spread => ({
  median: median - by,
  low: low - by,
  high: high - by,
  count: 0,
});

/** Everything measured: a row for each figure, a column for each contestant. */
export function figures(measured: Measurements): Rows {
  const { first, offers, ...others } = measured;
  const labels = [...new Set(Object.values(others).flatMap((part) => Object.keys(part)))];
  const row = <Value>(
    what: string,
    part: Record<string, Value> | undefined,
    text: (value: Value, label: string) => string,
  ): Rows =>
    part
      ? [
          [
            what,
            ...labels.map((label) => {
              const value = part[label];
              return value === undefined ? '' : text(value, label);
            }),
          ],
        ]
      : [];
  const { size, cold, warm, latency, burst, faults, cost, costSingle } = measured;
  const runtimeReady = cold?.empty?.ready.median ?? 0;
  const runtimeFirst = cold?.empty?.firstEvent.median ?? 0;
  const runtimeCpu = cold?.empty?.cpuMs.median ?? 0;
  const floorReady = cold && net(cold, ({ ready }) => ready.median);
  const floorFirst = cold && net(cold, ({ firstEvent }) => firstEvent.median);
  return [
    ['', ...labels],
    ...row('bundle, KB', size, ({ bytes }) => number(bytes / 1000, 1)),
    ...row('bundle gzipped, KB', size, ({ gzippedBytes }) => number(gzippedBytes / 1000, 1)),
    ...row('handler ready, net ms', cold, ({ ready }) => spread(minus(ready, runtimeReady))),
    ...row('… ÷ floor', cold, (_, label) =>
      number((floorReady?.(label) ?? 0) / (floorReady?.('floor') ?? 0), 2),
    ),
    ...row('first event done, net ms', cold, ({ firstEvent }) =>
      spread(minus(firstEvent, runtimeFirst)),
    ),
    ...row('… ÷ floor', cold, (_, label) =>
      number((floorFirst?.(label) ?? 0) / (floorFirst?.('floor') ?? 0), 2),
    ),
    ...row('CPU until then, net ms', cold, ({ cpuMs }) => spread(minus(cpuMs, runtimeCpu))),
    ...row('memory after it, MB', cold, ({ memoryMb }) => spread(memoryMb)),
    ...row('warm CPU per event, ms', warm, ({ cpuMs }) => spread(cpuMs, 2)),
    ...row('… ÷ floor', warm, ({ cpuMs }) =>
      number(cpuMs.median / (warm?.floor?.cpuMs.median ?? 0), 2),
    ),
    ...row('peak memory, MB', warm, ({ memoryMb }) => spread(memoryMb)),
    ...row('… ÷ floor', warm, ({ memoryMb }) =>
      number(memoryMb.median / (warm?.floor?.memoryMb.median ?? 0), 2),
    ),
    ...row('event → result p50, ms', latency, ({ p50 }) => number(p50)),
    ...row('event → result p99, ms', latency, ({ p99 }) => number(p99)),
    ...row('burst: calls a second', burst, ({ callsPerSecond }) => number(callsPerSecond, 2)),
    ...row('burst: calls in the worst second', burst, ({ worstSecond }) => number(worstSecond)),
    ...row("5 % hang: the others' p50, ms", faults, ({ p50 }) => number(p50)),
    ...row("5 % hang: the others' p99, ms", faults, ({ p99 }) => number(p99)),
    ...row('… without a result by the end', faults, ({ late, count }) => `${late} of ${count}`),
    ...row('$ per million, batch 10', cost, ({ total }) => number(total, 2)),
    ...row('… of it SQS / Lambda / logs', cost, ({ sqs, lambda, logs }) =>
      [sqs, lambda, logs].map((part) => number(part, 2)).join(' / '),
    ),
    ...row('$ per million, one by one', costSingle, ({ total }) => number(total, 2)),
  ];
}

/** The first event of a quiet hour: for each memory size what it takes, and what it costs. */
export function firstResults(first: NonNullable<Measurements['first']>): Rows {
  const labels = Object.keys(first[memorySizes[0]]);
  const row = (
    what: string,
    memory: MemorySize,
    text: (one: FirstResult, floor: FirstResult | undefined) => string,
  ) => [
    what,
    ...labels.map((label) => {
      const one = first[memory][label];
      return one ? text(one, first[memory].floor) : '';
    }),
  ];
  return [
    ['', ...labels],
    ...memorySizes.flatMap((memory) => [
      row(`${memory} MB: init, ms`, memory, ({ ready }) => spread(ready)),
      row('… cold to first result, ms', memory, ({ result }) => spread(result)),
      row('… ÷ floor', memory, ({ result }, floor) =>
        number(result.median / (floor?.result.median ?? 0), 2),
      ),
      row('… a warm one, ms', memory, ({ warm }) => spread(warm)),
      row('… $ per million, one by one', memory, ({ cost }) => number(cost.total, 2)),
    ]),
  ];
}

/** What an offer takes until its result, by what becomes of it. */
export const offerUses = (offers: NonNullable<Measurements['offers']>): Rows => [
  ['offer', 's', 'calls', 'receives', '$ per million', 'SQS / Lambda / logs'],
  ...Object.entries(offers).map(([label, { seconds, callsToSuperOffice, receives, cost }]) => [
    label,
    number(seconds, 1),
    number(callsToSuperOffice, 1),
    number(receives, 1),
    number(cost.total, 2),
    [cost.sqs, cost.lambda, cost.logs].map((part) => number(part, 2)).join(' / '),
  ]),
];

export const verdicts = (all: Verdict[]): Rows => [
  ['target', 'limit', 'measured', ''],
  ...all.map(({ what, limit, measured, isMet }) => [
    what,
    number(limit, 2),
    number(measured, 2),
    isMet ? 'met' : `missed by ${number(Math.abs(measured / limit - 1) * 100)} %`,
  ]),
];

/** As Markdown has it, in columns: for the terminal and for docs alike. */
export function toMarkdown(rows: Rows): string {
  const [head = []] = rows;
  const widths = head.map((_, column) =>
    Math.max(3, ...rows.map((cells) => cells[column]?.length ?? 0)),
  );
  const line = (cells: string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = widths.map((width) => '-'.repeat(width));
  return [line(head), line(rule), ...rows.slice(1).map(line)].join('\n');
}
