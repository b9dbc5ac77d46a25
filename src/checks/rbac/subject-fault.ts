import { RBAC_GROUP, subjectGroup, type BindingSubject } from '../../kube/index.js'

/** Names that Kubernetes gives to groups; as a User they stand for nobody. */
const GROUP_NAMES =
  /^system:(?:masters|nodes|authenticated|unauthenticated|monitoring|bootstrappers(?::.*)?|serviceaccounts(?::[^:]+)?)$/

/** Names that Kubernetes gives to users; as a Group they stand for nobody. */
const USER_NAMES =
  /^system:(?:anonymous|admin|apiserver|kube-controller-manager|kube-scheduler|kube-proxy|node:[^:]+|serviceaccount:[^:]+:[^:]+)$/

const ACCOUNT_USER = /^system:serviceaccount:[^:]+:[^:]+$/
const NEARLY_ACCOUNT = /^system:service-?accounts?:/i

/**
 * What is wrong with the way in which a subject is written, or undefined. Only forms that cannot be meant: names
 * from an identity provider may look like anything.
 * Source: kubernetes v1.36.2 pkg/apis/rbac/validation/validation.go, ValidateRoleBindingSubject.
 */
export function subjectFault(subject: BindingSubject): string | undefined {
  const { kind, name, namespace } = subject
  const group = subjectGroup(subject)
  switch (kind) {
    case 'ServiceAccount':
      if (group !== '') return `a ServiceAccount has no apiGroup, and \`${group}\` is refused`
      if (namespace === '') return 'a ServiceAccount needs its namespace'
      if (name.includes(':'))
        return `\`${name}\` is not the name of a service account, but looks like its user name`
      return undefined
    case 'User':
      if (group !== RBAC_GROUP) return `\`${group}\` is not the apiGroup of a User`
      if (GROUP_NAMES.test(name)) return `\`${name}\` is a group, and here it is written as a User`
      if (NEARLY_ACCOUNT.test(name) && !ACCOUNT_USER.test(name))
        return `\`${name}\` is not \`system:serviceaccount:NAMESPACE:NAME\``
      return undefined
    case 'Group':
      if (group !== RBAC_GROUP) return `\`${group}\` is not the apiGroup of a Group`
      if (USER_NAMES.test(name)) return `\`${name}\` is a user, and here it is written as a Group`
      return undefined
    default:
      return `\`${kind}\` is not a kind of subject: it is User, Group or ServiceAccount`
  }
}
