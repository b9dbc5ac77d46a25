import { X509Certificate } from 'node:crypto'
import { encryptPrivateKey, issueCertificate, type Issued } from '../../pki/index.js'
import { renderInventory, type Inventory, type MintedCertificate } from './inventory.js'
import type { DockerTlsPlan, PlannedCertificate, PlannedFile } from './docker-tls-plan.js'

const MINUTES_A_DAY = 24 * 60

/** What was made, in memory, and the bytes of every file of the plan. */
export interface Minted {
  readonly certificates: ReadonlyMap<string, Issued>
  readonly inventory: Inventory
  /** By path. */
  readonly contents: ReadonlyMap<string, string>
}

/** Makes the plan's certificates, by a new authority where the plan has one, else by the one that is given. */
export async function mintCertificates(options: {
  readonly plan: DockerTlsPlan
  /** The authority that is there already, its key without encryption. */
  readonly authority?: Issued
  readonly before: Inventory | undefined
  /** Encrypts the key of a new authority. */
  readonly passphrase?: string
  readonly now: Date
}): Promise<Minted> {
  const { plan, before, passphrase, now } = options
  const certificates = new Map<string, Issued>()
  const fresh = plan.certificates.find(({ use }) => use === 'authority')
  const authority = fresh === undefined ? options.authority : await issue(fresh)
  if (authority === undefined) throw new Error('a plan without an authority')
  certificates.set('authority', authority)
  for (const each of plan.certificates) {
    if (each.use !== 'authority') certificates.set(each.id, await issue(each, authority))
  }
  const inventory = inventoryAfter({ plan, before, certificates, encrypted: passphrase !== undefined, now })
  const contents = new Map(
    plan.files.map((file) => [file.path, contentOf(file, { certificates, inventory, passphrase })]),
  )
  return { certificates, inventory, contents }
}

function issue(planned: PlannedCertificate, issuer?: Issued): Promise<Issued> {
  return issueCertificate({
    commonName: planned.name,
    use: planned.use,
    minutes: planned.days * MINUTES_A_DAY,
    keyType: planned.keyType,
    names: planned.names,
    ...(issuer === undefined ? {} : { issuer }),
  })
}

function contentOf(
  { holds }: PlannedFile,
  {
    certificates,
    inventory,
    passphrase,
  }: {
    readonly certificates: ReadonlyMap<string, Issued>
    readonly inventory: Inventory
    readonly passphrase: string | undefined
  },
): string {
  if (holds.kind === 'text') return holds.text
  if (holds.kind === 'inventory') return renderInventory(inventory)
  const issued = certificates.get(holds.of)
  if (issued === undefined) throw new Error(`nothing was made for ${holds.of}`)
  if (holds.kind === 'certificate') return issued.cert
  return holds.of === 'authority' && passphrase !== undefined
    ? encryptPrivateKey(issued.key, passphrase)
    : issued.key
}

function inventoryAfter(options: {
  readonly plan: DockerTlsPlan
  readonly before: Inventory | undefined
  readonly certificates: ReadonlyMap<string, Issued>
  readonly encrypted: boolean
  readonly now: Date
}): Inventory {
  const { plan, before, certificates, encrypted, now } = options
  const renewed = plan.certificates.some(({ use }) => use === 'authority')
  const made = plan.certificates.flatMap((each) =>
    each.use === 'authority' ? [] : recordOf(each, certificates.get(each.id), now),
  )
  const kept = (before?.minted ?? []).map((each) => ({ ...each, state: stateAfter(each, made, renewed) }))
  const { configFile, certFolder, socket, endpoints, restart } = plan.daemon
  return {
    version: 1,
    authority:
      renewed || before === undefined
        ? authorityRecord(plan, certificates.get('authority'), encrypted)
        : before.authority,
    daemon: { configFile, certFolder, ...(socket === undefined ? {} : { socket }), endpoints, restart },
    minted: [...kept, ...made],
  }
}

/** Under a new authority everything of the old one is refused: by `revoke`, the only way to get there. */
function stateAfter(
  each: MintedCertificate,
  made: readonly MintedCertificate[],
  renewed: boolean,
): MintedCertificate['state'] {
  if (each.state === 'revoked' || renewed) return 'revoked'
  return made.some(({ use, name }) => use === each.use && name === each.name) ? 'replaced' : each.state
}

function recordOf(planned: PlannedCertificate, issued: Issued | undefined, now: Date): MintedCertificate[] {
  if (issued === undefined || planned.use === 'authority') return []
  const certificate = new X509Certificate(issued.cert)
  return [
    {
      name: planned.name,
      use: planned.use,
      serial: certificate.serialNumber.toLowerCase(),
      fingerprint: fingerprintOf(issued.cert),
      made: now.toISOString(),
      notAfter: new Date(certificate.validTo).toISOString(),
      names: planned.names.map(({ value }) => value),
      ...(planned.place === undefined ? {} : { place: planned.place }),
      state: 'current',
    },
  ]
}

function authorityRecord(
  plan: DockerTlsPlan,
  issued: Issued | undefined,
  keyEncrypted: boolean,
): Inventory['authority'] {
  if (issued === undefined) throw new Error('a plan without an authority')
  const certificate = new X509Certificate(issued.cert)
  return {
    name: plan.certificates.find(({ use }) => use === 'authority')?.name ?? '',
    serial: certificate.serialNumber.toLowerCase(),
    fingerprint: fingerprintOf(issued.cert),
    notAfter: new Date(certificate.validTo).toISOString(),
    keyEncrypted,
  }
}

/** SHA-256 of a certificate in PEM, in hex. */
export function fingerprintOf(pem: string): string {
  return new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase()
}
