import { isObject, unknown, valueAt } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'

export const cloudAksPodIdentityOld = defineCheck({
  id: 'cloud-aks-pod-identity-old',
  title: 'Pods get identities of Azure from a project that is archived',
  severity: 'medium',
  because: 'it gets no fixes, and whoever may create pods with a label takes the identity',
  reach: 'user',
  appliesTo: 'object',
  kinds: ['AzureIdentity.aadpodidentity.k8s.io', 'AzureIdentityBinding.aadpodidentity.k8s.io'],
  why: 'AAD Pod Identity was deprecated in October 2022 and archived a year later. It stands between every pod and the metadata service with wide rights, and gives an identity to whatever pod carries the label.',
  references: [
    'https://github.com/Azure/aad-pod-identity',
    'https://learn.microsoft.com/azure/aks/workload-identity-overview',
  ],
  evaluate({ object }, report) {
    const spec = valueAt(object.content, ['spec'])
    if (!isObject(spec)) {
      return report.unknown(
        unknown('unparsable', '`spec` is no mapping', { kind: 'object', object, path: ['spec'] }),
      )
    }
    // The binding says who may use an identity: one finding for both.
    if (object.ref.kind === 'AzureIdentityBinding') return
    report.fail(
      { origin: { kind: 'object', object, path: ['spec'] }, message: 'an identity of AAD Pod Identity' },
      {
        message: 'AAD Pod Identity is archived since 2023-09',
        fix: advice(
          'Move the workloads to Microsoft Entra Workload ID, then remove the identity and the components NMI and MIC.',
          {
            breaks: 'workloads until their service account is federated',
          },
        ),
      },
    )
  },
  examples: {
    bad: {
      manifests: `apiVersion: aadpodidentity.k8s.io/v1
kind: AzureIdentity
metadata:
  name: shop
  namespace: shop
spec:
  type: 0
`,
    },
    good: {
      manifests: `apiVersion: v1
kind: ServiceAccount
metadata:
  name: shop
  namespace: shop
  annotations:
    azure.workload.identity/client-id: 00000000-0000-0000-0000-000000000000
`,
    },
  },
})
