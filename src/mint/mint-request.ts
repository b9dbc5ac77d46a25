import { RampartError } from '../model/index.js'

/** Who gets access: a person by a certificate, a service account by a token. */
export type MintSubject =
  | { readonly kind: 'person'; readonly name: string; readonly groups: readonly string[] }
  | { readonly kind: 'account'; readonly namespace: string; readonly name: string }

/** What somebody may do, as `--can` and `--role` say it. */
export interface MintRequest {
  readonly subject: MintSubject
  readonly can: readonly Grant[]
  readonly roles: readonly { readonly namespace: string; readonly name: string }[]
  readonly owner: string
  /** Seconds. */
  readonly life: number
  readonly now: Date
  /** Tells what is made for this request from all else: a few signs. */
  readonly id: string
}

/** One `--can`: verbs on resources in one namespace ('' is the whole cluster), or on URLs. */
export interface Grant {
  readonly verbs: readonly string[]
  readonly resources: readonly { readonly group: string; readonly resource: string }[]
  readonly names: readonly string[]
  readonly urls: readonly string[]
  readonly namespace: string
}

/** The shortest that the API server gives, for certificates and for tokens. */
export const SHORTEST = 600
/** What holds for years is what minting is there to replace. */
const LONGEST = 8760 * 3600

/** A name that no identity of Kubernetes itself has. */
export function personName(name: string): string {
  if (name === '' || /[\s\p{Cc}]/u.test(name))
    throw new RampartError('usage', `\`${name}\` is no name of a person`)
  if (name.startsWith('system:'))
    throw new RampartError(
      'usage',
      'names that begin with `system:` are those of Kubernetes itself: no person gets one',
    )
  return name
}

/** `NS/NAME`. */
export function accountName(text: string): { readonly namespace: string; readonly name: string } {
  const [, namespace = '', name = ''] = /^([a-z0-9-]+)\/([a-z0-9.-]+)$/.exec(text) ?? []
  if (namespace === '' || name === '') throw new RampartError('usage', `\`${text}\` must be NAMESPACE/NAME`)
  return { namespace, name }
}

/** `8h`, `30m`, `1h30m`; in seconds. */
export function lifeOf(text: string): number {
  const parts = /^(?:(\d{1,9})h)?(?:(\d{1,9})m)?$/.exec(text)
  const seconds = Number(parts?.[1] ?? 0) * 3600 + Number(parts?.[2] ?? 0) * 60
  if (parts === null || text === '')
    throw new RampartError('usage', `\`${text}\` is no time: write 8h, 30m or 1h30m`)
  if (seconds < SHORTEST) throw new RampartError('usage', 'no credential can be made for less than 10m')
  if (seconds > LONGEST) throw new RampartError('usage', `${text} is no short life: at most 8760h, a year`)
  return seconds
}

/** How the identity is called where a label or an object's name stands. */
export function slug(text: string): string {
  const plain = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '')
  return plain === '' ? 'x' : plain
}
