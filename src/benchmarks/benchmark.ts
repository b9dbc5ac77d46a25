import type { BenchmarkId } from '../model/index.js'

/** One control: its number, and our own title of it. The texts of the benchmarks themselves are not free. */
export interface Control {
  readonly number: string
  readonly title: string
  /** The checks that judge it, by id or as `prefix-*`, where it is not their references that name its number. */
  readonly checks?: readonly string[]
  /** Where one check asks about the files of several controls: what of its evidence belongs to this one. */
  readonly only?: FileControl
  /** Why no configuration or object can show it, and what a person would look at. */
  readonly byHand?: string
}

/** A control about the mode or the owner of certain files. Folders on the way to them belong to it too. */
export interface FileControl {
  readonly access: 'mode' | 'owner'
  readonly file?: RegExp
}

export interface Benchmark {
  readonly id: BenchmarkId
  readonly name: string
  /** What the edition is for, one line. */
  readonly edition: string
  /** As the references of checks begin that name its controls; none where controls name their checks themselves. */
  readonly reference?: string
  readonly sections: Readonly<Record<string, string>>
  readonly controls: readonly Control[]
}

/** A row of a benchmark's table: number, title, and why only a person can judge it. */
export type Row = readonly [number: string, title: string, byHand?: string]

/** The controls of a table; `files` says of some by their number which files they are about. */
export function controlsOf(rows: readonly Row[], files: Readonly<Record<string, RegExp>>): Control[] {
  return rows.map(([number, title, byHand]) => {
    const [, word] = /^(Mode|Owner) of /.exec(title) ?? []
    const file = files[number]
    return {
      number,
      title,
      ...(byHand === undefined ? {} : { byHand }),
      ...(word === undefined
        ? {}
        : { only: { access: word === 'Mode' ? 'mode' : 'owner', ...(file === undefined ? {} : { file }) } }),
    }
  })
}

/** The title of the section that a control stands in: of the longest number that begins its own. */
export function sectionOf({ sections }: Benchmark, { number }: Control): string {
  const best = Object.keys(sections)
    .filter((section) => number.startsWith(`${section}.`))
    .sort((a, b) => b.length - a.length)[0]
  return best === undefined ? '' : (sections[best] ?? '')
}
