import { readFileSync, statSync } from 'node:fs'
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { join, posix } from 'node:path'
import { RampartError, systemCode } from '../../model/index.js'
import { certificateFacts, decryptPrivateKey, isEncryptedKey, type Issued } from '../../pki/index.js'
import { parseInventory, type Inventory } from './inventory.js'
import { AUTHORITY_FILES, type PlanContext } from './docker-tls-plan.js'
import { serverFiles } from './plan-files.js'
import { clientFiles } from './plan-client-place.js'

/** The inventory of a folder; undefined where there is none. */
export function readInventory(folder: string): Inventory | undefined {
  const file = join(folder, AUTHORITY_FILES.inventory)
  const text = readText(file)
  return text === undefined ? undefined : parseInventory(text, file)
}

/** Whether the authority's key asks for a passphrase. */
export function keyIsEncrypted(folder: string): boolean {
  const text = readText(join(folder, AUTHORITY_FILES.key))
  return text !== undefined && isEncryptedKey(text)
}

/** The authority with its key, decrypted in memory alone. */
export function readAuthority(folder: string, passphrase: string | undefined): Issued {
  const [certFile, keyFile] = [join(folder, AUTHORITY_FILES.cert), join(folder, AUTHORITY_FILES.key)]
  const [cert, key] = [certFile, keyFile].map((file) => {
    const text = readText(file)
    if (text === undefined)
      throw new RampartError(
        'no-input',
        `${file} is not there: bring it back to sign certificates, or make a new authority`,
      )
    return text
  })
  if (cert === undefined || key === undefined || certificateFacts(cert)[0]?.ca !== true)
    throw new RampartError('unreadable-input', `${certFile} holds no certificate of an authority`)
  const plain = plainKey(key, keyFile, passphrase)
  if (!new X509Certificate(cert).checkPrivateKey(createPrivateKey(plain)))
    throw new RampartError('unreadable-input', `the key in ${keyFile} does not belong to ${certFile}`)
  return { cert, key: plain }
}

function plainKey(key: string, file: string, passphrase: string | undefined): string {
  if (!isEncryptedKey(key)) {
    try {
      createPrivateKey(key)
      return key
    } catch (error) {
      throw new RampartError('unreadable-input', `${file} holds no private key in PEM that can be read`, {
        cause: error,
      })
    }
  }
  if (passphrase === undefined)
    throw new RampartError(
      'usage',
      `the key in ${file} is encrypted: say with --ca-passphrase where its passphrase is`,
    )
  const plain = decryptPrivateKey(key, passphrase)
  if (plain === undefined)
    throw new RampartError('not-allowed', `the passphrase does not open the key in ${file}`)
  return plain
}

/**
 * Who made what is at a path: a certificate is ours when the inventory has its fingerprint, any other file when the
 * inventory names its place.
 */
export function ownerOf(inventory: Inventory | undefined, authorityFolder: string): PlanContext['ownerOf'] {
  const places = new Set<string>()
  const fingerprints = new Set<string>()
  if (inventory !== undefined) {
    for (const name of Object.values(AUTHORITY_FILES)) places.add(posix.join(authorityFolder, name))
    for (const path of Object.values(serverFiles(inventory.daemon.certFolder))) places.add(path)
    fingerprints.add(inventory.authority.fingerprint)
    for (const { fingerprint, place } of inventory.minted) {
      fingerprints.add(fingerprint)
      if (place === undefined) continue
      const files = clientFiles(place, { address: '', port: 0 })
      for (const path of [files.ca, files.cert, files.key, files.meta?.path])
        if (path !== undefined) places.add(path)
    }
  }
  return (path) => {
    try {
      statSync(path)
    } catch (error) {
      if (['ENOENT', 'ENOTDIR'].includes(systemCode(error))) return 'absent'
      throw new RampartError('unreadable-input', `${path} cannot be looked at (${systemCode(error)})`, {
        cause: error,
      })
    }
    if (!places.has(path)) return 'foreign'
    const [fact] = certificateFacts(readText(path) ?? '')
    return fact === undefined || fingerprints.has(fact.fingerprint) ? 'ours' : 'foreign'
  }
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const code = systemCode(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw new RampartError('unreadable-input', `${file} cannot be read (${code})`, { cause: error })
  }
}
