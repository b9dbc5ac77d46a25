import { asList, asObject, unknown, valueAt, type KubeObject } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { secretWith } from './example-objects.js'

export const secretOpaqueKubeSystem = defineCheck({
  id: 'secret-opaque-kube-system',
  title: 'Somebody keeps a Secret in kube-system',
  severity: 'info',
  because: 'it is readable to every controller and add-on there; what it opens is not known here',
  reach: 'user',
  appliesTo: 'object',
  kinds: ['Secret'],
  why: 'Kubernetes needs no Opaque Secret in kube-system. What is there came with an add-on or by hand, and is often a credential of the cloud or the data center.',
  references: [kubernetesDocs('concepts/configuration/secret/#opaque-secrets')],
  evaluate({ object }, report) {
    if (object.ref.namespace !== 'kube-system') return
    const { type } = object.content
    const origin = { kind: 'object', object, path: ['type'] } as const
    if (type !== undefined && type !== null && typeof type !== 'string') {
      return report.unknown(unknown('unparsable', '`type` is not a text', origin))
    }
    if ((type ?? 'Opaque') !== 'Opaque' || isOfTheCluster(object)) return
    report.fail(
      { origin, message: 'an Opaque Secret' },
      {
        message: 'an Opaque Secret of kube-system that no known part of the cluster made',
        fix: advice('Find out who needs it, and move it to the namespace of that program.', {
          breaks: 'what reads it here',
        }),
      },
    )
  },
  examples: {
    bad: { manifests: secretWith({ type: 'Opaque' }, 'vsphere-credentials', 'kube-system') },
    good: { manifests: secretWith({ type: 'Opaque' }, 'worker-1.node-password.k3s', 'kube-system') },
  },
})

/** Passwords of nodes (k3s, rke2), certificates that kubeadm hands to joining control planes, and what others own. */
const OWN = /\.node-password\.(?:k3s|rke2)$|^(?:k3s|rke2)-serving$|^kubeadm-certs$|^bootstrap-token-/

function isOfTheCluster({ ref, content }: KubeObject): boolean {
  return (
    OWN.test(ref.name) ||
    asList(valueAt(content, ['metadata', 'ownerReferences'])).length > 0 ||
    Object.keys(asObject(valueAt(content, ['metadata', 'labels']))).some((key) =>
      /(?:cattle\.io|addonmanager\.kubernetes\.io|kubernetes\.azure\.com)\//.test(key),
    )
  )
}
