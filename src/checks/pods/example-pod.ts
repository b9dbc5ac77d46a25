import type { EstateInput } from '../../model/index.js'

/** Fields of a container that keeps every control. */
export const HARDENED = `securityContext:
  allowPrivilegeEscalation: false
  runAsNonRoot: true
  runAsUser: 1000
  capabilities:
    drop: [ALL]
  seccompProfile:
    type: RuntimeDefault`

/** A Pod `shop/web` with one container `app`; `container` and `pod` are YAML fields, one a line, without indentation. */
export function podWith(container: string, pod = ''): EstateInput {
  return {
    manifests: `apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: shop
spec:
${indent(pod, '  ')}  containers:
    - name: app
      image: registry.example/app:1.0
${indent(container, '      ')}`,
  }
}

/** The same pod as the template of a Deployment, in a namespace with the given Pod Security level. */
export function deploymentIn(level: string, container: string): EstateInput {
  return {
    manifests: `apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels:
    pod-security.kubernetes.io/enforce: ${level}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  template:
    spec:
      containers:
        - name: app
          image: registry.example/app:1.0
${indent(container, '          ')}`,
  }
}

function indent(fields: string, by: string): string {
  return fields === '' ? '' : `${fields.replace(/^/gm, by)}\n`
}
