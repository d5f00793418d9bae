import { styleText } from 'node:util';
import Table from 'cli-table3';
import type { ReceivedResult } from '../contract/parse-result.ts';
import { meaningOf } from './meaning.ts';

/** Writes results as rows of one table, each as it comes. Colours only where the stream takes them. */
export type ResultTable = {
  head(): string;
  row(result: ReceivedResult, way: readonly string[]): string;
};

type Column = { title: string; width: number; align?: 'right' };

const columns = [
  { title: 'chat', width: 6, align: 'right' },
  { title: 'target', width: 7 },
  { title: 'outcome', width: 16 },
  { title: 'cause', width: 16 },
  { title: 'status', width: 13 },
  { title: 'user', width: 7 },
  { title: 'pending', width: 7 },
  { title: 'way', width: 8 },
  { title: 'rcv', width: 3, align: 'right' },
  { title: 'ms', width: 5, align: 'right' },
] as const satisfies readonly Column[];

const widest = 140;
const gap = 1;
const leftOfMeaning = columns.reduce((sum, { width }) => sum + width + gap, 0);
/** Narrower than this, what it means goes on lines of its own. */
const narrowestMeaning = 30;
/** What a function says of a wrong event can be long. */
const longestMeaning = 160;

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
  const meaningWidth = total - leftOfMeaning;
  const isWide = meaningWidth >= narrowestMeaning;
  const paint = (format: Parameters<typeof styleText>[0], text: string) =>
    styleText(format, text, { stream });

  const line = (cells: string[], meaning: string) => {
    const below = isWide ? '' : `\n${indent(meaning, total)}`;
    return `${render(cells, isWide ? { text: meaning, width: meaningWidth } : undefined)}${below}`;
  };

  return {
    head: () => {
      const titles = columns.map(({ title }) => paint('bold', title));
      return line(titles, isWide ? paint('bold', 'what it means') : '').trimEnd();
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
      return line(cells.map(String), cut(meaningOf(result), longestMeaning));
    },
  };
}

const cut = (text: string, longest: number) =>
  text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;

function render(cells: string[], meaning?: { text: string; width: number }): string {
  const widths = columns.map(({ width }) => width + gap);
  const table = new Table({
    chars: borderless,
    style: { 'padding-left': 0, 'padding-right': gap, head: [], border: [] },
    colWidths: meaning ? [...widths, meaning.width + gap] : widths,
    colAligns: columns.map((column: Column) => column.align ?? 'left'),
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

/** Words in lines of the given width, set in under their row. */
function indent(text: string, width: number): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width - 6) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines.map((one) => `      ${one}`).join('\n');
}
