import { callTimeoutMs } from '../runtime/superoffice.ts';
import { faultlessLabel, type Measurements, pacedLabel } from './measurements.ts';

/** One promise, held against what was measured. */
export type Verdict = { what: string; limit: number; measured: number; isMet: boolean };

const ours = 'route-chat';
/** What SuperOffice allows a tenant in any second. */
export const superOfficeLimit = 10;

const atMost = (what: string, limit: number, measured: number): Verdict => ({
  what,
  limit,
  measured,
  isMet: measured <= limit,
});

const atLeast = (what: string, limit: number, measured: number): Verdict => ({
  what,
  limit,
  measured,
  isMet: measured >= limit,
});

/** The verdicts on whatever was measured. Net means: without what the runtime alone takes. */
export function judge(measured: Measurements): Verdict[] {
  const { size, cold, first, warm, burst, faults, cost } = measured;
  return [
    ...(size ? [atMost('bundle, minified: KB', 270, of(size, ours).bytes / 1000)] : []),
    ...(cold ? judgeCold(cold) : []),
    ...(first
      ? [
          atMost(
            'first result at 256 MB ÷ floor',
            0.6,
            ratio(first[256], 'floor', ({ result }) => result.median),
          ),
        ]
      : []),
    ...(warm
      ? [
          atMost(
            'warm CPU per event ÷ floor',
            1.24,
            ratio(warm, 'floor', ({ cpuMs }) => cpuMs.median),
          ),
          atMost(
            'peak memory ÷ floor',
            1.1,
            ratio(warm, 'floor', ({ memoryMb }) => memoryMb.median),
          ),
        ]
      : []),
    ...(burst
      ? [
          atLeast('burst: share of the allowed rate', 0.95, of(burst, ours).shareOfRate),
          atMost('burst: calls in the worst second', superOfficeLimit, of(burst, ours).worstSecond),
        ]
      : []),
    ...(faults
      ? [
          atMost(
            "5 % hang: the others' p50 ÷ without faults",
            1.1,
            of(faults, ours).p50 / of(faults, faultlessLabel).p50,
          ),
          atMost(
            "5 % hang: the others' p99, s",
            callTimeoutMs / 1000 + 1,
            of(faults, ours).p99 / 1000,
          ),
        ]
      : []),
    ...(cost
      ? [
          atMost(
            'cost at batch 10, no pace ÷ powertools',
            1,
            of(cost, ours).total / of(cost, 'powertools').total,
          ),
          atMost(
            'cost at batch 10, at its pace ÷ powertools without one',
            1,
            of(cost, pacedLabel).total / of(cost, 'powertools').total,
          ),
        ]
      : []),
  ];
}

function judgeCold(cold: NonNullable<Measurements['cold']>): Verdict[] {
  const ready = net(cold, ({ ready }) => ready.median);
  const firstEvent = net(cold, ({ firstEvent }) => firstEvent.median);
  return [
    atMost('handler ready, net ÷ floor', 1.25, ready(ours) / ready('floor')),
    atMost('handler ready, net ÷ powertools', 0.8, ready(ours) / ready('powertools')),
    atMost('handler ready, net ÷ official-client', 0.5, ready(ours) / ready('official-client')),
    atMost('first event, net ÷ floor', 1.25, firstEvent(ours) / firstEvent('floor')),
  ];
}

/** A figure without what the runtime alone takes. */
export function net<Value>(all: Record<string, Value>, figure: (value: Value) => number) {
  const runtime = figure(of(all, 'empty'));
  return (label: string) => figure(of(all, label)) - runtime;
}

function ratio<Value>(
  all: Record<string, Value>,
  to: string,
  figure: (value: Value) => number,
): number {
  return figure(of(all, ours)) / figure(of(all, to));
}

function of<Value>(all: Record<string, Value>, label: string): Value {
  const found = all[label];
  if (found === undefined) throw new Error(`Bench: ${label} was not measured.`);
  return found;
}
