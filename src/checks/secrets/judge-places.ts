import type { SecretPlace } from '../../kube/index.js'
import { REDACTED, unknown, type Fix, type KubeObject, type Severity } from '../../model/index.js'
import type { Report } from '../define-check.js'

export interface PlaceJudgement {
  /** Where it stands, in words: `variable \`DB_PASSWORD\``. */
  readonly where: (place: SecretPlace) => string
  readonly severity?: (
    place: SecretPlace,
  ) => { readonly severity: Severity; readonly because: string } | undefined
  readonly fix: Fix
}

/** Reports each place of an object that holds a secret: what it is, how long, and a fingerprint; never the value. */
export function judgePlaces(
  object: KubeObject,
  places: readonly SecretPlace[],
  report: Report,
  judgement: PlaceJudgement,
): void {
  for (const place of places) {
    const line = place.line === undefined ? '' : `, line ${place.line}`
    const where = `${judgement.where(place)}${line}`
    report.fail(
      {
        origin: { kind: 'object', object, path: place.path },
        ...(place.line === undefined ? {} : { key: `${place.path.join('.')} ${place.name}` }),
        message: `${where}: ${place.described}`,
      },
      {
        ...judgement.severity?.(place),
        message: `${where} holds ${place.described}`,
        fix: judgement.fix,
      },
    )
  }
}

/** A snapshot keeps no such values: whether one of them is a secret is not known. */
export function reportRedacted(
  object: KubeObject,
  values: readonly unknown[],
  what: string,
  report: Report,
): void {
  if (!values.includes(REDACTED)) return
  const detail = `the snapshot keeps no ${what}: whether secrets are among them is not known`
  report.unknown(unknown('not-given', detail, { kind: 'object', object, path: [] }))
}
