import { styleText } from 'node:util';
import type { ReceivedResult } from '../../contract/parse-result.ts';
import { meaningOf } from './meaning.ts';
import { printable, sideBySide } from './side-by-side.ts';
import { wrap } from './wrap.ts';

/** Writes results as rows of one table, each as it comes. Colours only where the stream takes them. */
export type ResultTable = {
  head(): string;
  row(result: ReceivedResult, calls: readonly string[]): string;
};

type Content = string | number | null | undefined | readonly string[];

type Column = {
  title: string;
  width: number;
  align?: 'right';
  /** Where the terminal is too narrow, the columns with the lowest number go first. */
  goes?: number;
  content: (result: ReceivedResult, calls: readonly string[]) => Content;
};

const columns: readonly Column[] = [
  {
    title: 'chat',
    width: 6,
    align: 'right',
    content: ({ chatSessionId }) => chatSessionId ?? '–',
  },
  { title: 'target', width: 7, content: ({ toAssociate }) => toAssociate ?? '–' },
  { title: 'outcome', width: 16, content: ({ outcome }) => outcome },
  {
    title: 'cause',
    width: 16,
    // The one cause that is wider than its column.
    content: ({ cause }) => cause?.replace('other-transfer-', 'other-transfer-\n').split('\n'),
  },
  { title: 'status', width: 13, goes: 3, content: ({ sessionStatus }) => sessionStatus },
  { title: 'user', width: 7, goes: 4, content: ({ session }) => nameOf(session?.user) },
  { title: 'pending', width: 7, goes: 4, content: ({ session }) => nameOf(session?.transferTo) },
  { title: 'calls', width: 8, goes: 2, content: (_, calls) => calls },
  { title: 'rcv', width: 3, align: 'right', goes: 1, content: ({ receiveCount }) => receiveCount },
  {
    title: 'ms',
    width: 5,
    align: 'right',
    goes: 1,
    content: ({ completedAt, sentAt }) => Date.parse(completedAt) - Date.parse(sentAt),
  },
];

/** Of a stream that does not say. */
const usualWidth = 140;
const gap = 1;
/** Narrower than this, what it means goes on lines of its own. */
const narrowestMeaning = 30;
const indentation = 6;

const colours: Record<string, Parameters<typeof styleText>[0]> = {
  'transfer-pending': 'green',
  assigned: 'green',
  'would-transfer': 'green',
  'not-applied': 'yellow',
  declined: 'yellow',
  unanswered: 'yellow',
  superseded: 'cyan',
  expired: 'cyan',
  failed: 'red',
  unknown: 'red',
  'invalid-event': 'red',
};

export function createResultTable(stream: NodeJS.WriteStream): ResultTable {
  const total = stream.columns || usualWidth;
  const shown = columnsWithin(total);
  const meaningWidth = total - widthOf(shown);
  // A terminal that has lost a column has no room for it either.
  const isWide = meaningWidth >= narrowestMeaning && shown.length === columns.length;
  const painted = (format: Parameters<typeof styleText>[0]) => (text: string) =>
    styleText(format, text, { stream });
  const bold = painted('bold');

  return {
    head() {
      const cells = shown.map(({ title, ...column }) => ({
        ...column,
        lines: [title],
        paint: bold,
      }));
      const meaning = { lines: ['what it means'], width: meaningWidth, paint: bold };
      return sideBySide(isWide ? [...cells, meaning] : cells);
    },
    row(result, calls) {
      const cells = shown.map((column) => ({
        ...column,
        lines: linesOf(column.content(result, calls)),
        ...(column.title === 'outcome' && { paint: painted(colours[result.outcome] ?? 'reset') }),
      }));
      const meaning = printable(meaningOf(result));
      if (isWide) {
        const lines = wrap(meaning, meaningWidth).split('\n');
        return sideBySide([...cells, { lines, width: meaningWidth }]);
      }
      const below = meaning === '' ? '' : `\n${wrap(' '.repeat(indentation) + meaning, total)}`;
      return `${sideBySide(cells)}${below}`;
    },
  };
}

const nameOf = (associate: ReceivedResult['actingAs'] | undefined) =>
  associate?.name ?? associate?.associateId;

const linesOf = (content: Content): readonly string[] =>
  typeof content === 'object' && content !== null ? content : [String(content ?? '')];

const widthOf = (shown: readonly Column[]) =>
  shown.reduce((sum, { width }) => sum + width + gap, 0);

/** The columns that there is room for, in their order. */
function columnsWithin(total: number, shown = columns): readonly Column[] {
  const ranks = shown.flatMap(({ goes }) => goes ?? []);
  if (widthOf(shown) - gap <= total || ranks.length === 0) return shown;
  const first = Math.min(...ranks);
  return columnsWithin(
    total,
    shown.filter(({ goes }) => goes !== first),
  );
}
