import { describeSubject, strengthOf, type BindingSubject, type Strength } from '../../kube/index.js'
import { unknown, type Reach, type Severity } from '../../model/index.js'
import type { ObjectSubject, Report } from '../define-check.js'
import { grantsOf } from './binding-grants.js'
import { removeSubject } from './remove-subject.js'

/** Severity and its reason by what the role gives. */
export type Judgement = Readonly<
  Record<Exclude<Strength, 'nothing'>, { readonly severity: Severity; readonly because: string }>
>

export interface WideSubject {
  readonly kind: 'User' | 'Group'
  readonly name: string
  /** Who that is, for messages: `everybody who reaches the API server`. */
  readonly who: string
  readonly reach: Reach
  readonly breaks: string
  readonly judgement: Judgement
}

/** Reports what a binding gives to a subject that stands for very many, beyond the default bindings. */
export function judgeWideGrant(wide: WideSubject, subject: ObjectSubject, report: Report): void {
  const grants = grantsOf(subject, report)
  const { object } = subject
  const concerned = grants?.subjects.filter((one) => one.kind === wide.kind && one.name === wide.name) ?? []
  const first = concerned[0]
  if (grants === undefined || first === undefined) return
  const role = grants.role()
  const roleName = `${grants.roleRef.kind} ${grants.roleRef.name}`
  if (role.state === 'absent') return
  const origin = { kind: 'object', object, path: first.path } as const
  if (role.state === 'not-read') {
    const detail = `${describeSubject(first)} is bound to ${roleName}, which was not read: what it gives is not known`
    return report.unknown(unknown('no-source', detail, origin))
  }
  for (const { detail } of role.malformed) {
    report.unknown(unknown('unparsable', `${roleName}: ${detail}`, origin))
  }
  const strength = strengthOf(role.rules, object.ref.namespace)
  if (strength !== 'nothing') failEach(concerned, strength)

  function failEach(subjects: readonly BindingSubject[], given: Exclude<Strength, 'nothing'>): void {
    for (const one of subjects) {
      report.fail(
        {
          origin: { kind: 'object', object, path: one.path },
          message: `${describeSubject(one)} has ${roleName}`,
        },
        {
          ...wide.judgement[given],
          reach: wide.reach,
          message: `${wide.who} ${WHAT[given]} through ${roleName}`,
          fix: removeSubject(object, one, wide.breaks),
        },
      )
    }
  }
}

const WHAT: Readonly<Record<Exclude<Strength, 'nothing'>, string>> = {
  everything: 'may do everything',
  write: 'may change objects',
  secrets: 'may read Secrets',
  read: 'may read objects',
  discovery: 'may ask for discovery and health',
}
