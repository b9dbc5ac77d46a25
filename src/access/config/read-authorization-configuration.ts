import { asList, asString, field, type FilePlace, type JsonPath, type JsonValue } from '../../model/index.js'
import {
  docEntryAt,
  docValue,
  placeInScalar,
  readGoDocument,
  type DocNode,
  type GoDocument,
} from '../../text/index.js'
import { AUTHORIZATION_CONFIGURATION } from './authorization-shape.js'
import { validateAuthorizers, validateForApiserver } from './authorizer-fields.js'
import type { AuthorizerConfig, ChainConfig, ConfigError, PlainAuthorizerType } from './chain.js'
import { validateConditions } from './condition-fields.js'
import { kindError } from './document-kind.js'
import { shapeErrors } from './document-shape.js'
import { FieldReport } from './field-report.js'
import { webhookConfig } from './webhook-config.js'
import { validateWebhook, type FileState } from './webhook-fields.js'

/** A configuration, or every reason why the API server would not start with it. */
export interface AuthorizationConfigurationRead {
  /** Missing where there are errors. */
  readonly config?: ChainConfig
  readonly errors: readonly ConfigError[]
}

export interface AuthorizationConfigurationOptions {
  /** What is at a path of the API server's host. Left out where nobody can say: files are then not asked for. */
  readonly stateOf?: (file: string) => FileState
}

/**
 * Reads an AuthorizationConfiguration (v1, v1beta1, v1alpha1) as kube-apiserver does with --authorization-config:
 * strictly, with its defaults and every rule. As upstream, the rules for fields are asked only once the whole file can
 * be decoded. `file` is the name that places carry. Never throws.
 * Source: kubernetes v1.36.2 pkg/kubeapiserver/authorizer/config.go, LoadAndValidateData.
 */
export function readAuthorizationConfiguration(
  text: string,
  file: string,
  options: AuthorizationConfigurationOptions = {},
): AuthorizationConfigurationRead {
  const document = readGoDocument(text)
  const { root } = document
  if (root === undefined) return { errors: [unreadable(document, file)] }
  const report = new FieldReport(root, file)
  const value = docValue(root)
  reportDecoding(document, root, value, text, file, report)
  if (report.errors.length === 0) validateFields(value, root, text, report, options.stateOf ?? unknownState)
  if (report.errors.length === 0) validateForApiserver(value, report)
  const { errors } = report
  return errors.length > 0 ? { errors } : { config: configOf(value, file, report), errors }
}

const unknownState = (): FileState => undefined

function unreadable({ error }: GoDocument, file: string): ConfigError {
  const { message = 'the file cannot be read', line = 1, column = 1 } = error ?? {}
  return { message, place: { file, line, column }, field: '' }
}

function reportDecoding(
  document: GoDocument,
  root: DocNode,
  value: JsonValue,
  text: string,
  file: string,
  report: FieldReport,
): void {
  // An empty file is an empty configuration; one of blanks or comments is no object of any kind.
  // Source: apiserver v0.36.2 pkg/apis/apiserver/load/load.go, LoadFromData.
  if (text === '') return
  const kind = kindError(value)
  if (kind !== undefined) {
    const path = kind.field === '' ? [] : [kind.field]
    if (path.length > 0) report.add(path, kind.message)
    else report.errors.push({ message: kind.message, place: report.place(path), field: '' })
    return
  }
  for (const { key, line, column } of [...document.duplicates, ...document.overridden]) {
    report.add([key], 'the field stands twice in one object', { file, line, column })
  }
  for (const { path, message, line, column } of shapeErrors(root, AUTHORIZATION_CONFIGURATION)) {
    report.add(path, message, { file, line, column })
  }
}

function validateFields(
  value: JsonValue,
  root: DocNode,
  text: string,
  report: FieldReport,
  stateOf: (file: string) => FileState,
): void {
  const placeInside = (path: JsonPath, expression: string, offset: number): FilePlace => {
    const place = report.place(path)
    const start = docEntryAt(root, path)?.value
    const inside = start === undefined ? undefined : placeInScalar(text, start, expression, offset)
    return inside === undefined ? place : { ...place, ...inside }
  }
  validateAuthorizers(value, report, (webhook, path) => {
    validateWebhook(webhook, path, report, stateOf)
    validateConditions(webhook, path, report, placeInside)
  })
}

function configOf(value: JsonValue, file: string, report: FieldReport): ChainConfig {
  const authorizers = asList(field(value, 'authorizers')).map((authorizer, index): AuthorizerConfig => {
    const path = ['authorizers', index]
    const name = asString(field(authorizer, 'name')) ?? ''
    const place = report.place(path)
    const type = asString(field(authorizer, 'type'))
    if (type !== 'Webhook') return { type: type as PlainAuthorizerType, name, place }
    const webhookPath = [...path, 'webhook']
    return {
      type,
      name,
      place,
      webhook: webhookConfig(field(authorizer, 'webhook') ?? null, webhookPath, report),
    }
  })
  return { authorizers, origin: { kind: 'file', detail: file, place: { file } } }
}
