import { cis } from '../references.js'
import { escalationCheck } from './escalation-check.js'

export const rbacEscalationHostPathVolume = escalationCheck('escalation-host-path-volume', {
  title: 'A subject may make volumes of any folder of a node',
  references: [cis('5.1.9')],
  why: 'A PersistentVolume of type hostPath is mounted through a claim, which Pod Security admission lets pass where it refuses the folder itself.',
})
