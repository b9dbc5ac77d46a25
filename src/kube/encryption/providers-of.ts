import type {
  EncryptionConfiguration,
  EncryptionEntry,
  EncryptionProvider,
} from './read-encryption-configuration.js'

/** Which providers hold a resource: the first writes, all of them read. */
export interface ResourceEncryption {
  /** Missing where no entry names the resource: it is stored as it is. */
  readonly writer?: EncryptionProvider
  readonly readers: readonly EncryptionProvider[]
  /** The entry of the writer. */
  readonly entry?: EncryptionEntry
}

/**
 * The providers of one resource. An entry that names it goes before wildcards of its group, these before `*.*`; entries
 * that say the same add up, the earlier one writes.
 * Source: k8s.io/apiserver v0.36.3 pkg/server/options/encryptionconfig/config.go, transformerFromOverrides.
 */
export function providersOf(
  config: EncryptionConfiguration,
  resource: string,
  group = '',
): ResourceEncryption {
  const own = group === '' ? [resource, `${resource}.`] : [`${resource}.${group}`]
  for (const names of [own, [`*.${group}`], ['*.*']]) {
    const entries = config.entries.filter((entry) => entry.resources.some((each) => names.includes(each)))
    const readers = entries.flatMap((entry) => entry.providers)
    const [entry] = entries
    const [writer] = readers
    if (entry !== undefined && writer !== undefined) return { writer, readers, entry }
  }
  return { readers: [] }
}
