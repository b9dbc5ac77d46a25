import { asString, field, unknown, valueAt, type Fix } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'

const KEY = 'users.anonymous.enabled'
const CONFIG = `apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-cm
  namespace: argocd
data:
  users.anonymous.enabled: "true"
`

export const dashboardArgocdAnonymous = defineCheck({
  id: 'dashboard-argocd-anonymous',
  title: 'Argo CD lets visitors in without a login',
  severity: 'high',
  because: 'who reaches it has the default role of Argo CD',
  reach: 'unauthenticated',
  appliesTo: 'object',
  kinds: ['ConfigMap'],
  why: 'Visitors without a login get the role that `policy.default` of argocd-rbac-cm names. Even the read-only one shows what runs where, with its settings; another one deploys.',
  references: ['https://argo-cd.readthedocs.io/en/stable/operator-manual/security/'],
  evaluate({ object, index }, report) {
    if (object.ref.name !== 'argocd-cm') return
    const path = ['data', KEY]
    const origin = { kind: 'object', object, path } as const
    const value = valueAt(object.content, path)
    if (value === undefined || value === null) return
    if (typeof value !== 'string') {
      return report.unknown(unknown('unparsable', `\`${KEY}\` is not a text`, origin))
    }
    if (value !== 'true') return
    const rights = index.get('', 'ConfigMap', object.ref.namespace, 'argocd-rbac-cm')
    const role = asString(field(field(rights?.content, 'data'), 'policy.default'))
    const what =
      rights === undefined
        ? 'the default role (argocd-rbac-cm was not read)'
        : role === undefined || role === ''
          ? 'no role by default'
          : `the role ${role}`
    const text = `Set \`${KEY}: "false"\` in ConfigMap argocd-cm.`
    const breaks = 'visitors who look at Argo CD without a login'
    const fix: Fix =
      object.source === 'manifest'
        ? {
            text,
            edits: [{ file: object.slice.file, object: object.ref, op: 'set', path, value: 'false' }],
            commands: [],
            risk: 'traffic',
            needs: [],
            breaks,
          }
        : advice(text, { breaks })
    report.fail(
      { origin, message: `\`${KEY}\` is "true"` },
      { message: `visitors without a login have ${what}`, fix },
    )
  },
  examples: {
    bad: { manifests: CONFIG },
    good: { manifests: CONFIG.replace('"true"', '"false"') },
  },
})
