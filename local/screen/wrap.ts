/** Text for a terminal: lines too long for it go on below, at a blank, set in as they began. */
export function wrap(text: string, width: number): string {
  return text
    .split('\n')
    .map((line) => (line.length <= width ? line : wrapLine(line, width)))
    .join('\n');
}

function wrapLine(line: string, width: number): string {
  const start = startOf(line, width);
  const lines: string[] = [];
  for (const word of line.slice(start.length).split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && start.length + last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return start + lines.join(`\n${' '.repeat(start.length)}`);
}

/** What stands before the last column; of a line that has none, or a narrow one, the indentation. */
function startOf(line: string, width: number): string {
  const [columns = ''] = /^.*\S {2,}(?=\S)/.exec(line) ?? [];
  const [indentation = ''] = /^ */.exec(line) ?? [];
  return columns !== '' && columns.length <= width / 2 ? columns : indentation;
}
