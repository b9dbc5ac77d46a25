import { stat } from 'node:fs/promises'
import { findFiles, openRegular } from '../objects/index.js'

const HEAD = 64 * 1024
const MOST_FILES = 5000

/** `items` of a list behind nothing but its other short fields, as kubectl and the API server write lists. */
const JSON_LIST =
  /^\uFEFF?\s*\{\s*(?:"(?:apiVersion|kind)"\s*:\s*"[^"]{0,200}"\s*,\s*|"metadata"\s*:\s*\{[^{}]{0,500}\}\s*,\s*)*"items"\s*:\s*(?:\[|null)/
const YAML_LIST = /^items:/m

/** Only a server sets these: they tell an export from a list that somebody wrote. */
const JSON_LIVE = /"(?:creationTimestamp|uid|resourceVersion)"\s*:\s*"[^"]/
const YAML_LIVE = /^ +(?:creationTimestamp: ["']?\d|uid: ["']?[\da-f]{8}-|resourceVersion: ["']?\d)/m

type Looks = 'live' | 'list' | 'other'

/**
 * Whether a file, or each file of a folder, is a list that a cluster gave: `kubectl get ... -o json|yaml`, or the
 * folder of `kubectl cluster-info dump --output-directory`. Looks at the beginning of files alone.
 */
export async function isExport(name: string): Promise<boolean> {
  const found = await stat(name).catch(() => undefined)
  if (found?.isFile() === true) return (await looksOf(name)) === 'live'
  if (found?.isDirectory() !== true) return false
  const { files } = await findFiles(name)
  if (files.length > MOST_FILES) return false
  let live = false
  for (const file of files) {
    const looks = await looksOf(file)
    if (looks === 'other') return false
    live ||= looks === 'live'
  }
  return live
}

async function looksOf(file: string): Promise<Looks> {
  const opened = await openRegular(file)
  if ('problem' in opened) return 'other'
  try {
    const { buffer, bytesRead } = await opened.handle.read(Buffer.alloc(HEAD), 0, HEAD, 0)
    return looksOfText(buffer.toString('utf8', 0, bytesRead))
  } catch {
    return 'other'
  } finally {
    await opened.handle.close()
  }
}

function looksOfText(head: string): Looks {
  if (/^\uFEFF?\s*\{/.test(head)) {
    if (!JSON_LIST.test(head)) return 'other'
    return JSON_LIVE.test(head) ? 'live' : 'list'
  }
  if (!YAML_LIST.test(head)) return 'other'
  return YAML_LIVE.test(head) ? 'live' : 'list'
}
