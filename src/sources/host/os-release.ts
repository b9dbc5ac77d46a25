import { parseEnvFile } from '../../text/index.js'

/** Fields of an os-release file by name. Source: os-release(5): shell-like assignments. */
export function parseOsRelease(text: string): ReadonlyMap<string, string> {
  return new Map(parseEnvFile(text).assignments.map(({ name, value }) => [name, value.text]))
}
