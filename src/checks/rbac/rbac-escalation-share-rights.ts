import { escalationCheck } from './escalation-check.js'

export const rbacEscalationShareRights = escalationCheck('escalation-share-rights', {
  title: 'A subject may give its own rights to others',
  why: 'Who may write bindings may add subjects to every role whose rights it holds, and so leave a way back in.',
})
