import { asString, known, unknown, valueAt, type Estate, type Fact, type Host } from '../../model/index.js'

/** Packages that hold dockerd: Docker's own, Debian's and Ubuntu's, Microsoft's. */
const PACKAGES: ReadonlySet<string> = new Set(['docker-ce', 'docker.io', 'moby-engine', 'docker'])
const RUNTIME = ['status', 'nodeInfo', 'containerRuntimeVersion']

/**
 * The version of dockerd on a host: from the Node of the same name, else from the database of installed packages
 * (dpkg, apk). Never from running a program.
 */
export function dockerdVersionOf(estate: Estate, host: Host): Fact<string> {
  return (
    versionOfNode(estate, host) ??
    versionOfPackages(host, '/var/lib/dpkg/status', /^Package: (.+)$/m, /^Version: (.+)$/m) ??
    versionOfPackages(host, '/lib/apk/db/installed', /^P:(.+)$/m, /^V:(.+)$/m) ??
    unknown('version-unknown', 'no Node and no package database read here says which version dockerd has')
  )
}

function versionOfNode(estate: Estate, host: Host): Fact<string> | undefined {
  const node = estate.objects.find(
    ({ ref }) => ref.kind === 'Node' && ref.group === '' && ref.name === host.name,
  )
  const version = /^docker:\/\/(\d.*)$/.exec(asString(valueAt(node?.content, RUNTIME)) ?? '')?.[1]
  if (node === undefined || version === undefined) return undefined
  return known(version, { kind: 'object', object: node, path: RUNTIME })
}

function versionOfPackages(
  host: Host,
  file: string,
  name: RegExp,
  version: RegExp,
): Fact<string> | undefined {
  const text = host.files.get(file)?.text
  if (text === undefined) return undefined
  let offset = 0
  for (const entry of text.split('\n\n')) {
    const found = version.exec(entry)
    if (PACKAGES.has(name.exec(entry)?.[1]?.trim() ?? '') && found?.[1] !== undefined) {
      const line = text.slice(0, offset + found.index).split('\n').length
      return known(found[1].trim().replace(/^\d+:/, ''), { kind: 'file', host: host.name, file, line })
    }
    offset += entry.length + 2
  }
  return undefined
}
