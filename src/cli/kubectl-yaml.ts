import { stringify } from 'yaml'

/** A value as kubectl prints it with `-o yaml`: keys in order, lists not indented, ends with a newline. */
export function kubectlYaml(value: object): string {
  return stringify(value, {
    // go-yaml takes `n` and `on` for switches: texts like these are quoted.
    version: '1.1',
    indentSeq: false,
    sortMapEntries: true,
    aliasDuplicateObjects: false,
  })
}
