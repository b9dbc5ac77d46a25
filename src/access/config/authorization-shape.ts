import type { Shape } from './document-shape.js'

const TEXT: Shape = { kind: 'text' }
const BOOLEAN: Shape = { kind: 'boolean' }
const DURATION: Shape = { kind: 'duration' }

const object = (fields: Readonly<Record<string, Shape>>): Shape => ({ kind: 'object', fields })
const list = (items: Shape): Shape => ({ kind: 'list', items })

/**
 * The fields of an AuthorizationConfiguration, the same in all its versions.
 * Source: kubernetes v1.36.2 apiserver pkg/apis/apiserver/{v1,v1beta1,v1alpha1}/types.go, AuthorizationConfiguration.
 */
export const AUTHORIZATION_CONFIGURATION = object({
  apiVersion: TEXT,
  kind: TEXT,
  authorizers: list(
    object({
      type: TEXT,
      name: TEXT,
      webhook: object({
        authorizedTTL: DURATION,
        cacheAuthorizedRequests: BOOLEAN,
        unauthorizedTTL: DURATION,
        cacheUnauthorizedRequests: BOOLEAN,
        timeout: DURATION,
        subjectAccessReviewVersion: TEXT,
        matchConditionSubjectAccessReviewVersion: TEXT,
        failurePolicy: TEXT,
        connectionInfo: object({ type: TEXT, kubeConfigFile: TEXT }),
        matchConditions: list(object({ expression: TEXT })),
      }),
    }),
  ),
})
