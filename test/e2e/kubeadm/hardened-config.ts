import { readFileSync, writeFileSync } from 'node:fs'
import { parseAllDocuments } from 'yaml'
import { NODE_NAME } from './machine-script.js'

/** What a machine without systemd and with cgroup v1 needs on top, by the kind of the document. */
function sandbox(cgroup: string): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  return {
    InitConfiguration: { 'nodeRegistration.name': NODE_NAME },
    KubeletConfiguration: {
      cgroupDriver: 'cgroupfs',
      cgroupRoot: `/${cgroup}`,
      failCgroupV1: false,
      failSwapOn: false,
      // A full disk of the machine that tests is no reason to evict.
      evictionHard: { 'imagefs.available': '0%', 'nodefs.available': '0%', 'nodefs.inodesFree': '0%' },
      imageGCHighThresholdPercent: 100,
      resolvConf: '',
    },
    // The sizes of the connection table belong to the machine, not to its network namespace.
    KubeProxyConfiguration: { conntrack: { maxPerCore: 0 } },
  }
}

/** Adds to a configuration that Rampart has made what this machine forces, and nothing else. */
export function adaptToMachine(file: string, cgroup: string): void {
  const documents = parseAllDocuments(readFileSync(file, 'utf8'))
  const more = sandbox(cgroup)
  for (const document of documents) {
    const kind = document.get('kind')
    for (const [name, value] of Object.entries(more[String(kind)] ?? {}))
      document.setIn(name.split('.'), value)
  }
  writeFileSync(file, documents.map((each) => String(each)).join(''))
}
