import { shellWord } from '../../kube/index.js'
import { field, unknown, type Fix, type KubeObject } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { kubernetesDocs } from '../references.js'
import { secretWith } from './example-objects.js'

/** The suffix that kustomize makes of the content. Source: kustomize v5 api/hasher/hasher.go, encode. */
const HASHED = /-[2456789bcdfghkmt]{10}$/

export const secretImmutable = defineCheck({
  id: 'secret-immutable',
  title: 'A Secret that is named by its content may be changed',
  severity: 'info',
  because: 'it is made anew for each change, so being immutable costs nothing',
  reach: 'user',
  appliesTo: 'object',
  kinds: ['Secret'],
  why: 'A name that ends in a hash of the content says that this content never changes. With `immutable: true` nobody can change it unseen under workloads that trust the name, and kubelets need not watch it.',
  references: [kubernetesDocs('concepts/configuration/secret/#secret-immutable')],
  evaluate({ object }, report) {
    if (!HASHED.test(object.ref.name)) return
    const immutable = field(object.content, 'immutable')
    const origin = { kind: 'object', object, path: ['immutable'] } as const
    if (immutable === true) return
    // Listed as a table, a Secret has no fields beside its type.
    if (object.source === 'cluster') {
      const detail = 'the fields of Secrets are not asked for: whether it is immutable is not known'
      return report.unknown(unknown('not-given', detail, origin))
    }
    if (immutable !== undefined && immutable !== null && immutable !== false) {
      return report.unknown(unknown('unparsable', '`immutable` is neither true nor false', origin))
    }
    report.fail(
      { origin, message: '`immutable` is not set' },
      { message: 'its name is a hash of its content, and it may be changed', fix: makeImmutable(object) },
    )
  },
  examples: {
    bad: { manifests: secretWith({}, 'db-6f4h2k8m9t') },
    good: { manifests: secretWith({ immutable: true }, 'db-6f4h2k8m9t') },
  },
})

function makeImmutable(secret: KubeObject): Fix {
  const { name, namespace } = secret.ref
  const where = namespace === '' ? '' : ` -n ${shellWord(namespace)}`
  const fromFile = secret.source === 'manifest'
  return {
    text: 'Set `immutable: true`.',
    edits: fromFile
      ? [{ file: secret.slice.file, object: secret.ref, op: 'set', path: ['immutable'], value: true }]
      : [],
    commands: fromFile
      ? []
      : [`kubectl patch secret${where} --type=merge -p '{"immutable":true}' -- ${shellWord(name)}`],
    risk: 'none',
    needs: [],
    breaks: 'changes of this Secret in place; it can still be deleted and made anew',
  }
}
