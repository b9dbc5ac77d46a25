import type { Example } from '../define-check.js'

/** The ConfigMap of kubeadm for kube-proxy, with further fields and objects. */
export function kubeProxyWith(fields: string, objects = ''): Example {
  const indented = fields
    .split('\n')
    .filter(Boolean)
    .map((line) => `    ${line}\n`)
    .join('')
  return {
    manifests: `apiVersion: v1
kind: ConfigMap
metadata: {name: kube-proxy, namespace: kube-system}
data:
  config.conf: |-
    apiVersion: kubeproxy.config.k8s.io/v1alpha1
    kind: KubeProxyConfiguration
${indented}${objects === '' ? '' : `---\n${objects}`}`,
  }
}

/** A kube-proxy with flags alone. */
export function kubeProxyWithFlags(flags: string): Example {
  return { hosts: { 'node-1': { processes: [`/usr/local/bin/kube-proxy ${flags}`.trim()] } } }
}
