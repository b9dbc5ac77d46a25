import path from 'node:path'
import type { HostFs } from './host/index.js'

/** A host name as RFC 1123 allows it; what else stands in the file is not shown. */
const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/

/**
 * What a host is called: its own /etc/hostname (which is also how Kubernetes names its node, as a rule), else the name
 * of the folder. Two copies of one host are told apart by their folders.
 */
export async function hostName(fs: HostFs, root: string, taken: ReadonlySet<string>): Promise<string> {
  const file = await fs.readText('/etc/hostname', 1024)
  const own = file.ok ? file.value.trim() : ''
  const folder = path.basename(path.resolve(root))
  const name = NAME.test(own) ? own : folder === '' ? 'this host' : folder
  return taken.has(name) ? `${name} (${root})` : name
}
