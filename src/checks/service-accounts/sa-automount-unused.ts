import { escalationMay } from '../../access/index.js'
import { pathInObject } from '../../kube/index.js'
import { asString, field, unknown, type Fix, type Severity } from '../../model/index.js'
import { defineCheck, type WorkloadSubject } from '../define-check.js'
import { cis, kubernetesDocs, nsa } from '../references.js'
import { powerOf, type AccountPower } from './account-power.js'
import { accountOfTemplate } from './account-of-template.js'
import { accountNamed, deploymentWith } from './example-workload.js'
import { neverAsksApi } from './programs-without-api.js'
import { isTokenMounted } from './token-mount.js'

export const saAutomountUnused = defineCheck({
  id: 'sa-automount-unused',
  title: 'A workload that does not ask the API server is given a token for it',
  severity: 'low',
  because:
    'who breaks into the program has what the account may do: info where that is nothing, medium or high with the gravest that its rights lead to',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'A token is mounted into every pod unless somebody says no. A database or a web server has no use for it; whoever gets to read files of the container has.',
  references: [
    cis('5.1.6'),
    nsa('service account tokens'),
    kubernetesDocs(
      'tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting',
    ),
  ],
  evaluate(subject, report) {
    const { object, containers, index, template } = subject
    const account = accountOfTemplate(subject)
    if (account.state === 'unknown') return report.unknown(account.unknown)
    if (account.state === 'none') return
    const mounted = isTokenMounted(subject, account.name)
    const path = pathInObject(template, ['spec'])
    if (mounted === undefined) {
      const detail = '`automountServiceAccountToken` is neither true nor false'
      return report.unknown(unknown('unparsable', detail, { kind: 'object', object, path }))
    }
    if (!mounted || containers.length === 0) return
    if (!containers.every(({ spec }) => neverAsksApi(asString(field(spec, 'image')) ?? ''))) return
    const power = powerOf(index, object.ref.namespace, account.name)
    // The default account without rights is told once, by sa-default-used.
    if (account.name === 'default' && power.bindings === 0) return
    report.fail(
      {
        origin: { kind: 'object', object, path },
        key: 'automountServiceAccountToken',
        message: `a token of ${account.name} is mounted`,
      },
      { ...judged(power), message: messageOf(account.name, power), fix: fixFor(subject) },
    )
  },
  examples: {
    bad: {
      manifests: `${deploymentWith({ serviceAccountName: 'web' }).replace('registry.example.com/web:1.2.3', 'nginx:1.29')}---\n${accountNamed('shop', 'web')}`,
    },
    good: {
      manifests: `${deploymentWith({ serviceAccountName: 'web', automountServiceAccountToken: false }).replace('registry.example.com/web:1.2.3', 'nginx:1.29')}---\n${accountNamed('shop', 'web')}`,
    },
  },
})

function judged({ bindings, worst, unknown }: AccountPower): { severity: Severity; because: string } {
  if (worst !== undefined) {
    const severity = worst.severity === 'critical' || worst.severity === 'high' ? 'high' : 'medium'
    return { severity, because: `its account may ${escalationMay(worst)}` }
  }
  if (bindings > 0 || unknown) return { severity: 'low', because: 'rights are bound to its account' }
  return { severity: 'info', because: 'nothing is bound to its account: the token opens discovery alone' }
}

function messageOf(account: string, { bindings, worst }: AccountPower): string {
  const start = `it has no use for the token of ${account} that is mounted`
  if (worst !== undefined) return `${start}, which may ${escalationMay(worst)}`
  return bindings === 0 ? start : `${start}, to which ${bindings} binding(s) give rights`
}

function fixFor({ object, owner, template }: WorkloadSubject): Fix {
  const text = 'Set `automountServiceAccountToken: false` in the pod.'
  const fix: Fix = {
    text,
    edits: [],
    commands: [],
    risk: 'restart',
    needs: [],
    restart: `the pods of ${object.ref.kind} ${object.ref.name}`,
    breaks: 'calls to the API server out of the pod, if there are any after all',
  }
  const same = owner.kind === object.ref.kind && owner.name === object.ref.name
  if (!same || template.containersOnly === true || object.source !== 'manifest') return fix
  const path = pathInObject(template, ['spec', 'automountServiceAccountToken'])
  return { ...fix, edits: [{ file: object.slice.file, object: object.ref, op: 'set', path, value: false }] }
}
