import { styleText } from 'node:util';
import Table from 'cli-table3';
import type { ReceivedResult } from '../../contract/parse-result.ts';
import { meaningOf } from './meaning.ts';
import { wrap } from './wrap.ts';

/** Writes results as rows of one table, each as it comes. Colours only where the stream takes them. */
export type ResultTable = {
  head(): string;
  row(result: ReceivedResult, way: readonly string[]): string;
};

type Column = {
  title: string;
  width: number;
  align?: 'right';
  /** Where the terminal is too narrow, the columns with the lowest number go first. */
  goes?: number;
};

const columns = [
  { title: 'chat', width: 6, align: 'right' },
  { title: 'target', width: 7 },
  { title: 'outcome', width: 16 },
  { title: 'cause', width: 16 },
  { title: 'status', width: 13, goes: 3 },
  { title: 'user', width: 7, goes: 2 },
  { title: 'pending', width: 7, goes: 2 },
  { title: 'way', width: 8, goes: 4 },
  { title: 'rcv', width: 3, align: 'right', goes: 1 },
  { title: 'ms', width: 5, align: 'right', goes: 1 },
] as const satisfies readonly Column[];

const widest = 140;
const gap = 1;
/** Narrower than this, what it means goes on lines of its own. */
const narrowestMeaning = 30;
const indentation = 6;

const colours: Record<string, Parameters<typeof styleText>[0]> = {
  'transfer-pending': 'green',
  assigned: 'green',
  'not-applied': 'yellow',
  superseded: 'cyan',
  expired: 'cyan',
  failed: 'red',
  unknown: 'red',
  'invalid-event': 'red',
};

export function createResultTable(stream: NodeJS.WriteStream): ResultTable {
  const total = Math.min(stream.columns || widest, widest);
  const shown = columnsWithin(total);
  const meaningWidth = total - widthOf(shown);
  // A terminal that has lost a column has no room for it either.
  const isWide = meaningWidth >= narrowestMeaning && shown.length === columns.length;
  const paint = (format: Parameters<typeof styleText>[0], text: string) =>
    styleText(format, text, { stream });

  const line = (all: string[], meaning: string) => {
    const cells = shown.map((column) => all[columns.indexOf(column)] ?? '');
    if (isWide) return render(shown, cells, { text: meaning, width: meaningWidth });
    const below = meaning === '' ? '' : `\n${wrap(' '.repeat(indentation) + meaning, total)}`;
    return `${render(shown, cells)}${below}`;
  };

  return {
    head: () => {
      const titles = columns.map(({ title }) => paint('bold', title));
      return line(titles, isWide ? paint('bold', 'what it means') : '');
    },
    row(result, way) {
      const { outcome, session } = result;
      const cells = [
        result.chatSessionId ?? '–',
        result.toAssociate ?? '–',
        paint(colours[outcome] ?? 'reset', outcome),
        // The one cause that is wider than its column.
        (result.cause ?? '').replace('other-transfer-', 'other-transfer-\n'),
        result.sessionStatus ?? '',
        session?.user?.name ?? session?.user?.associateId ?? '',
        session?.transferTo?.name ?? session?.transferTo?.associateId ?? '',
        way.join('\n'),
        result.receiveCount,
        Date.parse(result.completedAt) - Date.parse(result.sentAt),
      ];
      return line(cells.map(String), meaningOf(result));
    },
  };
}

type Columns = readonly (typeof columns)[number][];

const widthOf = (shown: Columns) => shown.reduce((sum, { width }) => sum + width + gap, 0);

/** The columns that there is room for, in their order. */
function columnsWithin(total: number, shown: Columns = columns): Columns {
  const ranks = shown.flatMap((column: Column) => column.goes ?? []);
  if (widthOf(shown) <= total || ranks.length === 0) return shown;
  const first = Math.min(...ranks);
  return columnsWithin(
    total,
    shown.filter((column: Column) => column.goes !== first),
  );
}

function render(
  shown: Columns,
  cells: string[],
  meaning?: { text: string; width: number },
): string {
  const widths = shown.map(({ width }) => width + gap);
  const table = new Table({
    chars: borderless,
    style: { 'padding-left': 0, 'padding-right': gap, head: [], border: [] },
    colWidths: meaning ? [...widths, meaning.width + gap] : widths,
    colAligns: shown.map((column: Column) => column.align ?? 'left'),
    wordWrap: true,
  });
  // Wrapping is for what it means and for line breaks of our own; a long name is cut.
  const fitted = cells.map((content) => ({ content, wordWrap: content.includes('\n') }));
  table.push(meaning ? [...fitted, { content: meaning.text }] : fitted);
  return table
    .toString()
    .split('\n')
    .map((row) => row.trimEnd())
    .join('\n');
}

const borderless = Object.fromEntries(
  [
    ...['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left'],
    ...['bottom-right', 'left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'],
  ].map((name) => [name, '']),
) as Table.TableInstanceOptions['chars'];
