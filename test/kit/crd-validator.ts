import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { AnySchemaObject } from 'ajv'
import { load } from 'js-yaml'

interface Definition {
  readonly spec: {
    readonly names: { readonly kind: string }
    readonly versions: readonly { readonly schema: { readonly openAPIV3Schema: AnySchemaObject } }[]
  }
}

/** Gives the errors of an object against the schema of a CustomResourceDefinition; unknown fields are errors too. */
export function crdValidator(file: string): (object: unknown) => string[] {
  const { spec } = load(readFileSync(file, 'utf8')) as Definition
  const ajv = new Ajv2020({ allErrors: true, strict: false, formats: { int32: true, int64: true } })
  const validate = ajv.compile(closed(spec.versions[0]?.schema.openAPIV3Schema ?? {}))
  return (object) =>
    validate(object)
      ? []
      : (validate.errors ?? []).map(({ instancePath, message = '' }) => `${instancePath} ${message}`)
}

/** The API server prunes what a schema does not name; here it is an error. `metadata` is described by Kubernetes. */
function closed(schema: AnySchemaObject): AnySchemaObject {
  const properties = schema['properties'] as Record<string, AnySchemaObject> | undefined
  const items = schema['items'] as AnySchemaObject | undefined
  return {
    ...schema,
    ...(items === undefined ? {} : { items: closed(items) }),
    ...(properties === undefined
      ? {}
      : {
          properties: Object.fromEntries(
            Object.entries(properties).map(([name, inner]) => [name, closed(inner)]),
          ),
          additionalProperties: false,
        }),
  }
}
