import type { HostFs } from '../../sources/index.js'

/** What dpkg wrote down of a file when it unpacked it. */
export interface PackageRecord {
  readonly package: string
  readonly version?: string
  /** Hex; dpkg keeps no better digest. */
  readonly md5: string
}

const INFO = '/var/lib/dpkg/info'
const STATUS = '/var/lib/dpkg/status'
const MOST_BYTES = 64 << 20
const MOST_LISTS = 20_000

/**
 * Finds which Debian package brought each of some files, and the digest that dpkg keeps of it. Whoever changed the file as
 * root could have changed that list too: it tells accidents, and careless attackers.
 * Source: dpkg(1), --verify; deb-md5sums(5): `DIGEST  PATH`, the path without its first slash.
 */
export async function packageRecords(
  fs: HostFs,
  paths: readonly string[],
): Promise<ReadonlyMap<string, PackageRecord>> {
  const records = new Map<string, PackageRecord>()
  const wanted = new Map(paths.flatMap((path) => namesOf(path).map((name) => [name, path] as const)))
  const names = await fs.readdir(INFO)
  const lists = names.ok ? names.value.filter((name) => name.endsWith('.md5sums')).slice(0, MOST_LISTS) : []
  for (const name of lists) {
    const text = await fs.readText(`${INFO}/${name}`, MOST_BYTES)
    if (!text.ok) continue
    for (const [, md5 = '', path = ''] of text.value.matchAll(
      /^([0-9a-f]{32}) {2}((?:usr\/)?(?:local\/)?s?bin\/.{1,200})$/gm,
    )) {
      const here = wanted.get(path)
      if (here !== undefined) records.set(here, { package: name.replace(/(?::\w+)?\.md5sums$/, ''), md5 })
    }
  }
  return withVersions(fs, records)
}

/** `/bin` is a link to `/usr/bin` on merged systems, and lists keep the path of their package. */
function namesOf(path: string): string[] {
  const bare = path.slice(1)
  return bare.startsWith('usr/') ? [bare, bare.slice('usr/'.length)] : [bare]
}

async function withVersions(
  fs: HostFs,
  records: ReadonlyMap<string, PackageRecord>,
): Promise<ReadonlyMap<string, PackageRecord>> {
  if (records.size === 0) return records
  const status = await fs.readText(STATUS, MOST_BYTES)
  if (!status.ok) return records
  const versions = new Map<string, string>()
  for (const paragraph of status.value.split('\n\n')) {
    const name = /^Package: (\S{1,200})$/m.exec(paragraph)?.[1]
    const version = /^Version: (\S{1,200})$/m.exec(paragraph)?.[1]
    if (name !== undefined && version !== undefined) versions.set(name, version)
  }
  return new Map(
    [...records].map(([path, record]) => {
      const version = versions.get(record.package)
      return [path, version === undefined ? record : { ...record, version }] as const
    }),
  )
}
