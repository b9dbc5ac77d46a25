import { RampartError } from '../../../../model/index.js'

/** A line of a configuration. */
export interface ConfigPlace {
  readonly file: string
  readonly line: number
}

/** `/root/.ssh/config line 4`. */
export function placeText({ file, line }: ConfigPlace): string {
  return `${file} line ${line}`
}

/** What a configuration says and we cannot follow: wrong, or more than we do. Nothing was connected. */
export function configFault(at: ConfigPlace, what: string): RampartError {
  return new RampartError('usage', `${placeText(at)}: ${what}`)
}
