import { posix } from 'node:path'
import { asObject, asString, field, type Command } from '../../model/index.js'
import { readToml } from '../../text/index.js'
import { containerdConfigFiles, importsOf, isPattern } from '../../runtimes/index.js'
import type { FileCollector } from './file-collector.js'

/** Imports of imports; containerd itself has no limit. */
const ROUNDS = 4

/** Reads the configuration of the containerds of a host, what it imports, and the settings of registries. */
export async function readRuntimeFiles(
  collector: FileCollector,
  commands: readonly Command[],
): Promise<void> {
  const seen = new Set<string>()
  let wanted = containerdConfigFiles(commands, collector.files).map(({ path }) => path)
  for (let round = 0; round < ROUNDS; round += 1) {
    const next: string[] = []
    for (const path of wanted.filter((each) => !seen.has(each))) {
      seen.add(path)
      const text = (await collector.read(path))?.text
      const content = text === undefined ? undefined : readToml(text).document?.value
      if (content === undefined) continue
      const socket = asString(field(content['grpc'], 'address'))
      if (socket?.startsWith('/') === true) await collector.look(socket)
      for (const found of importsOf(content, path)) next.push(...(await expanded(collector, found)))
      for (const plugin of Object.values(asObject(content['plugins']))) {
        const folders = asString(field(field(plugin, 'registry'), 'config_path')) ?? ''
        for (const folder of folders.split(':')) {
          if (folder.startsWith('/')) await collector.readFolder(folder, 1, (name) => name === 'hosts.toml')
        }
      }
    }
    wanted = next
  }
  await collector.readFolder('/etc/containers/registries.conf.d', 0)
}

/** Names in the folder of a pattern; which of them match is asked when the files are put together. */
async function expanded(collector: FileCollector, path: string): Promise<string[]> {
  if (!isPattern(path)) return [path]
  const folder = posix.dirname(path)
  if (isPattern(folder)) return []
  return ((await collector.list(folder)) ?? [])
    .map((name) => posix.join(folder, name))
    .filter((file) => posix.extname(file) === posix.extname(path))
}
