import { asNumber, asObject, asString, field, type JsonObject } from '../model/index.js'
import { slug, type MintRequest, type MintSubject } from './mint-request.js'

/** By these everything that was made is found again. Values of labels hold few signs: the full texts are annotations. */
export const MINT = 'rampart.dev/mint'
const OWNER = 'rampart.dev/owner'
const EXPIRES = 'rampart.dev/expires'
const SUBJECT = 'rampart.dev/subject'

/** Labels and annotations of one request. `expires` is in seconds since 1970. */
export function mintMetadata(request: MintRequest, name: string, namespace = ''): JsonObject {
  const expires = Math.floor(request.now.getTime() / 1000) + request.life
  return {
    name,
    ...(namespace === '' ? {} : { namespace }),
    labels: {
      'app.kubernetes.io/managed-by': 'rampart',
      [MINT]: request.id,
      [OWNER]: slug(request.owner),
      [EXPIRES]: String(expires),
    },
    annotations: { [OWNER]: request.owner, [SUBJECT]: subjectText(request.subject) },
  }
}

/** The user name that the API server sees. */
export function subjectText(subject: MintSubject): string {
  return subject.kind === 'person'
    ? subject.name
    : `system:serviceaccount:${subject.namespace}:${subject.name}`
}

/** What the labels of an object in the cluster say. */
export interface MintedFacts {
  readonly id: string
  readonly owner: string
  readonly subject: string
  readonly expires: Date
}

/** undefined for what was not made by minting: nothing else is ever taken away. */
export function mintedFacts(object: JsonObject): MintedFacts | undefined {
  const metadata = asObject(object.metadata)
  const [labels, annotations] = [asObject(metadata.labels), asObject(metadata.annotations)]
  const id = asString(field(labels, MINT))
  const seconds = asNumber(Number(asString(field(labels, EXPIRES)) ?? NaN))
  if (id === undefined || seconds === undefined || labels['app.kubernetes.io/managed-by'] !== 'rampart')
    return undefined
  return {
    id,
    owner: asString(field(annotations, OWNER)) ?? asString(field(labels, OWNER)) ?? '',
    subject: asString(field(annotations, SUBJECT)) ?? '',
    expires: new Date(seconds * 1000),
  }
}
