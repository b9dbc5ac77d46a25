import type { Fix, JsonPath, Origin } from '../../model/index.js'
import type { Containerd } from '../../runtimes/index.js'
import { advice } from '../precondition.js'

/** A change of containerd's configuration in words: section, key and value, where it stands now, and what to restart. */
export function changeToml(
  containerd: Containerd,
  path: JsonPath,
  value: string,
  origin: Origin,
  breaks?: string,
): Fix {
  const section = path.slice(0, -1).map(tomlKey).join('.')
  const line = `\`${tomlKey(path.at(-1) ?? '')} = ${value}\` under \`[${section}]\``
  const place = 'line' in origin && origin.line !== undefined ? ` (now ${origin.file}:${origin.line})` : ''
  const { template, unit } = containerd
  const where =
    template === undefined
      ? `in ${'file' in origin ? origin.file : containerd.path}`
      : `in ${template}, from which ${unit} writes ${containerd.path} again at each start (begin it with \`{{ template "base" . }}\`)`
  const text = `Set ${line} ${where}${place}, then \`systemctl restart ${unit}\`; running containers go on.`
  return {
    ...advice(text, breaks === undefined ? {} : { breaks }),
    restart: unit,
    verify: 'containerd config dump',
  }
}

function tomlKey(step: string | number): string {
  const key = String(step)
  return /^[\w-]+$/.test(key) ? key : JSON.stringify(key)
}
