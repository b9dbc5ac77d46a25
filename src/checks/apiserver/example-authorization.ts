import type { EstateInput, InlineFile } from '../../model/index.js'
import { apiserverWith } from './example-apiserver.js'

/** An API server with an AuthorizationConfiguration of these authorizers; the first item is line 4 of the file. */
export function authorizationWith(
  authorizers: string,
  files: Readonly<Record<string, InlineFile>> = {},
): EstateInput {
  return apiserverWith(['--authorization-config=/etc/kubernetes/authz.yaml'], {
    files: {
      '/etc/kubernetes/authz.yaml': `apiVersion: apiserver.config.k8s.io/v1\nkind: AuthorizationConfiguration\nauthorizers:\n${authorizers}`,
      ...files,
    },
  })
}

/** A webhook authorizer as an item of the list. */
export function webhookStep(failurePolicy: 'NoOpinion' | 'Deny'): string {
  return `- type: Webhook
  name: guard
  webhook:
    timeout: 3s
    subjectAccessReviewVersion: v1
    matchConditionSubjectAccessReviewVersion: v1
    failurePolicy: ${failurePolicy}
    unauthorizedTTL: 30s
    authorizedTTL: 5m
    connectionInfo:
      type: KubeConfigFile
      kubeConfigFile: /etc/kubernetes/webhook.conf
`
}

/** An authorizer without settings. */
export function plainStep(type: string): string {
  return `- {type: ${type}, name: ${type.toLowerCase()}}\n`
}
