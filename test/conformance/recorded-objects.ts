import { asString, field, valueAt, type JsonObject, type KubeObject } from '../../src/model/index.js'

/** Objects of a recording as the estate holds those of a running cluster. */
export function recordedObjects(objects: readonly unknown[]): KubeObject[] {
  return objects.map((content) => {
    const [group = '', version] = (asString(field(content, 'apiVersion')) ?? '').split('/')
    const at = (...path: string[]): string => asString(valueAt(content, path)) ?? ''
    return {
      ref: {
        group: version === undefined ? '' : group,
        version: version ?? group,
        kind: at('kind'),
        namespace: at('metadata', 'namespace'),
        name: at('metadata', 'name'),
      },
      content: content as JsonObject,
      source: 'export',
      slice: { file: 'recorded', format: 'json', offset: 0, length: 0, line: 1, column: 1 },
    }
  })
}
