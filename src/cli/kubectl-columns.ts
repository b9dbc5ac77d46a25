const MIN_WIDTH = 6
const PADDING = 3

/**
 * Columns as kubectl pads them: at least six wide, three blanks behind the longest cell, the last cell as it is.
 * Source: kubernetes v1.36.2 cli-runtime pkg/printers/tabwriter.go and the tabwriter that it uses.
 */
export function kubectlColumns(rows: readonly (readonly string[])[]): string {
  const widths: number[] = []
  for (const row of rows) {
    row.slice(0, -1).forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? MIN_WIDTH, Array.from(cell).length + PADDING)
    })
  }
  const padded = (cell: string, column: number, row: readonly string[]): string =>
    column === row.length - 1 ? cell : cell + ' '.repeat((widths[column] ?? 0) - Array.from(cell).length)
  return rows.map((row) => `${row.map(padded).join('')}\n`).join('')
}
