import { asList, asObject, asString, isObject, REDACTED, type JsonObject } from '../../model/index.js'

/**
 * Asks for Secrets as a table: the server answers with names, types and metadata, and no value ever leaves it.
 * Source: Kubernetes API concepts, "Receiving resources as Tables".
 */
export const SECRET_TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io'

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

/** The Secrets of one page, without data. Undefined when the server gave something else than a table. */
export function secretsOfTable(body: JsonObject): JsonObject[] | undefined {
  if (body.kind !== 'Table') return undefined
  const columns = asList(body.columnDefinitions).map((column) => asString(asObject(column).name))
  const typeAt = columns.indexOf('Type')
  return asList(body.rows)
    .filter(isObject)
    .map((row) => {
      const metadata = withoutValues(asObject(asObject(row.object).metadata))
      const type = asString(asList(row.cells)[typeAt])
      return { apiVersion: 'v1', kind: 'Secret', metadata, ...(type === undefined ? {} : { type }) }
    })
}

/** kubectl apply leaves a copy of the whole object, values too, in an annotation. */
function withoutValues(metadata: JsonObject): JsonObject {
  const annotations = asObject(metadata.annotations)
  if (!Object.hasOwn(annotations, LAST_APPLIED)) return metadata
  return { ...metadata, annotations: { ...annotations, [LAST_APPLIED]: REDACTED } }
}
