import type { Severity } from '../../model/index.js'
import type { FileAccess } from '../file-access.js'
import type { Weight } from './judge-files.js'

/**
 * How bad it is that others than root may write (or read) a file: `wide` for everyone and for a user that owns it, `group`
 * for the members of a group. A mode that only the empty group of root gains by is untidy and no more.
 */
export function writeWeight({ kind, does }: FileAccess, wide: Severity, group: Severity): Weight {
  return does === 'write' ? weight(kind, wide, group, 'change it') : undefined
}

/** As `writeWeight`, for reading. */
export function readWeight({ kind, does }: FileAccess, wide: Severity, group: Severity): Weight {
  return does === 'read' ? weight(kind, wide, group, 'read it') : undefined
}

function weight(kind: FileAccess['kind'], wide: Severity, group: Severity, what: string): Weight {
  switch (kind) {
    case 'others':
      return [wide, `every local user, and every process that gets out of a pod's container, may ${what}`]
    case 'owner':
      return [wide, `that user may ${what} at any time`]
    case 'group':
      return [group, `each member of the group may ${what}`]
    case 'root-group':
      return ['low', 'nobody but root is in that group: the mode is wider than anybody needs']
  }
}
