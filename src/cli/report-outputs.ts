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
export type Format = (typeof FORMATS)[number] | 'csv'

/** The formats of a benchmark's report; `csv` is one of these alone. */
export const BENCHMARK_FORMATS = ['text', 'json', 'csv', 'html'] as const satisfies readonly Format[]

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
  const format = [...FORMATS, 'csv' as const].find((known) => known === name)
  if (format === undefined) throw new InvalidArgumentError(`It must be one of ${FORMATS.join(', ')}.`)
  const file = equals < 0 ? undefined : value.slice(equals + 1)
  if (file === '') throw new InvalidArgumentError(`After \`${name}=\` a file must be named.`)
  return [...previous, file === undefined ? { format } : { format, file }]
}

/**
 * The reports to write: text to standard output where none is named. `outputFile` is where the only one without a file
 * goes; `known` are the formats that the report can have.
 * @throws RampartError `usage` when two reports would go to the same place, or a format is none of `known`.
 */
export function reportOutputs<Known extends Format>(
  named: readonly ReportOutput[] | undefined,
  outputFile: string | undefined,
  known: readonly Known[],
): readonly (ReportOutput & { readonly format: Known })[] {
  const asked = (named ?? [{ format: 'text' }]).map((output) => {
    const format = known.find((one) => one === output.format)
    if (format !== undefined) return { ...output, format }
    throw new RampartError(
      'usage',
      `there is no report of format \`${output.format}\` here: ${known.join(', ')}`,
    )
  })
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
