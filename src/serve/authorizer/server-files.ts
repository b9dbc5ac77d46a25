/** The kubeconfig file that an API server needs to ask this authorizer; the key stays where it is. */
export function webhookKubeconfig(options: {
  readonly server: string
  readonly ca: string
  readonly clientCert: string
  readonly clientKey: string
}): string {
  return `apiVersion: v1
kind: Config
clusters:
  - name: authorizer
    cluster:
      server: ${JSON.stringify(options.server)}
      certificate-authority: ${JSON.stringify(options.ca)}
users:
  - name: kube-apiserver
    user:
      client-certificate: ${JSON.stringify(options.clientCert)}
      client-key: ${JSON.stringify(options.clientKey)}
contexts:
  - name: authorizer
    context: { cluster: authorizer, user: kube-apiserver }
current-context: authorizer
`
}

/** An AuthorizationConfiguration with this authorizer between Node and RBAC. */
export function authorizationConfiguration(options: {
  readonly name: string
  readonly kubeconfig: string
  readonly failurePolicy: 'NoOpinion' | 'Deny'
}): string {
  return `apiVersion: apiserver.config.k8s.io/v1
kind: AuthorizationConfiguration
authorizers:
  - type: Node
    name: node
  - type: Webhook
    name: ${JSON.stringify(options.name)}
    webhook:
      timeout: 3s
      authorizedTTL: 30s
      unauthorizedTTL: 30s
      subjectAccessReviewVersion: v1
      matchConditionSubjectAccessReviewVersion: v1
      failurePolicy: ${options.failurePolicy}
      connectionInfo:
        type: KubeConfigFile
        kubeConfigFile: ${JSON.stringify(options.kubeconfig)}
      matchConditions:
        # The control plane's own parts are not worth a question.
        - expression: "!request.user.startsWith('system:kube-') && !('system:nodes' in request.groups)"
  - type: RBAC
    name: rbac
`
}
