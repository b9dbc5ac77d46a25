import { imageReference, type Container } from '../../kube/index.js'
import {
  asList,
  asString,
  asStrings,
  field,
  isObject,
  unknown,
  valueAt,
  type JsonValue,
} from '../../model/index.js'
import type { Report, WorkloadSubject } from '../define-check.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { askContainers, type PlaceFault } from './ask-pod.js'
import { podWith } from './example-pod.js'

/** The program that git-sync runs as git. Source: kubernetes/git-sync v4 main.go, flag git and its variables. */
const VARIABLES = ['GITSYNC_GIT', 'GIT_SYNC_GIT']

function isGitSync({ spec }: Container): boolean {
  return /(?:^|\/)git-sync$/.test(imageReference(asString(spec.image) ?? '').repository)
}

function fault(message: string, at: PlaceFault['at'], named?: string): PlaceFault {
  return {
    message,
    at,
    ...(named === undefined ? {} : { named }),
    fix: advice(
      'Remove it: git-sync finds git by itself. Let nobody but its owners change this workload and what its environment comes from.',
      {
        breaks: 'nothing, unless git stands at an unusual place in the image',
      },
    ),
  }
}

/** ConfigMaps whose keys become variables; Secrets are not read, but their keys are. */
function fromSources({ name, spec }: Container, subject: WorkloadSubject, report: Report): PlaceFault[] {
  const { object, index } = subject
  return asList(spec.envFrom).flatMap((source, at) => {
    const prefix = asString(field(source, 'prefix')) ?? ''
    return ['ConfigMap', 'Secret'].flatMap((kind) => {
      const from = asString(valueAt(source, [kind === 'Secret' ? 'secretRef' : 'configMapRef', 'name']))
      if (from === undefined) return []
      const path = ['envFrom', at]
      const found = index.get('', kind, object.ref.namespace, from)
      if (found === undefined) {
        const detail = `${kind} ${from}, from which container \`${name}\` takes its environment, was not read`
        report.unknown(unknown('no-source', detail, { kind: 'object', object, path: [...path] }))
        return []
      }
      const keys = [...keysOf(found.content.data), ...keysOf(found.content.stringData)]
      const variable = keys.map((key) => `${prefix}${key}`).find((key) => VARIABLES.includes(key))
      return variable === undefined
        ? []
        : [fault(`container \`${name}\` takes ${variable} from ${kind} ${from}`, path)]
    })
  })
}

function keysOf(value: JsonValue | undefined): string[] {
  return isObject(value) ? Object.keys(value) : []
}

export const podGitSyncEnv = defineCheck({
  id: 'pod-git-sync-env',
  title: 'git-sync runs a program that its environment names',
  severity: 'high',
  because: 'whoever sets the variable runs any command with the account and credentials of the pod',
  reach: 'user',
  appliesTo: 'workload',
  why: 'git-sync starts whatever GITSYNC_GIT names in place of git. Someone who may change one value of a manifest or of a ConfigMap runs code in the pod without changing its image or command, which is what reviews look at.',
  references: [
    'https://github.com/kubernetes/git-sync#manual',
    'https://www.akamai.com/blog/security-research/2024-august-kubernetes-gitsync-command-injection-defcon',
  ],
  evaluate(workload, report) {
    askContainers(workload, report, {
      reads: [
        { of: 'container', path: ['env', '*', 'name'], type: 'string' },
        { of: 'container', path: ['args'], type: 'list' },
      ],
      severity: 'high',
      judge(container, subject) {
        if (!isGitSync(container)) return undefined
        const { name, spec } = container
        const set = asList(spec.env).flatMap((variable, at) => {
          const key = asString(field(variable, 'name')) ?? ''
          return VARIABLES.includes(key) ? [fault(`container \`${name}\` sets ${key}`, ['env', at])] : []
        })
        const flag = asStrings(spec.args).find((word) => /^--?git(?:=|$)/.test(word))
        return [
          ...set,
          ...(flag === undefined ? [] : [fault(`container \`${name}\` has flag --git`, ['args'])]),
          ...fromSources(container, subject, report),
        ]
      },
    })
  },
  examples: {
    bad: gitSync('env:\n  - name: GITSYNC_GIT\n    value: /tmp/git'),
    good: gitSync('env:\n  - name: GITSYNC_REPO\n    value: https://git.example/app.git'),
  },
})

function gitSync(fields: string): { manifests: string } {
  const pod = podWith(fields).manifests ?? ''
  return { manifests: pod.replace('registry.example/app:1.0', 'registry.k8s.io/git-sync/git-sync:v4.4.0') }
}
