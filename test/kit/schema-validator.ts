import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { Ajv, type AnySchemaObject } from 'ajv'

/** Gives the errors of a JSON document against a schema file; none means valid. Formats are checked too. */
export function schemaValidator(file: string): (document: unknown) => string[] {
  const schema = JSON.parse(readFileSync(file, 'utf8')) as AnySchemaObject
  const draft4 = String(schema['$schema']).includes('draft-04')
  const ajv = new (draft4 ? Ajv : Ajv2020)({ allErrors: true, strict: !draft4, allowUnionTypes: true })
  ajv.addFormat('uri', (text: string) => /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]*$/i.test(text))
  ajv.addFormat('uri-reference', (text: string) => /^(?:[^\s<>"{}|\\^`%]|%[0-9A-Fa-f]{2})*$/.test(text))
  ajv.addFormat('date-time', (text: string) => !Number.isNaN(Date.parse(text)))
  const validate = ajv.compile(draft4 ? fromDraft4(schema) : schema)
  return (document) =>
    validate(document)
      ? []
      : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? ''}`)
}

/** Draft 4 as the validator's draft 7: only the names of two keywords differ in what the schema here uses. */
function fromDraft4({ id, $schema: _draft, ...rest }: AnySchemaObject): AnySchemaObject {
  return { $id: id as string, ...rest }
}
