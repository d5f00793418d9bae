import stringWidth from 'string-width';

export type Cell = {
  /** Each cut to the width. */
  lines: readonly string[];
  width: number;
  align?: 'right';
  /** Colours a line that has been brought to its width. */
  paint?: (text: string) => string;
};

/** Puts cells beside each other, a blank between them: as many lines as the highest has. */
export function sideBySide(cells: readonly Cell[]): string {
  const height = Math.max(...cells.map(({ lines }) => lines.length));
  return Array.from({ length: height }, (_, index) =>
    cells
      .map(({ lines, width, align, paint = (text) => text }) =>
        paint(pad(cut(lines[index] ?? '', width), width, align)),
      )
      .join(' ')
      .trimEnd(),
  ).join('\n');
}

function pad(text: string, width: number, align: Cell['align']): string {
  const blanks = ' '.repeat(width - stringWidth(text));
  return align === 'right' ? blanks + text : text + blanks;
}

/** Whoever sends an event chooses names: they may hold what a terminal obeys. */
export const printable = (text: string) => text.replaceAll(/\p{Cc}/gu, '');

function cut(text: string, width: number): string {
  const plain = printable(text);
  if (stringWidth(plain) <= width) return plain;
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(plain)) {
    if (stringWidth(kept + segment) >= width) break;
    kept += segment;
  }
  return `${kept}…`;
}
