import {
  isLevel,
  POD_SECURITY_PREFIX,
  readPodSecurityLabels,
  shellWord,
  type WrongPodSecurityLabel,
} from '../../kube/index.js'
import { inWords, unknown, valueAt, type Fix, type KubeObject } from '../../model/index.js'
import { podSecurityDefaults } from '../../effective/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { namespaceWith } from './example-namespace.js'

export const namespacePodSecurityLabelInvalid = defineCheck({
  id: 'namespace-pod-security-label-invalid',
  title: 'A Pod Security label of a namespace says nothing that admission understands',
  severity: 'medium',
  because: 'what is in force is not what was meant: enforce falls to restricted, audit and warn to nothing',
  reach: 'user',
  appliesTo: 'object',
  kinds: ['Namespace'],
  why: 'A level that is misspelt makes enforce refuse more than was meant, and audit and warn say nothing at all; a label with another name is read by nobody. The API server refuses such labels when they are written, unless they were there before or admission was off.',
  references: [
    kubernetesDocs('concepts/security/pod-security-admission/#pod-security-admission-labels-for-namespaces'),
  ],
  evaluate({ object, estate }, report) {
    const labels = valueAt(object.content, ['metadata', 'labels'])
    const { wrong } = readPodSecurityLabels(labels, podSecurityDefaults(estate).policies)
    for (const each of wrong) {
      const { label, value, effect } = each
      const origin = { kind: 'object', object, path: ['metadata', 'labels', label] } as const
      if (typeof value !== 'string') {
        report.unknown(unknown('unparsable', `label ${label} is not a text`, origin))
        continue
      }
      report.fail(
        { origin, message: `${label} is \`${inWords(value)}\`: it ${effect}` },
        { message: `label ${label}=${inWords(value)}: it ${effect}`, fix: correct(object, each) },
      )
    }
  },
  examples: {
    bad: { manifests: namespaceWith({ [`${POD_SECURITY_PREFIX}enforce`]: 'Restricted' }) },
    good: { manifests: namespaceWith({ [`${POD_SECURITY_PREFIX}enforce`]: 'restricted' }) },
  },
})

/** Signs of another case or around the word are a slip; every other word may have meant anything. */
function correct(namespace: KubeObject, { label, value }: WrongPodSecurityLabel): Fix {
  const meant = inWords(value).trim().toLowerCase()
  if (label.endsWith('-version') || !isLevel(meant) || !KNOWN.has(label)) {
    return advice(
      `Set ${label} to what was meant: the labels are enforce, audit and warn (privileged, baseline or restricted), each with -version (latest or v1.NN).`,
    )
  }
  const fix: Fix = {
    text: `Set ${label} to ${meant}.`,
    edits: [],
    commands: [],
    risk: 'none',
    needs: [],
  }
  const { name } = namespace.ref
  if (namespace.source !== 'manifest') {
    return { ...fix, commands: [`kubectl label --overwrite namespace ${shellWord(name)} ${label}=${meant}`] }
  }
  const path = ['metadata', 'labels', label]
  return {
    ...fix,
    edits: [{ file: namespace.slice.file, object: namespace.ref, op: 'set', path, value: meant }],
  }
}

const KNOWN = new Set(['enforce', 'audit', 'warn'].map((mode) => `${POD_SECURITY_PREFIX}${mode}`))
