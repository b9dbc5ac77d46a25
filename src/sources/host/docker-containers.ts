import { posix } from 'node:path'
import {
  CONTAINER_CONFIG,
  CONTAINER_HOST_CONFIG,
  containerOfFiles,
  keptContainerText,
} from '../../docker/index.js'
import type { Command, Host, KubeObject } from '../../model/index.js'
import type { FileCollector } from './file-collector.js'

const DATA_ROOT = '/var/lib/docker'

/** More containers of one host are not read. */
const MOST_CONTAINERS = 2000

/** Folders of containers carry their whole id. */
const ID = /^[0-9a-f]{64}$/

/** Reads what dockerd keeps of its containers, without environment values, labels and commands. */
export async function readContainers(collector: FileCollector, commands: readonly Command[]): Promise<void> {
  for (const root of dataRoots(collector, commands)) {
    const folder = posix.join(root, 'containers')
    const ids = ((await collector.list(folder)) ?? []).filter((name) => ID.test(name))
    if (ids.length > MOST_CONTAINERS) {
      collector.problem('too-large', folder, `more than ${MOST_CONTAINERS} containers; the rest is left out`)
    }
    for (const id of ids.slice(0, MOST_CONTAINERS)) {
      for (const name of [CONTAINER_CONFIG, CONTAINER_HOST_CONFIG]) {
        const path = posix.join(folder, id, name)
        await collector.read(path, (text) => keptContainerText(path, text))
      }
    }
  }
}

/** The containers of a host's daemons, in the form of `docker inspect`. */
export function containerObjects(host: Host): KubeObject[] {
  return [...host.files.values()].flatMap((file) => {
    if (file.text === undefined || posix.basename(file.path) !== CONTAINER_CONFIG) return []
    const folder = posix.dirname(file.path)
    if (!ID.test(posix.basename(folder))) return []
    const found = containerOfFiles(file, host.files.get(posix.join(folder, CONTAINER_HOST_CONFIG)), host.name)
    return found === undefined ? [] : [found]
  })
}

/** Where daemons of this host keep their data: the usual place, and what flags and daemon.json name. */
function dataRoots(collector: FileCollector, commands: readonly Command[]): string[] {
  const roots = new Set([DATA_ROOT])
  for (const { component, args } of commands) {
    if (component !== 'dockerd') continue
    args.forEach(({ value }, index) => {
      const joined = /^(?:--data-root|--graph|-g)=(.+)$/s.exec(value)?.[1]
      const apart = /^(?:--data-root|--graph|-g)$/.test(value) ? args[index + 1]?.value : undefined
      addRoot(roots, joined ?? apart)
    })
  }
  const json = collector.files.get('/etc/docker/daemon.json')?.text ?? ''
  addRoot(roots, /"(?:data-root|graph)"\s*:\s*"([^"\\]{1,4096})"/.exec(json)?.[1])
  return [...roots]
}

function addRoot(roots: Set<string>, path: string | undefined): void {
  if (path?.startsWith('/') === true) roots.add(posix.resolve(path))
}
