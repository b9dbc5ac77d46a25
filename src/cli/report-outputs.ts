import { InvalidArgumentError } from 'commander'
import { RampartError } from '../model/index.js'

export const FORMATS = [
  'text',
  'json',
  'sarif',
  'markdown',
  'html',
  'junit',
  'gitlab',
  'openreports',
] as const
export type Format = (typeof FORMATS)[number]

/** One report that the user wants, and the file for it; without one it goes to standard output. */
export interface ReportOutput {
  readonly format: Format
  readonly file?: string
}

/** Reads `-o FORMAT` and `-o FORMAT=FILE`, which may be given again for a report more of the same result. */
export function collectOutputs(
  value: string,
  previous: readonly ReportOutput[] = [],
): readonly ReportOutput[] {
  const equals = value.indexOf('=')
  const name = equals < 0 ? value : value.slice(0, equals)
  const format = FORMATS.find((known) => known === name)
  if (format === undefined) throw new InvalidArgumentError(`It must be one of ${FORMATS.join(', ')}.`)
  const file = equals < 0 ? undefined : value.slice(equals + 1)
  if (file === '') throw new InvalidArgumentError(`After \`${name}=\` a file must be named.`)
  return [...previous, file === undefined ? { format } : { format, file }]
}

/**
 * The reports to write: text to standard output where none is named. `outputFile` is where the only one without a file
 * goes.
 * @throws RampartError `usage` when two reports would go to the same place.
 */
export function reportOutputs(
  named: readonly ReportOutput[] | undefined,
  outputFile: string | undefined,
): readonly ReportOutput[] {
  const asked: readonly ReportOutput[] = named ?? [{ format: 'text' }]
  const loose = asked.filter(({ file }) => file === undefined)
  if (loose.length > 1)
    throw new RampartError(
      'usage',
      `only one report can go to standard output: name a file for the others, as in \`-o ${loose[1]?.format ?? ''}=FILE\``,
    )
  if (outputFile !== undefined && loose.length === 0)
    throw new RampartError(
      'usage',
      'each report has its file already: `--output-file` is for one that has none',
    )
  const outputs = asked.map((output) =>
    output.file === undefined && outputFile !== undefined ? { ...output, file: outputFile } : output,
  )
  const files = outputs.flatMap(({ file }) => file ?? [])
  const twice = files.find((file, index) => files.indexOf(file) !== index)
  if (twice !== undefined) throw new RampartError('usage', `two reports would be written to \`${twice}\``)
  return outputs
}
