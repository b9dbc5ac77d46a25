import type { User } from '../attributes.js'
import { subjectUser } from '../identity/index.js'
import type { Holder } from './who-can.js'

/** A name that nobody has: of whoever is in a group alone. */
const SOMEBODY = 'rampart:somebody'
const ANONYMOUS = 'system:anonymous'

/** A user that is what a holder names and nothing else: the user, the service account, somebody in the group, anybody. */
export function userOfHolder({ kind, name, namespace, alsoInGroup }: Omit<Holder, 'grants'>): User {
  const also = alsoInGroup === undefined ? [] : [alsoInGroup]
  switch (kind) {
    case 'ServiceAccount':
      return subjectUser(`system:serviceaccount:${namespace}:${name}`)
    case 'User':
      return subjectUser(name, also)
    case 'Group':
      return name === 'system:unauthenticated'
        ? subjectUser(ANONYMOUS)
        : subjectUser(SOMEBODY, [name, ...also])
    case 'Everybody':
      return subjectUser(ANONYMOUS)
  }
}
