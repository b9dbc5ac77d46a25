import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'

export interface Recording {
  readonly corpus: string
  readonly file: string
}

/** Recordings below a folder at any depth, by name: NAME.jsonl[.gz], and requests.jsonl[.gz] beside objects/. */
export function findRecordings(dir: string, names: readonly string[]): Recording[] {
  const found: Recording[] = []
  const walk = (folder: string): void => {
    const entries = readdirSync(folder, { withFileTypes: true })
    const hasObjects = entries.some((entry) => entry.isDirectory() && entry.name === 'objects')
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const file = path.join(folder, entry.name)
      const name = /^(.*)\.jsonl(?:\.gz)?$/.exec(entry.name)?.[1]
      if (entry.isDirectory()) walk(file)
      else if (name === 'requests' && hasObjects) found.push({ corpus: 'recorded-cluster', file })
      else if (name !== undefined && names.includes(name)) found.push({ corpus: name, file })
    }
  }
  walk(dir)
  return found
}

/** The lines of a recording. Throws on a line that is not a JSON object, naming file and line. */
export function readRecording(file: string): Record<string, never>[] {
  const bytes = readFileSync(file)
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  return text
    .split('\n')
    .map((line, index) => ({ line, index }))
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, index }) => {
      try {
        return JSON.parse(line) as Record<string, never>
      } catch (error) {
        throw new Error(`${file}:${index + 1}: ${(error as Error).message}`, { cause: error })
      }
    })
}
